import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import ThemeAnalysis

@testable import AssetPipeline

/// Remembered answers of themes.
@Suite struct ThemeMemoryTests {
  private static let files = [
    "_layouts/post.html": "<link rel=stylesheet href=/a.css><main>{{ content }}</main>",
    "a.css": "img { max-width: 100% }",
    "_posts/2020-01-01-a.md": "---\nlayout: post\n---\n![a](/b.png)",
  ]

  /// A change, and what the answer is about then.
  @Test(arguments: [
    ("a.css", "img + em { color: red }", "`img + em`"),
    ("_layouts/post.html", "<style>img + em { color: red }</style><main>{{ content }}</main>", "`img + em`"),
    ("_site/a.css", "img + em { color: red }", "`img + em`"),
    ("_layouts/post.html", "nothing", "does not print"),
  ])
  func answersAnewAfterAChange(path: String, text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    func write(_ text: String, to name: String) throws { try folder.write(text, to: "site/" + name) }
    for (name, text) in Self.files { try write(text, to: name) }
    let cache = AssetCache(folder: folder("cache"))
    func fit() throws -> ThemeFit {
      let site = Site(kind: .jekyll, reason: "", root: folder("site"))
      var manifest = AssetManifest(site: site)
      manifest.posts = [
        Post(
          path: "_posts/2020-01-01-a.md", dialect: .kramdown, url: "/a", layout: "post", bytes: 0, sha256: "")
      ]
      let range = ByteRange(23, 34)
      manifest.references = [
        Reference(
          post: "_posts/2020-01-01-a.md", kind: .markdownInline, range: range, urlRange: range, line: 4,
          column: 1,
          url: "/b.png", status: .local, source: "b.png")
      ]
      return ThemeCache.fit(
        ThemeStyles(root: try SiteRoot(folder("site")), site: site), manifest, screens: [], cache: cache)
    }
    let first = try fit()
    #expect(first.form == .picture, "\(first.reason)")
    #expect(try fit() == first)
    try write(text, to: path)
    #expect(try fit().reason.contains(reason))
    #expect(try fit().reason.contains(reason))
  }
}
