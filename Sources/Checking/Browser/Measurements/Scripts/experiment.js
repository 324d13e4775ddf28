// Changes the markup of the images that are `wanted`, by their places. The body of an async function, behind places.js.
const changes = {
  picture: e => {
    if (e.parentElement.localName === 'picture') return;
    const picture = document.createElement('picture'), source = document.createElement('source');
    source.sizes = e.naturalWidth + 'px';
    source.srcset = e.currentSrc.replace(/,/g, '%2C') + ' ' + e.naturalWidth + 'w';
    e.replaceWith(picture);
    picture.append(source, e);
  },
  hints: e => {
    if (['width', 'height', 'style'].some(n => e.hasAttribute(n))) return;
    const width = e.naturalWidth, height = e.naturalHeight;
    e.setAttribute('width', width);
    e.setAttribute('height', height);
    e.setAttribute('style', 'height:auto');
  },
};
const images = [...document.images].filter(e => e.complete && e.naturalWidth > 0 && wanted.has(place(e)));
images.forEach(changes[form]);
await Promise.all(images.map(e => e.decode().catch(() => {})));
return true;
