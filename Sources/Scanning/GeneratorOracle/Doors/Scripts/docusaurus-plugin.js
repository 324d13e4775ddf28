// Made by optimize-assets: gives images candidates by the file that they show.
const path = require('path')

// style={{height: 'auto'}}, with what MDX's parser would have made of it.
const key = { type: 'Identifier', name: 'height' }
const value = { type: 'Literal', value: 'auto', raw: "'auto'" }
const property = { type: 'Property', kind: 'init', method: false, shorthand: false, computed: false, key, value }
const expression = { type: 'ObjectExpression', properties: [property] }
const estree = { type: 'Program', sourceType: 'module', comments: [], body: [{ type: 'ExpressionStatement', expression }] }
const heightAuto = { type: 'mdxJsxAttributeValueExpression', value: "{height: 'auto'}", data: { estree } }

module.exports = ({ site, base, pictures }) => () => (tree, file) => {
  const imports = new Map()
  const images = []
  const written = []
  const definitions = new Map()
  const walk = node => {
    if (node.type === 'mdxjsEsm') {
      const form = /^\s*import\s+([A-Za-z_$][\w$]*)\s+from\s+(['"])([^'"\n]+)\2\s*;?\s*$/gm
      for (const match of node.value.matchAll(form)) imports.set(match[1], match[3])
    }
    if ((node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement') && node.name === 'img') images.push(node)
    if (node.type === 'image' || node.type === 'imageReference') written.push(node)
    // Of two definitions the first counts.
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node.url)
    for (const child of node.children || []) walk(child)
  }
  walk(tree)
  const inSite = name => {
    const request = name.slice(name.lastIndexOf('!') + 1)
    if (/[?#]/.test(request)) return undefined
    if (request.startsWith('@site/')) return request.slice('@site/'.length)
    if (!/^\.\.?\//.test(request) || !file.path) return undefined
    return path.relative(site, path.resolve(path.dirname(file.path), request)).split(path.sep).join('/')
  }
  const uses = value => {
    if (typeof value === 'string') return pictures.urls[value]
    const text = value && typeof value.value === 'string' ? value.value.trim() : ''
    const asked = /^require\((["'])([^"'\n]+)\1\)(?:\.default)?$/.exec(text)
    if (asked) return pictures.files[inSite(asked[2])]
    if (imports.has(text)) return pictures.files[inSite(imports.get(text))]
    const url = /^useBaseUrl\((["'])([^"'\n]+)\1\)$/.exec(text)
    if (url && imports.get('useBaseUrl') === '@docusaurus/useBaseUrl') {
      return pictures.urls[base.replace(/\/$/, '') + '/' + url[2].replace(/^\//, '')]
    }
    return undefined
  }
  const size = attribute => {
    if (!attribute) return ''
    const value = attribute.value
    return typeof value === 'string' ? value : value && typeof value.value === 'string' ? value.value.trim() : '?'
  }
  for (const node of images) {
    const attributes = node.attributes || []
    if (attributes.some(attribute => attribute.type !== 'mdxJsxAttribute')) continue
    const named = name => attributes.find(attribute => attribute.name === name)
    if (['srcSet', 'srcset', 'sizes', 'style'].some(named)) continue
    const source = named('src')
    const use = source && uses(source.value)
    const found = use && use[size(named('width')) + 'x' + size(named('height'))]
    if (!found || (found.style !== undefined && found.style !== 'height:auto')) continue
    const add = (name, value) => attributes.push({ type: 'mdxJsxAttribute', name, value })
    if (found.style !== undefined) add('style', heightAuto)
    add('srcSet', found.srcset)
    if (found.sizes !== undefined) add('sizes', found.sizes)
    for (const name of ['loading', 'decoding', 'width', 'height']) {
      if (found[name] !== undefined && !named(name)) add(name, found[name])
    }
  }
  // What Docusaurus leaves to the browser: reference-style images.
  for (const node of written) {
    const use = pictures.urls[node.type === 'image' ? node.url : definitions.get(node.identifier)]
    const found = use && use.x
    if (!found || (node.data && node.data.hProperties)) continue
    const properties = { srcSet: found.srcset }
    for (const name of ['sizes', 'width', 'height', 'style']) if (found[name] !== undefined) properties[name] = found[name]
    node.data = { ...node.data, hProperties: properties }
  }
}
