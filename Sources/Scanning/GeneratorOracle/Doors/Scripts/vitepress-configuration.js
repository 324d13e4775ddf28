// Behind `author`, `pages` and `pictures`: the author's configuration with rules of markdown-it behind the author's own.
const site = fs.realpathSync(process.cwd())

export default async environment => {
  const config = await (typeof author === 'function' ? author(environment) : author)
  const folder = path.resolve(site, pages, config.srcDir || '.')
  let base = config
  while (base && !(base.markdown && base.markdown.config)) {
    base = await (typeof base.extends === 'function' ? base.extends() : base.extends)
  }
  const markdown = {
    ...config.markdown,
    config: async md => {
      if (base) await base.markdown.config(md)
      widen(md, folder)
    },
  }
  return { ...config, markdown }
}

function widen(md, folder) {
  const image = md.renderer.rules.image
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const has = name => token.attrIndex(name) >= 0
    const found = ['srcset', ':srcset', 'sizes', 'style'].some(has)
      ? undefined
      : entry(token.attrGet('src'), env, folder, token.attrGet('width'), token.attrGet('height'))
    // Once: what has been rendered may be rendered again.
    if (found) token.attrs = [...gained(found, has), ...token.attrs]
    return image(tokens, index, options, env, self)
  }
  for (const rule of ['html_block', 'html_inline']) {
    const html = md.renderer.rules[rule]
    md.renderer.rules[rule] = (tokens, index, options, env, self) => {
      const token = tokens[index]
      const text = token.content
      if (!/<(?:script|style|pre|textarea|template)\b|<!--|v-pre/i.test(text)) {
        token.content = text.replace(/<img\s(?:"[^"]*"|'[^']*'|[^"'<>])*>/g, tag => tagged(tag, env, folder))
      }
      const result = html(tokens, index, options, env, self)
      token.content = text
      return result
    }
  }
}

/// A srcset that is a string for Vue stays as it is: its compiler would import what a plain one names.
function gained(found, has) {
  const attributes = [[':srcset', `'${found.srcset.replace(/[\\']/g, '\\$&')}'`]]
  for (const name of ['sizes', 'loading', 'decoding', 'fetchpriority', 'width', 'height', 'style']) {
    if (found[name] !== undefined && !has(name)) attributes.push([name, found[name]])
  }
  return attributes
}

function tagged(tag, env, folder) {
  const attributes = new Map()
  for (const [, name, value] of tag.slice(4).matchAll(/([^\s=>"'\/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g)) {
    if (attributes.has(name)) return tag
    attributes.set(name, (value || '').replace(/^(["'])([\s\S]*)\1$/, '$2'))
  }
  const bound = name => ['', ':', 'v-bind:'].some(prefix => attributes.has(prefix + name))
  if (['srcset', 'sizes', 'style'].some(bound) || attributes.has('v-bind')) return tag
  if ([':width', ':height', 'v-bind:width', 'v-bind:height'].some(name => attributes.has(name))) return tag
  const expression = attributes.get(':src') || attributes.get('v-bind:src')
  const source = attributes.get('src') || (expression && meant(expression.trim(), env))
  const found = source && entry(source, env, folder, attributes.get('width'), attributes.get('height'))
  if (!found) return tag
  const escaped = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
  const texts = gained(found, bound).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  return tag.slice(0, 4) + texts.join('') + tag.slice(4)
}

/// What a script of the page imports under a name, or a path of the site.
function meant(expression, env) {
  const based = /^withBase\((['"])([^'"]+)\1\)$/.exec(expression)
  if (based) return based[2]
  if (!/^[A-Za-z_$][\w$]*$/.test(expression)) return undefined
  const text = fs.readFileSync(env.realPath || env.path, 'utf8').replace(/^\s*(```+|~~~+)[\s\S]*?^\s*\1/gm, '')
  const sources = new Set()
  for (const [, script] of text.matchAll(/<script\b[^>]*\bsetup\b[^>]*>([\s\S]*?)<\/script>/g)) {
    for (const [, name, , source] of script.matchAll(/^\s*import\s+([A-Za-z_$][\w$]*)\s+from\s+(['"])([^'"\n]+)\2/gm)) {
      if (name === expression) sources.add(source)
    }
  }
  return sources.size === 1 ? [...sources][0] : undefined
}

function entry(url, env, folder, width, height) {
  const file = fileOf(url, env, folder)
  const uses = file && pictures.files[path.relative(site, file).split(path.sep).join('/')]
  const found = uses && uses[`${width || ''}x${height || ''}`]
  // A page whose slots are narrower than those of others has sizes of its own.
  const sizes = found && found['sizes@' + String(env.relativePath || '').replace(/\.md$/, '')]
  return sizes ? { ...found, sizes } : found
}

function fileOf(url, env, folder) {
  if (!url || /^[a-z][a-z0-9+.-]*:|^\/\/|[?#]/i.test(url) || !(env && env.path)) return undefined
  let name
  try { name = decodeURIComponent(url) } catch { return undefined }
  if (!name.startsWith('/')) return path.join(path.dirname(env.realPath || env.path), name)
  return [path.join(folder, 'public', name), path.join(folder, name)].find(file => fs.existsSync(file))
}
