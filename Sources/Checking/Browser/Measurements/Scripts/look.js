// What every <img> shows, as a picture so small that another file of the same picture looks the same. The body of an async
// function, behind places.js and waiting.js.
const side = 12, largest = 96;
const canvas = (width, height) => Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
const small = image => {
  try {
    // In two steps, for a canvas that makes a large picture small at once takes few of its pixels.
    const width = Math.min(largest, image.naturalWidth), height = Math.min(largest, image.naturalHeight);
    const middle = canvas(width, height), end = canvas(side, side);
    middle.imageSmoothingQuality = end.imageSmoothingQuality = 'high';
    middle.drawImage(image, 0, 0, width, height);
    end.fillStyle = '#fff';
    end.fillRect(0, 0, side, side);
    end.drawImage(middle.canvas, 0, 0, side, side);
    return [...end.getImageData(0, 0, side, side).data].filter((_, index) => index % 4 < 3);
  } catch {
    return [];
  }
};
const shown = [...document.images].filter(hasBox);
for (const image of shown) if (!image.complete) await ready(image);
return [...document.images].map(image => {
  const box = image.getBoundingClientRect();
  const isVisible = box.width > 0 && box.height > 0 && getComputedStyle(image).visibility !== 'hidden';
  const isShown = image.complete && image.naturalWidth > 0;
  return {
    path: place(image), isVisible, isShown, file: image.currentSrc || image.src || '',
    pixels: isVisible && isShown ? small(image) : [],
    box: [box.x + scrollX, box.y + scrollY, box.width, box.height],
  };
});
