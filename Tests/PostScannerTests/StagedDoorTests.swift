import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// Which sites of Astro and Eleventy get a configuration of ours in a staged copy that gives images candidates.
@Suite struct StagedDoorTests {
  /// Why a site has none: a part of the reason; nil where it has one.
  typealias Case = (files: [String: String], reason: String?)

  private static let eleventy: [Case] = [
    (["eleventy.config.js": "export default function (c) { COPY }"], nil),
    ([".eleventy.js": "module.exports = async (c) => { COPY; return { dir: {} } }"], nil),
    (
      [
        "eleventy.config.cjs":
          "module.exports = (c) => { COPY; c.setLibrary('md', require('markdown-it')()) }"
      ], nil
    ),
    ([".eleventy.js": "module.exports = (c) => { COPY; c.addTransform('min', (t) => small(t)) }"], nil),
    (["eleventy.config.ts": "export default (c) => { COPY }"], "TypeScript"),
    ([".eleventy.js": "module.exports = (c) => { COPY; return { pathPrefix: '/blog/' } }"], "pathPrefix"),
    (
      [".eleventy.js": "module.exports = (c) => { COPY; c.addTransform('x', (t) => walk(t, 'img')) }"],
      "deals with images itself"
    ),
    (
      [
        ".eleventy.js":
          "module.exports = (c) => { COPY; c.amendLibrary('md', (m) => { m.renderer.rules.image = f }) }"
      ],
      "deals with images itself"
    ),
    (
      [
        ".eleventy.js":
          "const r = require('./md'); module.exports = (c) => { COPY; c.amendLibrary('md', r) }",
        "md.js":
          "module.exports = (md) => md.core.ruler.push('x', (s) => s.tokens.filter((t) => t.type === 'image'))",
      ], "deals with images itself"
    ),
    (
      [
        ".eleventy.js":
          "const f = require('markdown-it-image-figures'); module.exports = (c) => { COPY; use(f) }"
      ],
      "markdown-it-image-figures"
    ),
    (
      [".eleventy.js": "module.exports = (c) => { COPY; c.setLibrary('md', { render: marked }) }"],
      "something else than markdown-it"
    ),
    (
      [".eleventy.js": "module.exports = (c) => { COPY; c.addExtension('md', { compile }) }"],
      "something else than markdown-it"
    ),
    (
      [
        ".eleventy.js": "module.exports = (c) => { COPY }",
        "package.json": #"{"devDependencies": {"@11ty/eleventy": "^1.0.2"}}"#,
      ],
      "another version"
    ),
    (
      [
        ".eleventy.js": "module.exports = (c) => { COPY }",
        "package.json": #"{"scripts": {"build": "eleventy --config=x.js"}}"#,
      ],
      "--config"
    ),
    (
      [".eleventy.js": "module.exports = (c) => { COPY }", "optimize-assets.author.js": "x"],
      "there already"
    ),
  ]

  private static let package = #"{"dependencies": {"astro": "^5.1.0"}}"#
  private static let plain =
    "import { defineConfig } from 'astro/config'\nexport default defineConfig({ MORE })"

  private static func astro(_ more: String, _ files: [String: String] = [:], _ reason: String?) -> Case {
    let configuration = plain.replacing("MORE", with: more)
    let all = ["astro.config.mjs": configuration, "package.json": package].merging(files) { $1 }
    return (all, reason)
  }

  private static let astro: [Case] = [
    astro("", nil), astro("markdown: { rehypePlugins: [slug], remarkPlugins: ['remark-toc'] }", nil),
    (["astro.config.ts": plain, "package.json": package], nil),
    (["astro.config.cjs": "module.exports = {}", "package.json": package], "CommonJS"),
    (["astro.config.js": "module.exports = {}", "package.json": package], "CommonJS"),
    astro("", ["package.json": #"{"dependencies": {"astro": "^7.2.4"}}"#], "another version"),
    astro("", ["package.json": "{}"], "another version"),
    astro("markdown: { processor: unified() }", "Markdown processor"),
    astro("markdown: { rehypePlugins: ['rehype-figure'] }", "rehype-figure"),
    astro("integrations: [tools('astro-imagetools')] , x: '@astrojs/image'", "@astrojs/image"),
    astro(
      "markdown: { rehypePlugins: [() => (tree) => visit(tree, (n) => n.tagName === 'img')] }",
      "deals with images"),
    astro(
      "", ["src/pages/rss.xml.ts": "items: posts.map((p) => ({ content: p.rendered?.html }))"],
      "takes posts as HTML"),
    astro(
      "", ["src/pages/rss.xml.js": "const c = await experimental_AstroContainer.create()"],
      "takes posts as HTML"),
  ]

  private static func astro(_ more: String, _ reason: String?) -> Case { astro(more, [:], reason) }

  @Test(arguments: eleventy.indices) func whatEleventySaysDecides(_ index: Int) throws {
    let (files, reason) = Self.eleventy[index]
    try expect(
      files.mapValues { $0.replacing("COPY", with: "c.addPassthroughCopy('img')") }
        .merging([
          "img/a.png": "x", "one.md": "---\nlayout: base.njk\n---\n![a](/img/a.png)\n",
          "_includes/base.njk": "<!DOCTYPE html>{{ content | safe }}",
        ]) { first, _ in first }, reason, "one.md")
  }

  /// A text without a layout may be a page, or what a feed is given: the plugin leaves it, and the post is rewritten.
  @Test(arguments: [
    (["posts/one.md": "![a](/img/a.png)"], false),
    (["posts/one.md": "---\nlayout: base.njk\n---\n![a](/img/a.png)"], true),
    (
      ["posts/one.md": "---\nlayout: false\n---\n![a](/img/a.png)", "posts/posts.json": #"{"layout": "x"}"#],
      false
    ),
    (["posts/one.md": "![a](/img/a.png)", "posts/posts.json": #"{"layout": "base.njk"}"#], true),
    (
      ["posts/one.md": "![a](/img/a.png)", "pages/pages.11tydata.js": "export default { layout: 'x' }"], false
    ),
    (
      ["posts/one.md": "![a](/img/a.png)", "_data/eleventyComputed.js": "export default { layout: f }"], true
    ),
    (
      [
        "posts/one.md": "---\nlayout: base.njk\n---\n![a](/img/a.png)", "_includes/base.njk": "{{ content }}",
      ], false
    ),
  ])
  func postsOfEleventyThatBecomeWholePages(files: [String: String], isWhole: Bool) throws {
    let result = try TemporaryFolder(
      files.merging([
        "eleventy.config.js": "export default function (c) { c.addPassthroughCopy('img') }", "img/a.png": "x",
        "_includes/base.njk": "<!doctype html>{{ content | safe }}",
      ]) { first, _ in first }
    ).scan()
    let post = try #require(result.posts.first { $0.path == "posts/one.md" })
    #expect((post.hasDoor == true) == isWhole)
    #expect(result.references.contains { $0.post == post.path && $0.obstacle == nil })
  }

  @Test(arguments: astro.indices) func whatAstroSaysDecides(_ index: Int) throws {
    let (files, reason) = Self.astro[index]
    try expect(
      files.merging(["public/img/a.png": "x", "src/pages/one.md": "![a](/img/a.png)\n"]) { first, _ in first
      },
      reason, "src/pages/one.md")
  }

  private func expect(_ files: [String: String], _ reason: String?, _ path: String) throws {
    let result = try TemporaryFolder(files).scan()
    let door = try #require(result.site.door)
    let post = try #require(result.posts.first { $0.path == path })
    if let reason {
      #expect(door.closed?.contains(reason) == true, "\(door)")
      #expect(post.hookName == nil && post.hasDoor == nil)
    } else {
      #expect(door.closed == nil)
      #expect(post.hookName == path && post.hasDoor == true)
    }
  }

  /// MDX is reached where nothing but the Markdown plugins has a say in it.
  @Test(arguments: [
    ("integrations: [mdx()]", "", true), ("integrations: [mdx({ rehypePlugins: [] })]", "", false),
    ("", "", false),
    ("integrations: [mdx()]", "<Content components={{ img: Picture }} />", false),
  ])
  func imagesOfMDX(configuration: String, template: String, isReached: Bool) throws {
    let files = Self.astro(configuration, nil).files.merging([
      "public/img/a.png": "x", "src/pages/one.mdx": "![a](/img/a.png)\n\n<img src=\"/img/a.png\" />\n",
      "src/pages/x.astro": template,
    ]) { $1 }
    let result = try TemporaryFolder(files).scan()
    let post = try #require(result.posts.first { $0.path == "src/pages/one.mdx" })
    #expect((post.hasDoor == true) == isReached)
    let open = result.references.filter { $0.post == post.path && $0.obstacle == nil }
    #expect(open.count == (isReached ? 2 : 0))
    #expect(open.allSatisfy { $0.form(in: post, preferring: .srcset) == .hookImage })
  }

  /// A person's wish for one file a format holds for the plugin, and a page's theme does.
  @Test func theFormIsTheRewritersOwn() throws {
    let files = Self.astro("", nil).files.merging([
      "public/img/a.png": "x",
      "src/pages/one.md": "![a](/img/a.png)\n\n# ![b](/img/a.png)\n\n<img src=\"/img/a.png\" width=\"90\">\n",
    ]) { $1 }
    let result = try TemporaryFolder(files).scan()
    let post = try #require(result.posts.first)
    let forms = { (markup: MarkupForm, avoidsPicture: Bool) in
      result.references.map { $0.form(in: post, preferring: markup, avoidsPicture: avoidsPicture) }
    }
    #expect(forms(.picture, false) == [.hookPicture, nil, .tagAttributes])
    #expect(forms(.picture, true) == [.hookImage, nil, .tagAttributes])
    #expect(forms(.srcset, false) == [.hookImage, nil, .tagAttributes])
  }
}
