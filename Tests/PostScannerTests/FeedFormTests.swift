import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// What is written so that it holds in feeds too, and front matter that is a link and no picture.
@Suite struct FeedFormTests {
  /// A single file that takes an image's place has its format where posts are printed in feeds.
  @Test(arguments: [
    (["hugo.toml": "", "content/a.md": "text"], true),
    (["mkdocs.yml": "plugins: [search, rss: {use_git: false}]\n", "docs/a.md": "text"], true),
    (["mkdocs.yml": "plugins: [search]\n", "docs/a.md": "text"], false),
    (
      [
        "_config.yml": "", "_layouts/post.html": "{{ content | number_of_words }}",
        "_posts/2024-01-01-a.md": "---\nlayout: post\n---\ntext",
      ], true
    ),
    (["_config.yml": "", "_posts/2024-01-01-a.md": "---\n---\ntext"], false),
  ])
  func keepsFormat(files: [String: String], keeps: Bool) throws {
    #expect(try TemporaryFolder(files).scan().posts.map { $0.keepsFormat == true } == [keeps])
  }

  /// Candidates of an image by reference have the host that Pelican puts before every other.
  @Test func candidatesByReferenceHaveTheirHost() throws {
    let references = try TemporaryFolder([
      "pelicanconf.py": "SITEURL = 'https://example.org/log'\nPATH = 'content'\nSTATIC_PATHS = ['images']\n",
      "content/images/a.png": "x",
      "content/a.md": "Title: A\n\n![alone]({static}/images/a.png) ![by][a]\n\n[a]: {static}/images/a.png\n",
    ]).scan().references
    let urls = references.map { ($0.htmlLink ?? $0.link)?.url(of: "content/images/b.webp") }
    #expect(urls == Array(repeating: "https://example.org/log/images/b.webp", count: 2))
  }

  /// A gallery's `url` is what its picture links to.
  @Test func linksOfFrontMatterStay() throws {
    let references = try TemporaryFolder([
      "_config.yml": "", "a.png": "x", "b.png": "x",
      "_posts/2024-01-01-a.md":
        "---\ngallery:\n  - url: /a.png\n    image_path: /b.png\nfeature_row:\n  - image_path: /a.png\n---\ntext",
    ]).scan().references
    let stay = Dictionary(
      references.map { ($0.field ?? "", $0.keptBecause != nil) }, uniquingKeysWith: { a, _ in a })
    #expect(
      stay == ["gallery.0.url": true, "gallery.0.image_path": false, "feature_row.0.image_path": false],
      "\(stay)")
  }
}
