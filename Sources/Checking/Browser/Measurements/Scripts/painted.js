// Says when the page has painted something, which its images wait for. Runs before the page's own scripts.
(() => {
  const tell = window.optimizeAssetsPainted;
  delete window.optimizeAssetsPainted;
  if (window !== top || !tell) return;
  new PerformanceObserver((list, observer) => {
    if (!list.getEntries().some(e => e.name === 'first-contentful-paint')) return;
    observer.disconnect();
    tell('');
  }).observe({ type: 'paint', buffered: true });
})();
