// The script of the HTML report: sorting, filtering, and views on top of each other. The page can be read without it.
'use strict';
document.documentElement.classList.add('js');
const { compare } = new Intl.Collator(undefined, { numeric: true });

for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      // Names begin with the first, figures with the largest.
      const order = head.ariaSort === 'descending' ? 'ascending' : head.ariaSort === 'ascending' ? 'descending'
        : column === 0 ? 'ascending' : 'descending';
      const sign = order === 'ascending' ? 1 : -1;
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', order);
      const value = (row) => row.cells[column].dataset.value;
      body.append(...[...body.rows].sort((a, b) => sign * compare(value(a), value(b))));
    });
  }
}

const list = document.querySelector('.images');
if (list) {
  const images = [...list.children];
  const control = (id) => document.getElementById(id);
  const texts = new Map(images.map((image) =>
    [image, (image.dataset.name + ' ' + image.querySelector('.places').textContent).toLowerCase()]));
  const filter = () => {
    const words = control('filter').value.toLowerCase().split(/\s+/);
    const format = control('format').value;
    let shown = 0;
    for (const image of images) {
      const fits = words.every((word) => texts.get(image).includes(word))
        && (!format || image.dataset.format === format)
        && (!control('flagged').checked || image.dataset.findings !== '0');
      image.hidden = !fits;
      if (fits) shown += 1;
    }
    control('count').textContent = shown + ' of ' + images.length + (images.length === 1 ? ' image' : ' images');
  };
  const sort = () => {
    const key = control('order').value;
    const sign = key === 'name' ? 1 : -1;
    images.sort((a, b) => sign * compare(a.dataset[key], b.dataset[key]) || compare(a.dataset.name, b.dataset.name));
    list.append(...images);
  };
  for (const id of ['filter', 'format', 'flagged']) control(id).addEventListener('input', filter);
  control('order').addEventListener('input', sort);
  document.querySelector('.tools').hidden = false;
  // A browser that goes back to the page fills in what was there.
  addEventListener('pageshow', () => { filter(); sort(); });
}

for (const views of document.querySelectorAll('.views')) {
  const range = views.querySelector('input');
  const show = () => {
    views.style.setProperty('--at', range.value + '%');
    range.ariaValueText = range.value + ' % before';
  };
  range.addEventListener('input', show);
  range.hidden = false;
  for (const [kind, text] of [['earlier', 'before'], ['later', 'after']]) {
    const tag = document.createElement('span');
    tag.className = 'tag ' + kind;
    tag.textContent = text;
    tag.ariaHidden = 'true';
    views.append(tag);
  }
  show();
}
