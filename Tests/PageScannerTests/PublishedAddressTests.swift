import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import PageScanner

/// The host that a tree of pages writes before its own URLs.
@Suite struct PublishedAddressTests {
  private func address(_ head: String, _ files: [String: String] = [:]) throws -> String? {
    let folder = try TemporaryFolder(
      ["index.html": "<head>\(head)</head>", "css/a.css": "", "feed.xml": "", "about.html": ""].merging(files)
      { $1 })
    let root = try SiteRoot(folder.path)
    return PublishedAddress.find(in: root, try PageScanner.listing(of: root, excluding: [])).map {
      $0.origin + $0.path
    }
  }

  private static let style = "<link rel=stylesheet href='https://Me.org/css/a.css?v=2'>"
  private static let feed = "<link href=https://me.org/feed.xml rel=alternate type='application/atom+xml'>"

  @Test(
    arguments: [
      (style + feed, "https://me.org"),
      (style + feed + "<link rel=stylesheet href=https://fonts.org/css?family=A>", "https://me.org"),
      (
        "<link rel=stylesheet href=https://me.org/b/css/a.css><link rel=canonical href=https://me.org/b/about>",
        "https://me.org/b"
      ),
      // A service's stylesheet that happens to have the name of one here says nothing of the site.
      (style, nil), ("<link rel=stylesheet href=/css/a.css>" + feed, "https://me.org"),
      ("<link rel=stylesheet href=https://me.org/css/gone.css>" + feed, nil),
      (style + feed + "<link rel=alternate hreflang=de href=https://you.org/about.html>", nil),
    ] as [(String, String?)])
  func isTheOneUnderWhichItsFilesAreThere(head: String, expected: String?) throws {
    #expect(try address(head) == expected)
  }
}
