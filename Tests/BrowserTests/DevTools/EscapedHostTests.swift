import SiteFiles
import Testing
import TestSupport

@testable import Browser

/// What pages name on their own host, written as Tera writes attributes.
@Suite struct EscapedHostTests {
  @Test func isServedFromTheFolder() throws {
    let folder = try TemporaryFolder([
      "index.html":
        "<img src=\"https:&#x2F;&#x2F;example.org&#x2F;log&#x2F;a.png\"><a href=\"https:&#x2F;&#x2F;example.org.evil&#x2F;\">"
    ])
    let files = try ServedFiles(root: SiteRoot(folder.path), baseurl: "", origin: "https://example.org")
    let data = try #require(files.content(of: folder("index.html")))
    #expect(
      String(decoding: data, as: UTF8.self)
        == "<img src=\"/log&#x2F;a.png\"><a href=\"https:&#x2F;&#x2F;example.org.evil&#x2F;\">")
  }
}
