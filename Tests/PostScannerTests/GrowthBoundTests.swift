import AssetModel
import Testing

@testable import PostScanner

/// What could grow without bound in a small post, does not.
@Suite struct GrowthBoundTests {
  @Test func valuesThatDoubleEachOther() {
    var attributes = AsciiDocAttributes()
    _ = attributes.read(":a0: xx")
    for number in 0..<64 { _ = attributes.read(":a\(number + 1): {a\(number)}{a\(number)}") }
    #expect(attributes["a64"]?.utf8.count == 4096)
    let text = String(repeating: "{a64}", count: 1000)
    #expect(attributes.expanded(text).utf8.count < 100_000)
    #expect(attributes.expanded("image::{a0}.jpg") == "image::xx.jpg")
  }

  @Test func imagesInALongLabelAreText() {
    func images(_ length: Int) -> [String] {
      let filling = String(repeating: "word ", count: length / 5)
      let file = Array("![a ![b](in.png) \(filling)](out.png)\n".utf8)
      let masked = TemplateSyntax.none.mask(file, 0..<file.count).bytes
      return Post.Dialect.kramdown.reader.candidates(file: file, masked: masked, body: 0..<file.count).map(
        \.url)
    }
    #expect(images(100) == ["out.png"])
    #expect(images(10_000) == [])
  }
}
