// Waits for what comes with a frame, and for images. A picture that is not near the view may be lazy and never be decoded, so
// that no wait is without a limit.
const frames = async count => { for (; count > 0; count--) await new Promise(done => requestAnimationFrame(done)); };
const hasBox = e => e.getClientRects().length > 0;
const patience = 3000;
const until = performance.now() + 10 * patience;
const after = time => new Promise(done => setTimeout(done, Math.max(0, Math.min(time, until - performance.now()))));
const ready = image => Promise.race([image.decode().catch(() => {}), after(patience)]);
