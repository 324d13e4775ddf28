// Every box, the styles that count, and every image. The body of an async function, behind places.js.
// The computed properties that count near images.
const properties = [
  'display', 'position', 'float', 'clear', 'visibility', 'opacity', 'color', 'font-family', 'font-size',
  'font-style', 'font-weight', 'line-height', 'letter-spacing', 'text-align', 'text-decoration-line',
  'text-transform', 'vertical-align', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left',
  'padding-top', 'padding-right', 'padding-bottom', 'padding-left', 'border-top-width', 'border-right-width',
  'border-bottom-width', 'border-left-width', 'border-top-style', 'border-top-color',
  'border-top-left-radius', 'box-shadow', 'transform', 'object-fit', 'object-position', 'z-index',
];
window.__optimizeAssets.flush?.();
const round = v => Math.round(v * 1000) / 1000;
const near = new Set();
for (const image of document.images) {
  const carrier = above(image) === image.parentElement ? image : image.closest('picture');
  for (const e of [image, above(image), carrier.previousElementSibling, carrier.nextElementSibling])
    if (e) near.add(e);
}
const captions = new Set(['em', 'figcaption', 'p', 'small', 'cite']);
const view = { width: innerWidth, paths: [], frames: [], styled: [], styles: [], images: [], backgrounds: [] };
const known = new Map();
const style = e => {
  const s = getComputedStyle(e);
  const text = properties.map(n => n + ':' + s.getPropertyValue(n)).join(';');
  if (!known.has(text)) { known.set(text, view.styles.length); view.styles.push(text); }
  return known.get(text);
};
const walk = parent => {
  for (const e of children(parent)) {
    const box = e.getBoundingClientRect();
    view.paths.push(place(e));
    view.frames.push(round(box.x + scrollX), round(box.y + scrollY), round(box.width), round(box.height));
    view.styled.push(near.has(e) || captions.has(e.localName) ? style(e) : -1);
    const shown = getComputedStyle(e);
    const url = /url\("([^"]+)"\)/.exec(shown.backgroundImage);
    if (url && /^auto( auto)?$/.test(shown.backgroundSize)) view.backgrounds.push({ path: place(e), url: url[1] });
    if (e.localName !== 'svg') walk(e);
  }
};
walk(document.documentElement);
const pixels = new Map();
const size = url => new Promise(done => {
  const probe = new Image();
  probe.onload = () => done([probe.naturalWidth, probe.naturalHeight]);
  probe.onerror = () => done(null);
  probe.src = url;
});
for (const image of document.images) {
  const box = content(image), picture = image.parentElement.localName === 'picture' ? image.parentElement : null;
  const sets = [image, ...(picture ? picture.querySelectorAll('source') : [])]
    .map(e => e.getAttribute('srcset') || '').filter(Boolean);
  const url = image.currentSrc;
  const wanted = sets.map(set => set.split(/,\s+/).map(c => c.trim().split(/\s+/)))
    .find(set => set.some(([u]) => { try { return new URL(u, document.baseURI).href === url; } catch { return false; } }));
  if (url && !pixels.has(url)) pixels.set(url, (await size(url))?.[0] ?? null);
  view.images.push({
    path: place(image), src: image.getAttribute('src') || '', chosen: url,
    isShown: image.complete && image.naturalWidth > 0,
    naturalWidth: image.naturalWidth, naturalHeight: image.naturalHeight,
    pixels: /\.svg([?#]|$)/i.test(url) ? null : pixels.get(url) ?? null,
    width: round(box.width), height: round(box.height), top: round(box.top),
    fit: getComputedStyle(image).objectFit, loading: image.getAttribute('loading') || '',
    isResponsive: sets.length > 0,
    offered: (wanted || []).map(([, d]) => /^\d+w$/.test(d || '') ? parseInt(d) : 0).filter(Boolean),
  });
}
for (const background of view.backgrounds) {
  const found = background.url.startsWith('data:') ? null : await size(background.url);
  background.size = found ? found.join('x') : null;
}
const seen = window.__optimizeAssets;
view.shift = seen.shift;
const largest = seen.largest;
view.largestPaint = largest && largest.element.isConnected ? {
  path: place(largest.element), url: largest.url, loading: largest.element.getAttribute('loading') || '',
} : null;
return view;
