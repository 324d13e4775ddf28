// The images that are shown, in the order of the page. The body of a function, behind places.js.
const shown = [...document.images].filter(e => e.complete && e.naturalWidth > 0 && e.getClientRects().length > 0);
window.__optimizeAssets.slots = shown;
const named = [...document.images].filter(e => e.getAttribute('src'));
return shown.map(e => ({
  path: place(e), url: new URL(e.getAttribute('src') || '', document.baseURI).href.replace(/[?#].*$/, ''),
  classes: e.getAttribute('class') || '', id: e.id,
  preferredWidth: parseFloat(e.getAttribute('width')) > 0 && !/%/.test(e.getAttribute('width')) ? parseFloat(e.getAttribute('width')) : e.naturalWidth,
  number: named.indexOf(e),
  isSized: ['width', 'height', 'style'].some(n => e.hasAttribute(n)),
}));
