import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import PostScanner

/// Configurations in JavaScript, which are read and not run.
@Suite struct SiteScriptTests {
  private static let post = "---\ntitle: One\n---\n![a](/img/a.png)\n"

  private func scan(_ files: [String: String]) throws -> ScanResult {
    var all = ["img/a.png": "x", "posts/one.md": Self.post]
    all.merge(files) { _, new in new }
    return try TemporaryFolder(all).scan()
  }

  @Test(arguments: [
    "c.addPassthroughCopy('img')", "const dir = 'img'; c.addPassthroughCopy(dir)",
    "const dirs = { images: './img' }; c.addPassthroughCopy(dirs.images)",
    "const dirs = { images: 'img' }; c.addPassthroughCopy({ [dirs.images]: '/img' })",
    "c.addPassthroughCopy(path.join('.', 'img', '**/*'))",
    "const root = '.'; c.addPassthroughCopy(`${root}/img`)", "c.addPassthroughCopy('img' + '/**')",
    "['css', 'img'].forEach((folder) => c.addPassthroughCopy(folder))",
    "const all = ['css', 'img']; for (const folder of all) { c.addPassthroughCopy(folder) }",
    "c.addPassthroughCopy(process.env.CI ? 'out' : 'img')",
  ])
  func plainConstantsAreRead(code: String) throws {
    let result = try scan([".eleventy.js": "module.exports = function (c) { \(code); };\n"])
    #expect(result.references.map(\.source) == ["img/a.png"], "\(result.problems)")
    #expect(result.problems.isEmpty)
  }

  @Test(arguments: [
    (
      "const copies = require('./config/copies');\nmodule.exports = (c) => c.addPlugin(copies);\n",
      "module.exports = (c) => { c.addPassthroughCopy('img'); };\n"
    ),
    (
      "import copies from './config/copies.js';\nexport default (c) => c.addPlugin(copies);\n",
      "export default (c) => { c.addPassthroughCopy('img'); };\n"
    ),
    (
      "const names = require('./config/copies.js');\nmodule.exports = (c) => c.addPassthroughCopy(names.images);\n",
      "module.exports = { images: 'img' };\n"
    ),
  ])
  func filesThatItTakesInAreRead(code: String, copies: String) throws {
    let result = try scan([".eleventy.js": code, "config/copies.js": copies])
    #expect(result.references.map(\.source) == ["img/a.png"], "\(result.problems)")
    #expect(result.problems.isEmpty)
  }

  @Test func theInputFolderMayBeAConstant() throws {
    let result = try TemporaryFolder([
      "eleventy.config.cjs": """
      const path = require('path');
      const dirs = { input: 'src', output: 'site' };
      module.exports = (c) => {
        c.addPassthroughCopy(path.join(dirs.input, 'posts/**/*.jpg'));
        return { dir: { input: dirs.input, output: dirs.output } };
      };
      """, "src/posts/one/a.jpg": "x", "src/posts/one/index.md": "![a](a.jpg)\n",
      "site/posts/one/index.md": "![a](a.jpg)\n",
    ]).scan()
    #expect(result.posts.map(\.path) == ["src/posts/one/index.md"])
    #expect(result.references.map(\.source) == ["src/posts/one/a.jpg"])
    // A pattern copies what it names, and new files are of other formats.
    #expect(result.references.allSatisfy { $0.keptBecause != nil })
    #expect(result.problems.filter { $0.severity == .warning }.map(\.rule) == [.siteConfiguration])
  }

  @Test func aPatternOfFilesIsNoPlaceForNewOnes() throws {
    let result = try scan([
      ".eleventy.js": "module.exports = (c) => { c.addPassthroughCopy('img/*.{png,jpg}'); };\n"
    ])
    #expect(result.references.map(\.source) == ["img/a.png"])
    #expect(result.references.allSatisfy { $0.keptBecause != nil })
    let another = try scan([
      ".eleventy.js":
        "module.exports = (c) => { c.addPassthroughCopy('img/*.png'); c.addPassthroughCopy('public'); };\n",
      "public/x.txt": "x",
    ])
    #expect(another.references.map(\.keptBecause) == [nil])
    #expect(another.site.variantFolder == "public/assets/optimized")
  }

  /// One line for what is not read, whatever it hides.
  @Test func whatOnlyARunTellsIsOneWarning() throws {
    let result = try scan([
      ".eleventy.js":
        "module.exports = (c) => { c.addPassthroughCopy(folders()); c.addPassthroughCopy(more()); };\n"
    ])
    // What is there is no missing file, and what it becomes is not known.
    #expect(result.references.map(\.source) == ["img/a.png"])
    #expect(result.references.allSatisfy { $0.keptBecause != nil })
    let warnings = result.problems.filter { $0.severity == .warning }
    #expect(warnings.map(\.file) == [".eleventy.js"])
    #expect(warnings.first?.message.contains("only a run of it tells") == true)
  }

  // MARK: Image pipelines

  @Test(arguments: [
    (
      "c.addTransform('pictures', (html) => html.replace(/<img/g, '<picture><img'))", "{}",
      "the transform pictures"
    ),
    (
      "c.addPlugin(eleventyImageTransformPlugin, { formats: ['webp'] })", "{}", "eleventyImageTransformPlugin"
    ),
    (
      "c.addPlugin(require('@11ty/eleventy-img'))", "{\"dependencies\": {\"@11ty/eleventy-img\": \"6\"}}",
      "@11ty/eleventy-img"
    ),
    ("c.addPlugin(x)", "{\"devDependencies\": {\"sharp\": \"0.33\"}}", "sharp"),
    (
      "c.setLibrary('md', md.use(require('markdown-it-image-figures')))",
      "{\"dependencies\": {\"markdown-it-image-figures\": \"2\"}}", "markdown-it-image-figures"
    ),
  ])
  func aPipelineOfTheSitesOwnKeepsPostsAndFrontMatter(code: String, packages: String, name: String) throws {
    let result = try scan([
      "eleventy.config.js": "export default (c) => { c.addPassthroughCopy('img'); \(code); };\n",
      "package.json": packages,
      "posts/one.md": "---\nimage: /img/a.png\n---\n![a](/img/a.png) <img src=\"/img/a.png\">\n",
    ])
    #expect(result.references.count == 3)
    #expect(result.references.allSatisfy { $0.status == .local && $0.keptBecause?.contains(name) == true })
    let warnings = result.problems.filter { $0.severity == .warning }
    #expect(warnings.count == 1 && warnings.first?.advice?.hasSuffix("run optimize-assets on _site") == true)
  }

  @Test(arguments: [
    ("c.addTransform('min', (html) => minify(html))", "{\"dependencies\": {\"html-minifier\": \"4\"}}"),
    ("c.addPassthroughCopy('css')", "{\"dependencies\": {\"@11ty/eleventy-img\": \"6\"}}"),
    ("c.addShortcode('pic', (src) => `<img src=${src}>`)", "{}"),
  ])
  func othersDoNot(code: String, packages: String) throws {
    let result = try scan([
      "eleventy.config.js": "export default (c) => { c.addPassthroughCopy('img'); \(code); };\n",
      "package.json": packages,
    ])
    #expect(result.references.map(\.keptBecause) == [nil] && result.problems.isEmpty)
  }

  @Test func aPackageOfHexoKeepsThemToo() throws {
    let result = try TemporaryFolder([
      "_config.yml": "", "package.json": "{\"dependencies\": {\"hexo-lazyload-image\": \"1\"}}",
      "source/images/a.png": "x", "source/_posts/a.md": "![a](/images/a.png)\n",
    ]).scan()
    #expect(result.references.allSatisfy { $0.keptBecause != nil })
    #expect(result.problems.filter { $0.severity == .warning }.map(\.file) == ["package.json"])
  }

  // MARK: Docusaurus

  @Test func aReferenceStyleImageIsReadAsABrowserDoes() throws {
    let result = try TemporaryFolder([
      "docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/'};\n",
      "static/img/a.png": "x",
      "blog/2024-01-02-walk.md":
        "![A][a]\n\n![B][b]\n\n<img src=\"/img/a.png\" alt=\"C\" />\n\n[a]: ../static/img/a.png\n[b]: /img/a.png\n",
    ]).scan()
    #expect(result.references.map(\.status) == [.missing, .local, .local])
    #expect(result.references.dropFirst().allSatisfy { $0.keptBecause != nil })
    #expect(result.problems.filter { $0.severity == .warning }.map(\.line) == [1])
    #expect(result.problems.contains { $0.message.contains("JSX") })
  }

  @Test(arguments: [
    ("blog/2024-01-02-walk.md", "/blog/2024/01/02/walk/"),
    ("blog/2024-01-02-walk/index.mdx", "/blog/2024/01/02/walk/"),
    ("blog/walk.md", "/blog/walk/"), ("docs/2024-01-02-walk.md", "/docs/2024-01-02-walk/"),
  ])
  func aDateIsFoldersInABlog(path: String, url: String) throws {
    let result = try TemporaryFolder(["docusaurus.config.js": "module.exports = {};\n", path: "Text.\n"])
      .scan()
    #expect(result.posts.map(\.url) == [url])
  }
}
