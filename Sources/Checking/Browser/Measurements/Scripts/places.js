// Functions that name elements by their place with <picture> unwrapped.
const flat = new Set(['picture']);
const dropped = new Set(['source', 'script', 'style', 'template', 'noscript', 'br', 'link', 'meta', 'title', 'head']);
const children = function* (e) {
  for (const c of e.children) {
    const tag = c.localName;
    if (flat.has(tag)) yield* children(c);
    else if (!dropped.has(tag)) yield c;
  }
};
const above = e => { let p = e.parentElement; while (p && flat.has(p.localName)) p = p.parentElement; return p; };
const names = new Map();
const place = e => {
  if (!e || e.localName === 'html') return '';
  if (!names.has(e)) {
    const parent = above(e), counts = {}, prefix = parent ? place(parent) : '';
    if (!parent) return '';
    for (const c of children(parent)) {
      const n = counts[c.localName] = (counts[c.localName] || 0) + 1;
      const own = n === 1 ? c.localName : c.localName + '[' + n + ']';
      names.set(c, prefix ? prefix + ' > ' + own : own);
    }
  }
  return names.get(e) || '';
};
const content = e => {
  const box = e.getBoundingClientRect(), s = getComputedStyle(e);
  const sum = (...n) => n.reduce((a, k) => a + (parseFloat(s[k]) || 0), 0);
  return {
    width: Math.max(0, box.width - sum('paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth')),
    height: Math.max(0, box.height - sum('paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth')),
    top: box.top + scrollY, left: box.left + scrollX,
  };
};
