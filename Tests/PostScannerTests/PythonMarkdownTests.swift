import AssetModel
import Testing

@testable import PostScanner

/// What is read and left alone, since Python-Markdown makes more of it than an image.
@Suite struct PythonMarkdownTests {
  private static func candidates(_ source: String) -> [Candidate] {
    let file = Array(source.utf8)
    return PythonMarkdownReader().candidates(file: file, masked: file, body: 0..<file.count)
  }

  /// Where less is found, or the place is kept, because the page depends on more than the image.
  @Test func keptPlaces() {
    #expect(Self.candidates("<https://h/![a](x.png)>\n").isEmpty)
    #expect(Self.candidates("![a [l](u) b](x.png)\n").map { $0.keptBecause != nil } == [true])
  }

  @Test func attributeLists() throws {
    let source = "![a](x.png){: .c #i width=300 title=\"t u\" }\n"
    let image = try #require(Self.candidates(source).first)
    #expect(image.attributes == ["class": "c", "id": "i", "width": "300", "title": "t u"])
    #expect(image.attributeListRange == ByteRange(11, source.utf8.count - 1))
    #expect(image.title == "t u")
    #expect(image.keptBecause != nil)
  }
}
