import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import GeneratorOracle

/// What is generated beside a configuration, by the form that its author has given it.
struct GeneratorDoorTests {
  private static let form: [(files: [String], wrapper: String, author: String, moved: String?)] = [
    ([".vitepress/config.mjs"], ".vitepress/config/index.mjs", "../config.mjs", nil),
    ([".vitepress/config.js"], ".vitepress/config/index.js", "../config.js", nil),
    ([".vitepress/config.ts"], ".vitepress/config/index.ts", "../config.ts", nil),
    ([".vitepress/config.mts"], ".vitepress/config/index.mts", "../config.mts", nil),
    (["docs/.vitepress/config.mts"], "docs/.vitepress/config/index.mts", "../config.mts", nil),
    (
      [".vitepress/config/index.ts"], ".vitepress/config/index.ts", "./optimize-assets-author.ts",
      ".vitepress/config/optimize-assets-author.ts"
    ),
    // The one that VitePress reads.
    ([".vitepress/config.mts", ".vitepress/config.js"], ".vitepress/config/index.js", "../config.js", nil),
    (
      [".vitepress/config.mts", ".vitepress/config/index.mts"], ".vitepress/config/index.mts",
      "./optimize-assets-author.mts", ".vitepress/config/optimize-assets-author.mts"
    ),
  ]

  private static func door(_ generator: DeployGenerator, _ folder: TemporaryFolder) throws -> GeneratorDoor {
    try GeneratorDoor(
      generator, site: SiteRoot(folder.path), in: folder.path, pictures: pictures, stamp: "1")
  }

  private static let pictures = #"""
    {"files":{"static/img/a.jpg":{"900x600":{"sizes":"50vw","srcset":"/o/a's.webp 320w"}},"docs/b.jpg":{"x":{"height":"2","srcset":"/o/b.webp 320w","width":"3"}},"public/img/c.jpg":{"x":{"loading":"lazy","srcset":"/o/c's.webp 320w"},"40x":{"srcset":"/o/c.webp 40w"},"50x":{"sizes":"9px","sizes@docs/a":"5px","sizes@docs/b":"6px","srcset":"/o/c.webp 50w"}}},"urls":{"/base/img/a.jpg":{"900x600":{"srcset":"/o/a.webp 320w"},"x":{"srcset":"/o/a.webp 320w"}}}}
    """#

  @Test(arguments: form.indices) func vitePressFindsTheGeneratedConfigurationFirst(_ index: Int) throws {
    let (files, wrapper, author, moved) = Self.form[index]
    let folder = try TemporaryFolder(
      Dictionary(files.map { ($0, "export default {}") }, uniquingKeysWith: { first, _ in first }))
    let door = try Self.door(.vitepress, folder)
    #expect(door.needsCopy && door.arguments.isEmpty)
    #expect(door.files.map(\.path) == [wrapper])
    #expect(door.files[0].text.contains("import author from \"\(author)\"\n"))
    #expect(door.moved?.to == moved)
    try door.write(to: folder.path)
    // The author's text is there still, under its name or the other.
    for file in files where file != wrapper { #expect(try folder.text(file) == "export default {}") }
    if let moved { #expect(try folder.text(moved) == "export default {}") }
  }

  @Test func vitePressNeedsNoConfiguration() throws {
    let door = try Self.door(.vitepress, TemporaryFolder([".vitepress/theme/index.js": ""]))
    #expect(door.files.map(\.path) == [".vitepress/config/index.mjs"])
    #expect(door.files[0].text.contains("const author = {}"))
  }

  @Test(arguments: ["js", "mjs", "cjs", "ts", "mts", "cts"])
  func docusaurusIsToldOfAConfigurationElsewhere(_ ending: String) throws {
    let folder = try TemporaryFolder(["docusaurus.config.\(ending)": "export default {}"])
    let door = try Self.door(.docusaurus, folder)
    #expect(!door.needsCopy && door.moved == nil)
    #expect(door.arguments == ["--config", "{door}/docusaurus.config.cjs"])
    #expect(door.files.map(\.path) == ["docusaurus.config.cjs", "plugin.cjs", "pictures.json"])
    #expect(door.files[0].text.contains("const author = \"\(folder("docusaurus.config.\(ending)"))\"\n"))
  }

  @Test func aConfigurationThatIsNotUnderstoodHasNone() throws {
    #expect(throws: GeneratorDoor.Closed.self) {
      try Self.door(.vitepress, TemporaryFolder([".vitepress/config.cts": ""]))
    }
    #expect(throws: GeneratorDoor.Closed.self) {
      try Self.door(.docusaurus, TemporaryFolder(["site/docusaurus.config.js": ""]))
    }
    #expect(throws: GeneratorDoor.Closed.self) { try Self.door(.hexo, TemporaryFolder()) }
  }

  // MARK: What the generated programs do

  private static func node(_ script: String, in folder: TemporaryFolder) async throws -> String {
    let node = try #require(Programs.find("node"))
    let run = try await Command.run(node, ["--input-type=module", "--eval", script], in: folder.path)
    try #require(run.status == 0, "\(run.errors)")
    return run.text
  }

  private static let configurations: [(text: String, printed: String)] = [
    (
      "module.exports = { title: 'a', presets: [['classic', { docs: { path: 'x', remarkPlugins: ['own'] }, blog: false }]] }",
      "a docs own plugin, blog false, pages plugin"
    ),
    (
      "module.exports = async () => ({ title: 'b', presets: ['classic'] })",
      "b docs plugin, blog plugin, pages plugin"
    ),
    (
      "exports.default = { title: 'c', presets: [['@docusaurus/preset-classic']] }",
      "c docs plugin, blog plugin, pages plugin"
    ),
    (
      "module.exports = { title: 'd', plugins: [['@docusaurus/plugin-content-docs', { id: 'y' }], './own', ['./own', {}]] }",
      "d @docusaurus/plugin-content-docs plugin, SITE/own , SITE/own "
    ),
    (
      "module.exports = { title: 'e', presets: ['./mine'] }",
      "Error: no preset and no plugin of it takes remark plugins"
    ),
  ]

  @Test(.needsNode, arguments: configurations.indices)
  func everyFormOfADocusaurusConfigurationGainsThePlugin(_ index: Int) async throws {
    let (text, printed) = Self.configurations[index]
    let folder = try TemporaryFolder(["docusaurus.config.js": text])
    try Self.door(.docusaurus, folder).write(to: folder.path)
    let script = """
      import { createRequire } from 'module'
      const require = createRequire(process.cwd() + '/x.js')
      const names = list => (list || []).map(one => typeof one === 'function' ? 'plugin' : one).join(' ')
      try {
        const config = await require('./docusaurus.config.cjs')()
        const presets = config.presets.map(preset => ['docs', 'blog', 'pages'].map(part =>
          part + ' ' + (preset[1][part] === false ? 'false' : names(preset[1][part].remarkPlugins))).join(', '))
        const plugins = config.plugins.map(one => typeof one === 'string' ? one + ' ' : one[0] + ' ' + names(one[1].remarkPlugins))
        process.stdout.write(config.title + ' ' + [...presets, ...plugins].join(', '))
      } catch (error) { process.stdout.write(String(error)) }
      """
    let output = try await Self.node(script, in: folder)
    #expect(output == printed.replacing("SITE", with: folder.path))
  }

  private static let images: [(attributes: String, gained: String)] = [
    (
      #"src: '{require("!url-loader?a=1!../static/img/a.jpg").default}', width: '900', height: '600'"#,
      "/o/a's.webp 320w 50vw"
    ),
    (
      #"src: "{require('@site/static/img/a.jpg').default}", width: '{900}', height: '{600}'"#,
      "/o/a's.webp 320w 50vw"
    ),
    ("src: '{pier}'", "/o/b.webp 320w 3 2"),
    ("src: '/base/img/a.jpg'", "/o/a.webp 320w"),
    ("src: '{useBaseUrl(\"/img/a.jpg\")}'", "/o/a.webp 320w"),
    ("src: '{pier}', width: '40'", ""), ("src: '{pier}', style: '{x}'", ""),
    ("src: '{pier}', srcSet: 'x'", ""),
    ("src: '{other}'", ""), ("src: '{f(pier)}'", ""), ("src: '{require(\"./b.jpg?url\").default}'", ""),
    ("src: '/img/a.jpg'", ""), ("alt: 'x'", ""),
  ]

  @Test(.needsNode, arguments: images.indices)
  func docusaurusImagesGainWhatTheirFileHas(_ index: Int) async throws {
    let (attributes, gained) = Self.images[index]
    let folder = try TemporaryFolder(["docusaurus.config.js": ""])
    try Self.door(.docusaurus, folder).write(to: folder.path)
    let script = """
      import { createRequire } from 'module'
      const require = createRequire(process.cwd() + '/x.js')
      const plugin = require('./plugin.cjs')({ site: process.cwd(), base: '/base/', pictures: require('./pictures.json') })()
      const attributes = Object.entries({ \(attributes) }).map(([name, value]) => ({
        type: 'mdxJsxAttribute', name,
        value: value.startsWith('{') ? { type: 'mdxJsxAttributeValueExpression', value: value.slice(1, -1) } : value,
      }))
      const before = attributes.length
      const image = { type: 'mdxJsxTextElement', name: 'img', attributes, children: [] }
      const esm = { type: 'mdxjsEsm', value: "import pier from './b.jpg';\\nimport useBaseUrl from '@docusaurus/useBaseUrl'" }
      plugin({ type: 'root', children: [esm, { type: 'paragraph', children: [image] }] }, { path: process.cwd() + '/docs/a.mdx' })
      process.stdout.write(image.attributes.slice(before).map(one => one.value).join(' '))
      """
    #expect(try await Self.node(script, in: folder) == gained)
  }

  private static let tags: [(html: String, gained: String)] = [
    (
      #"<img src="/img/c.jpg" alt="a > b">"#,
      #"<img :srcset="'/o/c\'s.webp 320w'" loading="lazy" src="/img/c.jpg" alt="a > b">"#
    ),
    (
      #"<figure><img src="./b.jpg"></figure>"#,
      #"<figure><img :srcset="'/o/b.webp 320w'" width="3" height="2" src="./b.jpg"></figure>"#
    ),
    (
      #"<img :src="withBase('/img/c.jpg')" width=40>"#,
      #"<img :srcset="'/o/c.webp 40w'" :src="withBase('/img/c.jpg')" width=40>"#
    ),
    // The sizes of its page.
    (
      #"<img src="/img/c.jpg" width="50">"#,
      #"<img :srcset="'/o/c.webp 50w'" sizes="5px" src="/img/c.jpg" width="50">"#
    ),
    (#"<img :src="boat">"#, #"<img :srcset="'/o/b.webp 320w'" width="3" height="2" :src="boat">"#),
    (#"<img :src="fenced">"#, #"<img :src="fenced">"#),
    (#"<img src="/img/c.jpg" srcset="x">"#, #"<img src="/img/c.jpg" srcset="x">"#),
    (#"<img src="/img/c.jpg" :style="x">"#, #"<img src="/img/c.jpg" :style="x">"#),
    (#"<img src="/img/c.jpg?url">"#, #"<img src="/img/c.jpg?url">"#),
    (#"<!-- <img src="/img/c.jpg"> -->"#, #"<!-- <img src="/img/c.jpg"> -->"#),
    (#"<pre v-pre><img src="/img/c.jpg"></pre>"#, #"<pre v-pre><img src="/img/c.jpg"></pre>"#),
    ("![](/img/c.jpg)", #"image :srcset='/o/c\'s.webp 320w' loading=lazy src=/img/c.jpg"#),
    ("![](b.jpg)", "image :srcset='/o/b.webp 320w' width=3 height=2 src=b.jpg"),
    ("![](c.jpg)", "image src=c.jpg"), ("![](https://a.example/b.jpg)", "image src=https://a.example/b.jpg"),
  ]

  @Test(.needsNode, arguments: tags.indices)
  func vitePressImagesGainWhatTheirFileHas(_ index: Int) async throws {
    let (html, gained) = Self.tags[index]
    let folder = try TemporaryFolder([
      ".vitepress/config.mjs": "export default () => ({ markdown: { config: md => { md.own = true } } })",
      "public/img/c.jpg": "c",
      "docs/a.md":
        "<script setup>\nimport boat from './b.jpg'\n</script>\n```vue\n<script setup>\nimport fenced from './b.jpg'\n</script>\n```\n",
    ])
    try Self.door(.vitepress, folder).write(to: folder.path)
    let script = """
      import author from './.vitepress/config/index.mjs'
      const html = (tokens, index) => tokens[index].content
      const image = (tokens, index) => 'image ' + tokens[index].attrs.map(one => one.join('=')).join(' ')
      const md = { renderer: { rules: { html_block: html, html_inline: html, image } } }
      const config = await author({})
      await config.markdown.config(md)
      const text = \(JavaScriptText.literal(html))
      const source = /^!\\[\\]\\((.*)\\)$/.exec(text)
      const token = source
        ? { attrs: [['src', source[1]]], attrGet(name) { return this.attrs.find(one => one[0] === name)?.[1] ?? null },
            attrIndex(name) { return this.attrs.findIndex(one => one[0] === name) } }
        : { content: text }
      const rule = md.renderer.rules[source ? 'image' : 'html_block']
      process.stdout.write(rule([token], 0, {}, { path: process.cwd() + '/docs/a.md', relativePath: 'docs/a.md' }, {}))
      if (!md.own || (!source && token.content !== text)) process.exit(1)
      """
    #expect(try await Self.node(script, in: folder) == gained)
  }
}

extension Trait where Self == ConditionTrait {
  fileprivate static var needsNode: Self {
    .enabled(if: Programs.find("node") != nil, "node is not installed")
  }
}
