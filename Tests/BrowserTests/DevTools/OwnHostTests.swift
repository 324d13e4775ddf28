import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import Browser

/// Generators that give images whole addresses, on a host where the build is not yet.
@Suite struct OwnHostTests {
  private static let page = "<img src=https://example.org/log/a.png><a href=https://example.org.evil/>x</a>"

  @Test(arguments: [
    ("https://example.org", "index.html", "<img src=/log/a.png><a href=https://example.org.evil/>x</a>"),
    ("https://example.org/", "a.css", "<img src=/log/a.png><a href=https://example.org.evil/>x</a>"),
    ("https://example.org", "a.js", page), ("https://example.org/log", "index.html", page),
    ("", "index.html", page), ("example.org", "index.html", page),
  ])
  func whatPagesNameOnItIsServedFromTheFolder(address: String, name: String, sent: String) throws {
    let folder = try TemporaryFolder([name: Self.page])
    let files = try ServedFiles(
      root: SiteRoot(folder.path), baseurl: "", origin: ServedFiles.origin(of: address))
    let data = try #require(files.content(of: folder(name)))
    #expect(String(decoding: data, as: UTF8.self) == sent)
  }

  @Test func otherBytesAreSentAsTheyAre() throws {
    let folder = try TemporaryFolder()
    let bytes = Data("https://example.org/".utf8) + [0xFF, 0xFE]
    try folder.write(bytes, to: "index.html")
    let files = try ServedFiles(root: SiteRoot(folder.path), baseurl: "", origin: "https://example.org")
    #expect(files.content(of: folder("index.html")) == bytes)
    #expect(files.content(of: folder("gone.html")) == nil)
  }
}
