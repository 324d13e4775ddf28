import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import GeneratorOracle

/// What the configurations do that stand in front of the authors' in a staged copy.
@Suite(.enabled(if: Programs.find("node") != nil, "node is not installed"))
struct StagedDoorFileTests {
  private static func write(
    _ kind: Site.Kind, _ door: Site.Door, author: String, _ pictures: String, to folder: TemporaryFolder
  ) throws {
    let files = StagedDoor.files(
      of: kind, door, author: Data(author.utf8), pictures: Data(pictures.utf8), stamp: "s")
    #expect(files.map(\.path).dropFirst() == [DoorFiles.author(of: door.configuration), DoorFiles.pictures])
    for file in files { try folder.write(file.content, to: file.path) }
    #expect(try folder.text(DoorFiles.author(of: door.configuration)) == author)
  }

  private static func node(_ script: String, in folder: TemporaryFolder) async throws -> String {
    let run = try await Command.run(
      try #require(Programs.find("node")), ["--input-type=module", "--eval", script], in: folder.path)
    try #require(run.status == 0, "\(run.errors)")
    return run.text
  }

  // MARK: Eleventy

  /// An author's configuration by its name, and what Eleventy is given by it.
  private static let configurations: [(file: String, author: String, given: String)] = [
    (
      "eleventy.config.mjs", "export default (c) => { c.own = 1; return { dir: 1 } }", #"{"dir":1} undefined"#
    ),
    ("eleventy.config.mjs", "export default async (c) => { c.own = 1 }", "undefined undefined"),
    (
      "eleventy.config.mjs", "export const config = { dir: 2 }\nexport default function (c) { c.own = 1 }",
      #"undefined {"dir":2}"#
    ),
    (
      "eleventy.config.cjs", "module.exports = function (c) { c.own = 1; return { dir: 3 } }",
      #"{"dir":3} undefined"#
    ),
    ("eleventy.config.cjs", "module.exports = { dir: 4 }", #"{"dir":4} undefined"#),
    (
      "eleventy.config.cjs", "module.exports = (c) => { c.own = 1 }; module.exports.config = { dir: 5 }",
      #"undefined {"dir":5}"#
    ),
  ]

  @Test(arguments: configurations.indices)
  func everyFormOfAnEleventyConfigurationGainsThePlugin(_ index: Int) async throws {
    let (file, author, given) = Self.configurations[index]
    let folder = try TemporaryFolder()
    let door = Site.Door(configuration: file, isModule: file.hasSuffix(".mjs"))
    try Self.write(.eleventy, door, author: author, "{}", to: folder)
    let script = """
      const loaded = await import('file://' + process.cwd() + '/\(file)')
      const c = { plugins: [], addPlugin(one) { this.plugins.push([one.name, this.own]) } }
      const result = await loaded.default(c)
      process.stdout.write(JSON.stringify(result) + ' ' + JSON.stringify(loaded.config) + ' ' + JSON.stringify(c.plugins))
      """
    let isFunction = author.contains("c.own")
    #expect(
      try await Self.node(script, in: folder)
        == "\(given) [[\"optimizeAssets\",\(isFunction ? "1" : "null")]]")
  }

  private static let pictures = #"""
    {"posts/a.md": {
      "/img/a.jpg": {"attributes": "src=\"/img/a.jpg\" srcset=\"/o/a.webp 320w\" sizes=\"50vw\" loading=\"lazy\""},
      "/img/한.jpg": {"attributes": "src=\"/img/%ED%95%9C.jpg\" srcset=\"/o/h.webp 320w\""},
      "/img/p.jpg": {"before": "<picture><source type=\"image/webp\" srcset=\"/o/p.webp 9w\">",
        "attributes": "src=\"/o/p.jpg\" srcset=\"/o/p.jpg 9w\"", "after": "</picture>"},
      "b.jpg": {"attributes": "src=\"b.jpg\" srcset=\"../o/b.webp 320w\"", "page": "/posts/a/"},
      "<img> /img/a.jpg": {"attributes": "src=\"/img/a.jpg\" srcset=\"/o/t.webp 320w\" loading=\"lazy\""}
    }}
    """#

  /// What markdown-it prints, by the destination or the tag in the post, and what a page, a list and a feed have then.
  private static let images: [(image: String, page: String, list: String?)] = [
    (
      "/img/a.jpg", #"<img srcset="/o/a.webp 320w" sizes="50vw" loading="lazy" src="/img/a.jpg" alt="">"#, nil
    ),
    ("/img/한.jpg", #"<img srcset="/o/h.webp 320w" src="/img/%ED%95%9C.jpg" alt="">"#, nil),
    (
      "/img/p.jpg",
      #"<picture><source type="image/webp" srcset="/o/p.webp 9w"><img srcset="/o/p.jpg 9w" src="/o/p.jpg" alt=""></picture>"#,
      nil
    ),
    ("b.jpg", #"<img srcset="../o/b.webp 320w" src="b.jpg" alt="">"#, #"<img src="b.jpg" alt="">"#),
    ("/img/x.jpg", #"<img src="/img/x.jpg" alt="">"#, nil),
    (#"<img src="/img/a.jpg">"#, #"<img srcset="/o/t.webp 320w" loading="lazy" src="/img/a.jpg">"#, nil),
    (
      #"<img loading=eager src='/img/a.jpg'/>"#,
      #"<img srcset="/o/t.webp 320w" loading=eager src='/img/a.jpg'/>"#,
      nil
    ),
    (#"<img src="/img/a.jpg" width="40">"#, #"<img src="/img/a.jpg" width="40">"#, nil),
    (#"<!-- <img src="/img/a.jpg"> -->"#, #"<!-- <img src="/img/a.jpg"> -->"#, nil),
    (#"<textarea><img src="/img/a.jpg"></textarea>"#, #"<textarea><img src="/img/a.jpg"></textarea>"#, nil),
    (
      #"<picture><img src="/img/a.jpg"></picture>"#, #"<picture><img src="/img/a.jpg"></picture>"#, nil
    ),
  ]

  /// A markdown-it that prints one image, and Eleventy as far as its plugins see it.
  private static let eleventy = """
    const c = { addPlugin(one) { one(this) }, amendLibrary(_, f) { this.amend = f }, addTransform(_, f) { this.transform = f } }
    const loaded = await import('file://' + process.cwd() + '/eleventy.config.mjs')
    loaded.default(c)
    const print = (tokens, index) => '<img' + tokens[index].attrs.map(([n, v]) => ` ${n}="${v}"`).join('') + '>'
    const html = (tokens, index) => tokens[index].content
    const md = { normalizeLink: encodeURI, renderer: { rules: { image: print, html_block: html, html_inline: html } } }
    c.amend(md)
    const content = (image, path) => {
      const token = { content: image, attrs: [['src', encodeURI(image)], ['alt', '']],
        attrGet(n) { return this.attrs.find(one => one[0] === n)?.[1] ?? null },
        attrIndex(n) { return this.attrs.findIndex(one => one[0] === n) }, attrPush(one) { this.attrs.push(one) } }
      return md.renderer.rules[image.startsWith('<') ? 'html_block' : 'image']([token], 0, {}, { page: { inputPath: path } }, {})
    }
    const finish = (text, outputPath, url, more) =>
      c.transform.call({ page: { outputPath, url }, outputPath, ...more }, text, outputPath)

    """

  @Test(arguments: images.indices) func aPageGainsWhatAFeedDoesNot(_ index: Int) async throws {
    let (image, page, list) = Self.images[index]
    let folder = try TemporaryFolder()
    let door = Site.Door(configuration: "eleventy.config.mjs")
    try Self.write(.eleventy, door, author: "export default () => {}", Self.pictures, to: folder)
    let script =
      Self.eleventy + """
        const image = \(JavaScriptText.literal(image))
        const text = content(image, './posts/a.md')
        const whole = text => '<!doctype html>' + text
        const bare = image.startsWith('<') ? image : `<img src="${encodeURI(image)}" alt="">`
        const escaped = text => text.replace(/"/g, '&quot;').replace(/</g, '&lt;')
        const told = (text, wanted) => { if (text !== wanted) { console.error(text, wanted); process.exit(1) } }
        // The same image of another post, a feed in four forms, and a post that a filter finishes for a feed.
        told(content(image, './posts/b.md'), bare)
        for (const form of [text => text, escaped, JSON.stringify, text => escaped(JSON.stringify(text))]) {
          told(finish(form(text), '_site/feed.xml', '/feed.xml'), form(bare))
        }
        told(finish(text, '_site/posts/a/index.html', '/posts/a/'), bare)
        told(finish(whole(text), '_site/posts/a/index.html', '/posts/a/', { baseHref: 'https://a.example' }), whole(bare))
        // In a page's script and as its text.
        told(finish(whole(`<script>${JSON.stringify(text)}</script>` + escaped(text)), 'a.html', '/a/'),
          whole(`<script>${JSON.stringify(bare)}</script>` + escaped(bare)))
        const shown = url => finish(whole(text), '_site/x.html', url).slice('<!doctype html>'.length)
        process.stdout.write(JSON.stringify([shown('/posts/a/'), shown('/')]))
        """
    let printed = try JSONDecoder().decode(
      [String].self, from: Data(try await Self.node(script, in: folder).utf8))
    #expect(printed == [page, list ?? page])
  }

  /// What stands in the finished page is what the map speaks of, or it stays.
  @Test(arguments: [
    #"<img src="https://cdn.example/img/a.jpg" data-optimize-assets="0">"#,
    #"<img src="/img/a.jpg" width="9" data-optimize-assets="0">"#,
    #"<img src="/img/a.jpg" srcset="/x 1x" data-optimize-assets='0'>"#,
    #"<img src=/img/a.jpg style=x data-optimize-assets=0>"#,
    #"<img src="/img/a.jpg" data-optimize-assets="99">"#,
  ])
  func whatAnAuthorsPluginHasChangedStays(tag: String) async throws {
    let folder = try TemporaryFolder()
    let door = Site.Door(configuration: "eleventy.config.mjs")
    try Self.write(.eleventy, door, author: "export default () => {}", Self.pictures, to: folder)
    let page = "<!doctype html>" + tag
    let script =
      Self.eleventy
      + "content('/img/a.jpg', 'posts/a.md'); process.stdout.write(finish(\(JavaScriptText.literal(page)), 'x.html', '/'))"
    let bare = page.replacing(#/ data-optimize-assets=["']?\d+["']?/#, with: "")
    #expect(try await Self.node(script, in: folder) == bare)
  }

  // MARK: Astro

  /// A node of the tree, and what becomes of it.
  private static let nodes: [(node: String, becomes: String)] = [
    (
      #"image('/img/a.jpg')"#,
      #"{"src":"/img/a.jpg","srcSet":"/o/a.webp 320w","sizes":"50vw","loading":"lazy"}"#
    ),
    (#"image('/img/%ED%95%9C.jpg')"#, #"{"src":"/img/%ED%95%9C.jpg","srcSet":"/o/h.webp 320w"}"#),
    (
      #"image('/img/p.jpg')"#,
      #"picture source {"type":"image/webp","srcSet":"/o/p.webp 9w"} img {"src":"/o/p.jpg","srcSet":"/o/p.jpg 9w"}"#
    ),
    (#"image('/img/x.jpg')"#, #"{"src":"/img/x.jpg"}"#),
    (#"image('/img/a.jpg', { width: 9 })"#, #"{"src":"/img/a.jpg","width":9}"#),
    (#"image('/img/a.jpg', { srcSet: 'x' })"#, #"{"src":"/img/a.jpg","srcSet":"x"}"#),
    (
      #"raw('<p><img src="/img/a.jpg"></p>')"#,
      #"<p><img srcset="/o/t.webp 320w" loading="lazy" src="/img/a.jpg"></p>"#
    ),
    (#"raw('<!-- <img src="/img/a.jpg"> -->')"#, #"<!-- <img src="/img/a.jpg"> -->"#),
    (#"raw('<img src="/img/a.jpg" width=9>')"#, #"<img src="/img/a.jpg" width=9>"#),
    (#"jsx({ src: '/img/a.jpg' })"#, #"src=/img/a.jpg srcset=/o/t.webp 320w loading=lazy"#),
    (
      #"jsx({ src: '/img/a.jpg', loading: 'eager' })"#, #"src=/img/a.jpg loading=eager srcset=/o/t.webp 320w"#
    ),
    (#"jsx({ src: '/img/a.jpg', width: '9' })"#, #"src=/img/a.jpg width=9"#),
    (#"jsx({ src: { type: 'mdxJsxAttributeValueExpression', value: 'x' } })"#, #"src=[object Object]"#),
  ]

  @Test(arguments: nodes.indices) func astrosImagesGainWhatThePostsMapSays(_ index: Int) async throws {
    let (node, becomes) = Self.nodes[index]
    let folder = try TemporaryFolder([
      "posts/a.md": "", "posts/b.md": "", "node_modules/astro/package.json": #"{"version": "5.18.2"}"#,
    ])
    let author = "export default { site: 'x', markdown: { gfm: true, rehypePlugins: ['own'] } }"
    try Self.write(
      .astro, Site.Door(configuration: "astro.config.mjs"), author: author, Self.pictures, to: folder)
    let script = """
      const config = (await import('file://' + process.cwd() + '/astro.config.mjs')).default
      const [own, [plugin, options]] = config.markdown.rehypePlugins
      if (config.site !== 'x' || !config.markdown.gfm || own !== 'own' || options.stamp !== 's') process.exit(1)
      const image = (src, more) => ({ type: 'element', tagName: 'img', properties: { src, ...more }, children: [] })
      const raw = value => ({ type: 'raw', value })
      const jsx = attributes => ({ type: 'mdxJsxFlowElement', name: 'img', children: [],
        attributes: Object.entries(attributes).map(([name, value]) => ({ type: 'mdxJsxAttribute', name, value })) })
      const text = node => node.type === 'raw' ? node.value
        : node.attributes ? node.attributes.map(one => one.name + '=' + one.value).join(' ')
        : node.tagName === 'picture' ? ['picture', ...node.children.map(one => one.tagName + ' ' + text(one))].join(' ')
        : JSON.stringify(node.properties)
      const become = path => {
        const child = \(node)
        const paragraph = { type: 'element', tagName: 'p', properties: {}, children: [child] }
        plugin()({ type: 'root', children: [paragraph] }, { path })
        return text(paragraph.children[0])
      }
      process.stdout.write(become(process.cwd() + '/posts/a.md'))
      // Another post, and one whose HTML opens a <picture>.
      if (become(process.cwd() + '/posts/b.md') !== text(\(node))) process.exit(1)
      const inside = { type: 'root', children: [raw('<picture>'), \(node), raw('</picture>')] }
      plugin()(inside, { path: process.cwd() + '/posts/a.md' })
      if (text(inside.children[1]) !== text(\(node))) process.exit(1)
      """
    #expect(try await Self.node(script, in: folder) == becomes)
  }

  /// Where Astro renders Markdown by other means than rehype, the author's configuration counts as it is.
  @Test(arguments: [
    ("7.3.0", "export default { a: 1 }"), ("5.0.0", "export default { a: 1, markdown: { processor: {} } }"),
    (nil, "export default { a: 1 }"),
  ])
  func anotherRendererIsLeftAlone(version: String?, author: String) async throws {
    let folder = try TemporaryFolder()
    if let version { try folder.write(#"{"version": "\#(version)"}"#, to: "node_modules/astro/package.json") }
    try Self.write(.astro, Site.Door(configuration: "astro.config.mjs"), author: author, "{}", to: folder)
    let script = """
      const config = (await import('file://' + process.cwd() + '/astro.config.mjs')).default
      const author = (await import('file://' + process.cwd() + '/optimize-assets.author.mjs')).default
      process.stdout.write(String(config === author))
      """
    #expect(try await Self.node(script, in: folder) == "true")
  }
}
