import AssetModel
import TestSupport
import Testing

@testable import PostScanner

/// What blogs do that nobody here wrote.
@Suite struct UnseenSiteTests {
  /// Hexo reads front matter above which no line of dashes stands.
  @Test(arguments: [
    ("title: A walk\ndate: 2024-01-02 09:00:00\ncover: /images/a.png\n---\n![](b.png)\n", 2),
    ("title: A walk\ndate: 2024-01-02 09:00:00\n-----\n![](b.png)\n", 1),
    ("# Plain: text\n\n![](/images/a.png)\n\n---\n", 1),
    ("A text: with a rule\nbelow\n\n---\n![](/images/a.png)\n", 1),
  ])
  func hexoFrontMatterNeedsNoFirstLine(post: String, count: Int) throws {
    let site = try TemporaryFolder([
      "_config.yml": "url: https://example.org\n", "source/images/a.png": "x",
      "source/2024/01/02/walk/b.png": "x",
      "source/_posts/walk.md": post,
    ])
    #expect(try site.scan().references.map(\.status) == Array(repeating: .local, count: count))
  }

  /// A browser stops at the host's root, wherever the blog plugin shows the post.
  @Test(arguments: [
    ("../../../../../images/a.png", "", Reference.Status.local),
    ("../../../../../../images/a.png", "", .local),
    ("../../../../../images/b.png", "", .missing), ("../../../../../../images/b.png", "", .outsideSite),
    ("../../../../../images/a.png", "docs/", .local),
    ("../../../../../../images/a.png", "docs/", .outsideSite),
  ])
  func relativeURLsStartWhereTheBlogPluginShowsThePost(url: String, base: String, status: Reference.Status)
    throws
  {
    let site = try TemporaryFolder([
      "mkdocs.yml": "site_url: https://example.org/\(base)\nplugins: [blog]\n", "docs/images/a.png": "x",
      "docs/blog/posts/walk.md": "---\ndate: 2024-01-02\n---\n# Walk\n\n<img src=\"\(url)\">\n",
    ])
    let references = try site.scan().references
    #expect(references.map(\.status) == [status])
    #expect(status != .local || references.allSatisfy { $0.keptBecause != nil })
  }

  @Test(arguments: [
    ("```{figure} a.png\n:name: x\n\nA caption\n```\n", 1), (":::{image} ./a.png\n:::\n", 1),
    ("````{note}\nText ![](a.png)\n\n```{figure} a.png\n```\n````\n", 2),
    ("1. one\n\n   ```{image} a.png\n   ```\n", 1),
    ("```{code-block} md\n![](a.png)\n```\n", 0), ("````md\n```{figure} a.png\n```\n````\n", 0),
    ("```{figure-md}\n![](a.png)\n\nA caption\n```\n", 1),
  ])
  func sphinxShowsImagesOfDirectives(body: String, count: Int) throws {
    let site = try TemporaryFolder([
      "conf.py": "extensions = ['myst_parser']\nhtml_theme = 'furo'\n", "index.md": "# Home\n\n\(body)",
      "a.png": "x",
    ])
    let references = try site.scan().references
    #expect(references.map(\.source) == Array(repeating: "a.png", count: count))
    #expect(references.allSatisfy { $0.keptBecause != nil })
  }

  /// A layout that puts a folder in front of a field makes it a path.
  @Test(arguments: [
    ("<img src=\"{{ site.url }}/images/{{ page.image.feature }}\">", "images/a.png" as String?),
    ("<img src='{{ '/images/' | relative_url }}{{ page.image.feature }}'>", nil),
    (
      "<div style=\"background: url({{ site.baseurl }}/images/{{ post.image.feature | escape }})\">",
      "images/a.png"
    ),
    ("<img src=\"https://example.com/images/{{ page.image.feature }}\">", nil),
    ("<img src=\"/images/{{ page.image.credit }}\">", nil),
  ])
  func aLayoutsFolderIsPartOfThePath(layout: String, source: String?) throws {
    let site = try TemporaryFolder([
      "_config.yml": "title: x\n", "_layouts/post.html": layout, "images/a.png": "x",
      "_posts/2024-01-02-walk.md": "---\nlayout: post\nimage:\n  feature: a.png\n---\nText\n",
    ])
    let references = try site.scan().references
    #expect(references.map(\.source) == [source])
    #expect(source == nil || references.allSatisfy { $0.keptBecause?.contains("_layouts/post.html") == true })
  }

  /// Notes that were moved up name their files from where they were.
  @Test(arguments: [
    ("../../pictures/a.png", true, Reference.Status.local), ("../../pictures/a.png", false, .outsideSite),
    ("../../pictures/b.png", true, .outsideSite),
  ])
  func aVaultFindsAFileByTheEndOfItsPath(url: String, isVault: Bool, status: Reference.Status) throws {
    var files = [
      "notes/june.md": "![](\(url))\n", "pictures/a.png": "x", "notes/c.png": "x",
      "notes/may.md": "![](c.png)",
    ]
    if isVault { files[".obsidian/app.json"] = "{}" }
    let references = try TemporaryFolder(files).scan().references.filter { $0.post == "notes/june.md" }
    #expect(references.map(\.status) == [status])
  }

  /// Blank lines above front matter leave it front matter, where the generator skips them.
  @Test(arguments: [
    (
      "config.toml", "base_url = 'https://example.org'\n[markdown]\n",
      "\n+++\ntitle = 'a'\n[extra]\nimage = '/a.png'\n+++\n", 2
    ),
    ("config.toml", "base_url = 'https://example.org'\n", " \n\n---\ntitle: a\n---\n", 1),
    ("config.toml", "base_url = 'https://example.org'\n", "Text\n\n+++\ntitle = 'a'\n+++\n", 0),
    ("hugo.toml", "baseURL = 'https://example.org'\n", "\n\n+++\ntitle = 'a'\nimage = '/a.png'\n+++\n", 2),
    ("hugo.toml", "baseURL = 'https://example.org'\n", "\n---\nimage: /a.png\n---\n", 2),
  ])
  func blankLinesMayStandAboveFrontMatter(file: String, config: String, matter: String, count: Int) throws {
    let site = try TemporaryFolder([
      file: config, "static/a.png": "x", "static/b.png": "x", "content/walk.md": matter + "![](/b.png)\n",
    ])
    #expect(try site.scan().references.map(\.status) == Array(repeating: .local, count: count))
  }
}
