// What comes to rest once the page has loaded: fonts, and the images in the first view. Gives what was painted largest
// before anything was scrolled. The body of an async function, behind waiting.js.
await document.fonts.ready;
await Promise.all([...document.images].filter(image => {
  const box = image.getBoundingClientRect();
  return hasBox(image) && box.top < innerHeight && box.bottom > 0;
}).map(ready));
await frames(4);
window.__optimizeAssets.flush?.();
return true;
