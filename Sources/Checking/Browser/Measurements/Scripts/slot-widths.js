// How wide each of them is. The body of an async function, behind places.js.
for (let n = 0; n < 2; n++) await new Promise(done => requestAnimationFrame(done));
return window.__optimizeAssets.slots.map(e => content(e).width);
