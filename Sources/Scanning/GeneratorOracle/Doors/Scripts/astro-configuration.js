// Behind `author`, `pictures` and `stamp`: the author's configuration with a rehype plugin behind the author's own.
const root = fs.realpathSync(path.dirname(fileURLToPath(import.meta.url)))

export default rendersByRehype() ? widened(author) : author

/// From version 7 on Astro renders Markdown by another program unless it is told otherwise.
function rendersByRehype() {
  try {
    const { version } = createRequire(path.join(root, 'x.js'))('astro/package.json')
    return parseInt(version, 10) < 7 && !(author.markdown && author.markdown.processor)
  } catch { return false }
}

/// The stamp is told as an option, for Astro renders posts again where the configuration differs.
function widened(config) {
  const own = (config.markdown && config.markdown.rehypePlugins) || []
  return { ...config, markdown: { ...config.markdown, rehypePlugins: [...own, [candidates, { stamp }]] } }
}

function candidates() {
  return (tree, file) => {
    const entries = file.path && pictures[postOf(file.path)]
    if (!entries) return
    const known = byDestination(entries)
    const visit = node => {
      for (const [index, child] of (node.children || []).entries()) {
        finishJSX(child, known)
        if (child.type === 'raw') child.value = finishedHTML(child.value, known)
        const found = isImage(child) && known.get(meant(child.properties.src))
        if (found) node.children[index] = finished(child, found)
        else if (child.tagName !== 'picture') visit(child)
      }
    }
    if (!holdsPicture(tree)) visit(tree)
  }
}

function postOf(file) {
  const name = String(file).split('?')[0]
  try { return path.relative(root, fs.realpathSync(name)).split(path.sep).join('/') } catch { return '' }
}

/// Of destinations that are written differently and mean the same, none counts.
function byDestination(entries) {
  const known = new Map()
  for (const [url, entry] of Object.entries(entries)) known.set(meant(url), known.has(meant(url)) ? undefined : entry)
  return known
}

function meant(url) {
  try { return decodeURI(url) } catch { return url }
}

/// An image that has nothing yet of what it would gain.
function isImage(node) {
  if (node.type !== 'element' || node.tagName !== 'img' || typeof node.properties?.src !== 'string') return false
  return !['srcSet', 'srcset', 'sizes', 'style', 'width', 'height'].some(name => name in node.properties)
}

/// Whether HTML in the post opens a `<picture>`, which the tree does not show.
function holdsPicture(node) {
  if (node.type === 'raw' && /<\/?picture\b/i.test(node.value)) return true
  if (/^mdxJsx/.test(node.type) && node.name === 'picture') return true
  return (node.children || []).some(holdsPicture)
}

/// An `<img>` of MDX, which names all that it says as text.
function finishJSX(node, known) {
  if (!/^mdxJsx/.test(node.type) || node.name !== 'img') return
  const attributes = node.attributes || []
  if (attributes.some(one => one.type !== 'mdxJsxAttribute')) return
  const named = name => attributes.find(one => one.name === name)
  if (['srcSet', 'srcset', 'sizes', 'style', 'width', 'height'].some(named)) return
  const source = named('src')?.value
  const found = typeof source === 'string' && known.get(meant('<img> ' + source))
  if (!found) return
  for (const [name, value] of Object.entries(properties(found.attributes))) {
    const written = name === 'srcSet' ? 'srcset' : name
    if (!named(written)) attributes.push({ type: 'mdxJsxAttribute', name: written, value })
  }
}

/// HTML of a post, but for what of it is text or no element.
function finishedHTML(html, known) {
  const form = /<!--[\s\S]*?-->|<(script|style|textarea|title|xmp|noscript|template|iframe)\b[\s\S]*?<\/\1\s*>|<img\s(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi
  return html.replace(form, tag => {
    if (!/^<img\s/i.test(tag)) return tag
    const has = new Map()
    for (const [, name, value] of tag.slice(4).matchAll(/([^\s=>"'\/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g)) {
      if (has.has(name.toLowerCase())) return tag
      has.set(name.toLowerCase(), decoded((value || '').replace(/^(["'])([\s\S]*)\1$/, '$2')))
    }
    const found = has.has('src') && known.get(meant('<img> ' + has.get('src')))
    if (!found || ['srcset', 'sizes', 'style', 'width', 'height'].some(name => has.has(name))) return tag
    const gained = [...found.attributes.matchAll(/([a-z-]+)="[^"]*"/g)].filter(([, name]) => !has.has(name))
    return tag.slice(0, 4) + gained.map(([text]) => ' ' + text).join('') + tag.slice(4)
  })
}

function finished(image, entry) {
  const { src, ...gained } = properties(entry.attributes)
  Object.assign(image.properties, gained)
  if (src !== undefined && meant(src) !== meant(image.properties.src)) image.properties.src = src
  if (!entry.before) return image
  const sources = [...entry.before.matchAll(/<source ((?:[a-z-]+="[^"]*"\s*)*)>/g)].map(([, text]) =>
    ({ type: 'element', tagName: 'source', properties: properties(text), children: [] }))
  const own = properties(/^<picture([^>]*)>/.exec(entry.before)?.[1] || '')
  return { type: 'element', tagName: 'picture', properties: own, children: [...sources, image] }
}

function properties(text) {
  const entries = [...text.matchAll(/([a-z-]+)="([^"]*)"/g)]
  return Object.fromEntries(entries.map(([, name, value]) => [name === 'srcset' ? 'srcSet' : name, decoded(value)]))
}

function decoded(text) {
  const values = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'" }
  return text.replace(/&(quot|amp|lt|gt|#39);/g, (_, name) => values[name])
}
