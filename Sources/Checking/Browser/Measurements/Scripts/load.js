// How a page has loaded that nobody has scrolled. The body of an async function, behind waiting.js.
// What has arrived is painted a moment later.
await after(1000);
await frames(3);
window.__optimizeAssets.flush?.();
const seen = window.__optimizeAssets, largest = seen.largest;
const reserved = image => {
  const style = image.computedStyleMap(), height = style.get('height').toString();
  const isOut = ['absolute', 'fixed'].includes(getComputedStyle(image).position);
  return isOut || (height !== 'auto' && !height.includes('%')) || getComputedStyle(image).aspectRatio.includes('/');
};
const boxed = [...document.images].filter(image => image.getClientRects().length > 0);
// Lighthouse counts as offscreen what begins more than 100 px below the window, but for what says when it loads.
const below = image => image.getBoundingClientRect().top + scrollY > innerHeight + 100;
return {
  largestPaint: largest ? largest.time : 0, largestURL: largest ? largest.url : '', shift: seen.shift,
  unsized: boxed.filter(image => !reserved(image)).length,
  offscreen: boxed.filter(image => below(image) && !image.hasAttribute('loading') && image.currentSrc
    && !image.currentSrc.startsWith('data:') && image.naturalWidth > 0).length,
};
