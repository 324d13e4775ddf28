/// The door of Docusaurus: a configuration that it is told of by `--config`, with a remark plugin behind the author's.
///
/// It stands in a folder of its own with a link to the site's packages, so that the site and its caches stay where they are.
/// Names of plugins that begin with a dot are made absolute, for Docusaurus resolves them from the configuration.
enum DocusaurusDoor {
  static func files(
    site: String, author: String, pictures: String, stamp: String
  ) -> [GeneratorDoor.File] {
    let wrapper = """
      // Made by optimize-assets for one build. \(stamp)
      const site = \(JavaScriptText.literal(site))
      const author = \(JavaScriptText.literal(author))

      """
    return [
      GeneratorDoor.File(path: "docusaurus.config.cjs", text: wrapper + configuration),
      GeneratorDoor.File(path: "plugin.cjs", text: plugin),
      GeneratorDoor.File(path: "pictures.json", text: pictures),
    ]
  }

  /// Whatever the author's file gives: an object, a function, or a promise of either; as CommonJS, ES module or TypeScript,
  /// which Docusaurus's own loader reads.
  private static let configuration = #"""
    const path = require('path')
    const pictures = require('./pictures.json')
    const plugin = require('./plugin.cjs')

    module.exports = async () => {
      const loaded = require(author)
      let config = loaded && loaded.default !== undefined ? loaded.default : loaded
      config = await (typeof config === 'function' ? config() : config)
      const remark = plugin({ site, pictures, base: config.baseUrl || '/' })
      let count = 0
      const widened = options => {
        count += 1
        return { ...options, remarkPlugins: [...((options && options.remarkPlugins) || []), remark] }
      }
      const named = name => (typeof name === 'string' && /^\.\.?\//.test(name) ? path.resolve(site, name) : name)
      const entry = (value, change) => {
        if (typeof value === 'string') return change(named(value), undefined)
        if (!Array.isArray(value) || typeof value[0] !== 'string') return value
        return change(named(value[0]), value[1], value.slice(2))
      }
      const rebuilt = (name, options, rest = []) => (options === undefined ? name : [name, options, ...rest])
      const preset = (name, options, rest) => {
        if (name !== 'classic' && !/preset-classic/.test(name)) return rebuilt(name, options, rest)
        const chosen = { ...options }
        for (const part of ['docs', 'blog', 'pages']) {
          if (chosen[part] !== false) chosen[part] = widened(chosen[part])
        }
        return [name, chosen, ...(rest || [])]
      }
      const content = (name, options, rest) =>
        /(^|[\/\\-])content-(docs|blog|pages)([\/\\]|$)/.test(name)
          ? [name, widened(options), ...(rest || [])]
          : rebuilt(name, options, rest)
      const result = {
        ...config,
        presets: (config.presets || []).map(value => entry(value, preset)),
        plugins: (config.plugins || []).map(value => entry(value, content)),
        themes: (config.themes || []).map(value => entry(value, rebuilt)),
      }
      if (count === 0) throw new Error('no preset and no plugin of it takes remark plugins')
      return result
    }

    """#

  /// An image that Docusaurus has made of Markdown is `<img src={require("…").default}>` with its size by now; those that an
  /// author writes are of the same kind, or name an import or a URL.
  private static let plugin = #"""
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

    """#
}
