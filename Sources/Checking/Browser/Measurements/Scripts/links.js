// The links to other pages of the site: the number of each among all links, and its path. The body of a function.
const files = /\.(xml|rss|atom|json|txt|pdf|zip|jpe?g|png|gif|webp|avif|svg)$/i;
return [...document.querySelectorAll('a[href]')].map((link, number) => ({ link, number }))
  .filter(({ link }) => link.protocol.startsWith('http') && link.origin === location.origin && !link.hash
    && !link.target && !link.hasAttribute('download') && !files.test(link.pathname)
    && link.pathname !== location.pathname)
  .map(({ link, number }) => ({ number, path: link.pathname }));
