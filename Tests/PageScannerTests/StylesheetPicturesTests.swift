import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import PageScanner

/// The images that the stylesheets of a built site name.
@Suite struct StylesheetPicturesTests {
  private static let sheet = """
    @font-face{src:url(f.woff)}
    body{background:url(../img/a.png?v=1)}h1{mask:url(../img/a.png)}h2{background-image:image-set("../img/a.png" 1x)}
    i{background:url(/gone.png)}
    """

  private func scan(_ head: String) throws -> PageScanner.Result {
    let folder = try TemporaryFolder([
      "img/a.png": "x", "css/s.css": Self.sheet, "css/none.css": "a{color:red}",
      "page/index.html": "<!doctype html>\(head)<p>x",
    ])
    let site = Site(kind: .html, reason: "", root: folder.path)
    return try PageScanner(root: SiteRoot(folder.path), site: site, excluded: [], jobs: 1).scan()
  }

  @Test func areReferences() throws {
    let result = try scan("<link rel=stylesheet href=/css/s.css>")
    #expect(result.posts.map(\.path) == ["page/index.html", "css/s.css"])
    #expect(result.references.map(\.url) == ["../img/a.png?v=1", "../img/a.png"])
    #expect(result.references.map { $0.link?.url(of: "img/b.webp") } == ["../img/b.webp", "../img/b.webp"])
    #expect(result.references.map { "\($0.line):\($0.column)" } == ["2:21", "2:96"])
    #expect(result.problems.isEmpty)
  }

  /// Other bytes at its URL would be refused.
  @Test func ofASheetThatIsNamedByAHashAreNone() throws {
    let result = try scan("<link rel=stylesheet integrity=sha256-x href=/css/s.css>")
    #expect(result.posts.map(\.path) == ["page/index.html"] && result.references.isEmpty)
  }

  /// A place in a page of one long line is told as in any other.
  @Test func placesInLongLinesAreCounted() {
    let text = Array(String(repeating: "héllo €", count: 900).utf8) + [0x0A] + Array("ü".utf8)
    let lines = LineStarts(text)
    for offset in [
      0, 1, 2, 1_023, 1_024, 1_025, 5_000, text.count - 4, text.count - 3, text.count - 2, text.count,
      text.count + 9,
    ] {
      let before = text.prefix(offset)
      let line = before.split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
      let column = line.count { $0 & 0xC0 != 0x80 } + 1
      let position = lines.position(of: offset, in: text)
      #expect(position.line == before.count { $0 == 0x0A } + 1 && position.column == column, "\(offset)")
    }
  }
}
