import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// Where Pelican publishes files that are in none of its static folders, and what becomes of their images.
@Suite struct PelicanFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var settings = "SITEURL = 'https://example.org/log'\n"
    var url = "{static}field.jpg"
    var post = "content/walks/a.md"
    var kept: String?
    /// The address of the file itself among the candidates.
    var address: String?

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "named by its path", address: "https://example.org/log/walks/field.jpg"),
    Case(
      name: "named from the content's folder", url: "{static}/walks/field.jpg",
      address: "https://example.org/log/walks/field.jpg"),
    Case(
      name: "attached", url: "{attach}field.jpg", address: "https://example.org/log/field.jpg"),
    Case(
      name: "attached to a page in a folder",
      settings:
        "SITEURL = 'https://example.org/log'\nARTICLE_URL = 'n/{slug}/'\nARTICLE_SAVE_AS = 'n/{slug}/index.html'\n",
      url: "{attach}field.jpg", address: "https://example.org/log/n/a-walk/field.jpg"),
    Case(
      name: "attached to a page that is written elsewhere",
      settings:
        "SITEURL = 'https://example.org/log'\nARTICLE_URL = 'n/{slug}'\nARTICLE_SAVE_AS = 'n/{slug}/index.html'\n",
      url: "{attach}field.jpg", kept: "list its folder in STATIC_PATHS"),
    Case(name: "no address is right", settings: "", kept: "list its folder in STATIC_PATHS"),
    Case(
      name: "moved out of a static folder",
      settings: "SITEURL = 'https://example.org/log'\nSTATIC_PATHS = ['walks']\n", url: "{attach}field.jpg",
      kept: "write {static}"),
    Case(
      name: "in a static folder", settings: "SITEURL = 'https://example.org/log'\nSTATIC_PATHS = ['walks']\n",
      address: "https://example.org/log/walks/field.jpg"),
  ]

  @Test(arguments: cases) func linkedFiles(_ example: Case) throws {
    let references = try TemporaryFolder([
      "pelicanconf.py": "PATH = 'content'\n" + example.settings, "content/walks/field.jpg": "x",
      "content/images/a.jpg": "x", example.post: "Title: A walk\n\n![A field](\(example.url))\n",
    ]).scan().references
    let reference = try #require(references.first)
    #expect(
      references.count == 1 && reference.status == .local && reference.source == "content/walks/field.jpg")
    if let kept = example.kept {
      #expect(reference.keptBecause?.contains(kept) == true, "\(reference.keptBecause ?? "-")")
    } else {
      #expect(reference.keptBecause == nil)
      #expect(reference.htmlLink?.url(of: "content/walks/field.jpg") == example.address)
      #expect(reference.link?.url(of: "content/walks/field.jpg").hasPrefix("{") == true)
    }
  }

  @Test(arguments: [
    ("", ["content/a.md", "content/notes/b.md", "content/pages/c.md"]),
    ("ARTICLE_PATHS = ['notes']\n", ["content/notes/b.md", "content/pages/c.md"]),
    ("ARTICLE_PATHS = ['notes']\nPAGE_PATHS = ['x']\n", ["content/notes/b.md"]),
  ])
  func foldersOfArticles(settings: String, posts: [String]) throws {
    let site = try TemporaryFolder([
      "pelicanconf.py": "PATH = 'content'\n" + settings, "content/a.md": "Title: A\n\ntext",
      "content/notes/b.md": "Title: B\n\ntext", "content/pages/c.md": "Title: C\n\ntext",
    ]).scan()
    #expect(site.posts.map(\.path) == posts)
    let page = site.posts.first { $0.path.hasSuffix("c.md") }
    #expect(page == nil || page?.url == "/pages/c.html")
  }

  @Test(arguments: [
    ("THEME = './look'\n", "/theme/logo.jpg"), ("THEME = 'look'\nTHEME_STATIC_DIR = 'x'\n", "/x/logo.jpg"),
    ("THEME = 'look'\nTHEME_STATIC_PATHS = ['art']\n", "/theme/deep.jpg"),
  ])
  func filesOfATheme(settings: String, url: String) throws {
    let references = try TemporaryFolder([
      "pelicanconf.py": "PATH = 'content'\nSITEURL = 'https://example.org'\n" + settings,
      "look/static/logo.jpg": "x", "look/art/deep.jpg": "x", "content/a.md": "Title: A\n\n![logo](\(url))\n",
    ]).scan().references
    #expect(references.map(\.status) == [.local], "\(references.map { $0.reason ?? "" })")
  }
}
