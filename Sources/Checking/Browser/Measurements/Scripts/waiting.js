// Waits, without a clock, for what comes with a frame, and for images.
const frames = async count => { for (; count > 0; count--) await new Promise(done => requestAnimationFrame(done)); };
const hasBox = e => e.getClientRects().length > 0;
const ready = image => image.decode().catch(() => {});
