import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// The addresses that generators give to posts: what a relative URL in a post starts from. Jekyll's are in
/// ``JekyllSiteTests``.
@Suite struct PageAddressTests {
  struct Address: Sendable, CustomTestStringConvertible {
    var path: String
    var matter = ""
    var config = ""
    var url: String
    var testDescription: String { "\(path) \(config) \(matter)" }
  }

  private static func expect(_ one: Address, in site: [String: String]) throws {
    var files = site
    for (name, text) in site where text.contains("CONFIG") {
      files[name] = text.replacing("CONFIG", with: one.config)
    }
    let isPelican = site.keys.contains("pelicanconf.py")
    files[one.path] = isPelican ? "\(one.matter)\n\ntext" : "---\n\(one.matter)\n---\ntext"
    let posts = try TemporaryFolder(files).scan().posts
    #expect(posts.first { $0.path == one.path }?.url == one.url, "\(posts.map(\.url))")
  }

  @Test(arguments: [
    Address(path: "content/posts/One Two.md", url: "/posts/one-two/"),
    Address(path: "content/posts/one/index.md", url: "/posts/one/"),
    Address(path: "content/posts/_index.md", url: "/posts/"),
    Address(path: "content/_index.md", url: "/"),
    Address(path: "content/posts/one.md", matter: "slug: other", url: "/posts/other/"),
    Address(path: "content/posts/one.md", matter: "url: /x/y/", url: "/x/y/"),
    Address(path: "content/posts/one.md", config: "uglyURLs = true", url: "/posts/one.html"),
    Address(
      path: "content/posts/one.md", matter: "date: 2024-05-06",
      config: "[permalinks]\nposts = '/:year/:month/:slug/'", url: "/2024/05/one/"),
    Address(path: "content/posts/배.md", url: "/posts/배/"),
  ])
  func hugo(_ one: Address) throws { try Self.expect(one, in: ["hugo.toml": "CONFIG"]) }

  @Test(arguments: [
    Address(path: "content/blog/one.md", url: "/blog/one/"),
    Address(path: "content/blog/2024-01-02-one.md", url: "/blog/one/"),
    Address(path: "content/blog/one/index.md", url: "/blog/one/"),
    Address(path: "content/blog/_index.md", url: "/blog/"),
    Address(path: "content/blog/one.md", matter: "slug: other", url: "/blog/other/"),
    Address(path: "content/blog/one.md", matter: "path: x/y", url: "/x/y/"),
  ])
  func zola(_ one: Address) throws {
    try Self.expect(
      one,
      in: ["config.toml": "base_url = 'https://example.org'\nCONFIG", "templates/index.html": "x"])
  }

  @Test(arguments: [
    Address(path: "docs/index.md", url: "/"), Address(path: "docs/one.md", url: "/one/"),
    Address(path: "docs/guide/one.md", url: "/guide/one/"),
    Address(path: "docs/guide/index.md", url: "/guide/"),
    Address(path: "docs/guide/one.md", config: "use_directory_urls: false", url: "/guide/one.html"),
  ])
  func mkdocs(_ one: Address) throws {
    try Self.expect(one, in: ["mkdocs.yml": "site_name: s\nCONFIG"])
  }

  @Test(arguments: [
    Address(
      path: "content/one.md", matter: "Title: One Two\nDate: 2024-05-06", url: "/one-two.html"),
    Address(
      path: "content/one.md", matter: "Title: One\nSlug: other\nDate: 2024-05-06",
      url: "/other.html"),
    Address(path: "content/pages/about.md", matter: "Title: About", url: "/pages/about.html"),
    Address(
      path: "content/one.md", matter: "Title: One\nDate: 2024-05-06",
      config: "ARTICLE_URL = 'blog/{date:%Y}/{slug}/'", url: "/blog/2024/one/"),
  ])
  func pelican(_ one: Address) throws { try Self.expect(one, in: ["pelicanconf.py": "CONFIG\n"]) }

  @Test(arguments: [
    Address(path: "posts/one.md", url: "/posts/one/"),
    Address(path: "posts/2024-01-02-one.md", url: "/posts/one/"),
    Address(path: "posts/index.md", url: "/posts/"), Address(path: "index.md", url: "/"),
    Address(path: "posts/one.md", matter: "permalink: /x/y.html", url: "/x/y.html"),
  ])
  func eleventy(_ one: Address) throws {
    try Self.expect(one, in: [".eleventy.js": "module.exports = {}"])
  }

  @Test(arguments: [
    Address(
      path: "source/_posts/one.md", matter: "date: 2024-05-06 07:08:09", url: "/2024/05/06/one/"),
    Address(
      path: "source/_posts/one.md", matter: "date: 2024-05-06 07:08:09",
      config: "permalink: :year/:title.html",
      url: "/2024/one.html"),
    Address(path: "source/about/index.md", url: "/about/"),
  ])
  func hexo(_ one: Address) throws {
    try Self.expect(
      one, in: ["_config.yml": "url: https://example.org\nCONFIG", "source/_posts/x.md": "x"])
  }
}
