import AssetModel
import Testing

@testable import PostRewriter

/// The file that a tag prints the path of.
@Suite struct TagFileTests {
  @Test(arguments: [("100", "/o/x-300w.webp"), ("200", "/o/x-640w.webp"), (nil, "/o/x-640w.webp")])
  func isAsWideAsTheTagNeeds(width: String?, url: String) throws {
    var site = SampleSite("{% img @ %}", reference: .init(.templateTag, "/x.png"))
    site.references[0].printsPath = true
    site.references[0].attributes["width"] = width
    site.variants = []
    site.addVariants(.webp, 300, 640, purpose: .sameSize)
    #expect(try site.rewritten() == "{% img \(url) %}")
  }
}
