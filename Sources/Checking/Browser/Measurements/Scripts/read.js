// Reads the page to its end, so that whatever waits for being near the view is loaded, and goes back. The body of an async
// function, behind waiting.js.
window.__optimizeAssets.read = performance.now();
const root = document.scrollingElement || document.documentElement;
const to = y => window.scrollTo({ top: y, behavior: 'instant' });
// A page that grows while it is read has no end.
const most = root.scrollHeight * 2 + 20 * innerHeight;
for (let y = 0; y < Math.min(root.scrollHeight, most); y += innerHeight) { to(y); await frames(2); }
for (const image of document.images) {
  if (image.complete || !hasBox(image)) continue;
  image.scrollIntoView({ block: 'center', behavior: 'instant' });
  await frames(2);
  await ready(image);
}
to(0);
await frames(2);
return true;
