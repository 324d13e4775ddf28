// Behind `author` and `pictures`: the author's configuration, a rule of markdown-it that marks images by number, and a
// transform that finishes them in whole pages and takes the marks away everywhere else: feeds are as they were.
function configured(eleventyConfig) {
  const result = typeof author === 'function' ? author(eleventyConfig) : author
  // As a plugin it comes behind those of the author.
  const opened = value => {
    eleventyConfig.addPlugin(optimizeAssets)
    return value
  }
  return result && typeof result.then === 'function' ? result.then(opened) : opened(result)
}

function optimizeAssets(eleventyConfig) {
  if (typeof eleventyConfig.amendLibrary !== 'function') return
  const known = { numbers: new Map(), entries: [] }
  eleventyConfig.amendLibrary('md', md => mark(md, known))
  eleventyConfig.addTransform('optimize-assets', function (content, outputPath) {
    if (typeof content !== 'string' || !content.includes('data-optimize-assets')) return content
    const page = this.page || this
    // A filter can run transforms on a post for a feed; that is no whole page.
    const isPage = /\.html?$/.test(String(page.outputPath || outputPath)) && this.baseHref === undefined
      && /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html)\b/i.test(content)
    return unmarked(isPage ? finished(content, known.entries, page.url) : content)
  })
}

function mark(md, known) {
  const image = md.renderer && md.renderer.rules && md.renderer.rules.image
  if (!image || typeof md.normalizeLink !== 'function') return
  for (const [post, images] of Object.entries(pictures)) {
    for (const [url, entry] of Object.entries(images)) {
      const isTag = url.startsWith('<img> ')
      const source = isTag ? url.slice(6) : md.normalizeLink(url)
      const key = post + '\n' + (isTag ? '<img> ' : '') + source
      if (known.numbers.has(key)) continue
      known.numbers.set(key, known.entries.length)
      known.entries.push({ ...entry, source })
    }
  }
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const number = known.numbers.get(postOf(env) + '\n' + token.attrGet('src'))
    if (number !== undefined && token.attrIndex('data-optimize-assets') < 0) {
      token.attrPush(['data-optimize-assets', String(number)])
    }
    return image(tokens, index, options, env, self)
  }
  for (const rule of ['html_block', 'html_inline']) {
    const html = md.renderer.rules[rule]
    if (!html) continue
    md.renderer.rules[rule] = (tokens, index, options, env, self) => {
      const text = tokens[index].content
      tokens[index].content = text.replace(/<img\s(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi, tag => {
        const source = (attributesOf(tag) || new Map()).get('src')
        const number = known.numbers.get(postOf(env) + '\n<img> ' + decoded(source || ''))
        const isMarked = number === undefined || tag.includes('data-optimize-assets')
        return isMarked ? tag : tag.slice(0, 4) + ` data-optimize-assets="${number}"` + tag.slice(4)
      })
      const result = html(tokens, index, options, env, self)
      tokens[index].content = text
      return result
    }
  }
}

function postOf(env) {
  return env && env.page ? String(env.page.inputPath).replace(/^\.\//, '') : ''
}

/// The page with what its marked images gain, but for those in texts, in scripts and in a <picture> of the author's.
function finished(html, entries, url) {
  const form = /<!--[\s\S]*?-->|<(script|style|textarea|title|xmp|noscript|template|iframe)\b[\s\S]*?<\/\1\s*>|<\/?picture\b|<img\s(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi
  let depth = 0
  return html.replace(form, part => {
    if (/^<picture/i.test(part)) depth += 1
    if (/^<\/picture/i.test(part)) depth -= 1
    return depth === 0 && /^<img\s/i.test(part) ? gained(part, entries, url) : part
  })
}

function gained(tag, entries, url) {
  const marked = /\sdata-optimize-assets=(?:"(\d+)"|'(\d+)'|(\d+)(?=[\s\/>]))/.exec(tag)
  const entry = marked && entries[Number(marked[1] || marked[2] || marked[3])]
  if (!entry) return tag
  const plain = tag.replace(marked[0], '')
  const has = attributesOf(plain)
  if (!has || ['srcset', 'sizes', 'style', 'width', 'height'].some(name => has.has(name))) return plain
  if (decoded(has.get('src') || '') !== entry.source) return plain
  // Candidates that are named from the page hold on the post's own.
  if (entry.page !== undefined && entry.page !== url) return plain
  let text = plain.slice(4)
  let added = ''
  for (const [, name, value] of entry.attributes.matchAll(/([a-z-]+)="([^"]*)"/g)) {
    if (name !== 'src') added += has.has(name) ? '' : ` ${name}="${value}"`
    else if (meant(decoded(value)) !== meant(entry.source)) {
      text = text.replace(/(\ssrc\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s"'>]+)/i, (_, start) => `${start}"${value}"`)
    }
  }
  return (entry.before || '') + '<img' + added + text + (entry.after || '')
}

/// The attributes of a tag; nothing where one is there twice.
function attributesOf(tag) {
  const attributes = new Map()
  for (const [, name, value] of tag.slice(4).matchAll(/([^\s=>"'\/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g)) {
    if (attributes.has(name.toLowerCase())) return undefined
    attributes.set(name.toLowerCase(), (value || '').replace(/^(["'])([\s\S]*)\1$/, '$2'))
  }
  return attributes
}

function decoded(text) {
  const values = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'" }
  return text.replace(/&(quot|amp|lt|gt|#39);/g, (_, name) => values[name])
}

function meant(url) {
  try { return decodeURI(url) } catch { return url }
}

/// The text without marks, however a text that holds HTML has written them.
function unmarked(text) {
  const quote = '(?:\\\\|&#92;|&#x5c;|%5C)*(?:&(?:amp;)?(?:quot|#34|#x22|#39);|u0022|%22|["\'])?'
  return text.replace(new RegExp(`(?:\\s|%20)data-optimize-assets(?:=|%3D)${quote}\\d+${quote}`, 'gi'), '')
}
