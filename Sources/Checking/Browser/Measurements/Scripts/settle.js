// Waits until the page does not change any more: a router has then put another page in its place. What changes for ever is
// not waited for. The body of an async function, behind waiting.js.
const still = 250;
let last = performance.now();
const watch = new MutationObserver(() => { last = performance.now(); });
watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
const most = performance.now() + patience;
while (performance.now() < Math.min(last + still, most)) await after(50);
watch.disconnect();
await frames(2);
return true;
