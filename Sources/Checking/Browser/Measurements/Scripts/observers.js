// Runs before a page's own scripts: notes what shifts and what is painted largest.
(() => {
  const seen = { shift: 0, largest: null, read: Infinity };
  Object.defineProperty(window, '__optimizeAssets', { value: seen, configurable: true });
  if (window !== top) return;
  const shifts = list => { for (const e of list) if (!e.hadRecentInput) seen.shift += e.value; };
  const paints = list => {
    for (const e of list) {
      // A script's scrolling, unlike a reader's, does not end the search for the largest paint.
      if (e.element && e.startTime <= seen.read) seen.largest = { element: e.element, url: e.url || '', time: e.startTime };
    }
  };
  const watch = (type, take) => {
    const observer = new PerformanceObserver(list => take(list.getEntries()));
    observer.observe({ type, buffered: true });
    return () => take(observer.takeRecords());
  };
  const a = watch('layout-shift', shifts), b = watch('largest-contentful-paint', paints);
  seen.flush = () => { a(); b(); };
})();
