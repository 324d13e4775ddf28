// Behind `site` and `author`: the author's configuration with a remark plugin behind the author's own.
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
