import AssetModel
import Testing

@testable import PostRewriter

/// The `sizes` of an image whose `width` attribute a rule may override.
@Suite struct OverriddenWidthTests {
  @Test(arguments: [
    (0, "(min-width: 240px) 240px, 100vw"), (160, "(min-width: 240px) 240px, 100vw"),
    (320, "(min-width: 320px) 320px, 100vw"), (.max, "(min-width: 1600px) 1600px, 100vw"),
  ])
  func sizesSayWhatRulesMayGive(widest: Int, sizes: String) {
    let reference = Reference(
      post: "a.md", kind: .htmlImage, range: ByteRange(0, 1), urlRange: ByteRange(0, 1), line: 1, column: 1,
      url: "/b.png", status: .local, source: "b.png", attributes: ["width": "240"])
    let source = Source(
      path: "b.png", sha256: "x", bytes: 9, format: .png, width: 1600, height: 900)
    var slots = RewriteOptions.Slots()
    slots.widest = widest
    slots.isCapped = true
    let image = ResponsiveImage(
      reference: reference, crop: nil, source: source, variants: [], link: LinkForm(prefix: "/"),
      role: ImageRole(of: reference, index: 0, in: .commonmark), options: RewriteOptions(), slots: slots)
    #expect(image.sizes == sizes)
  }
}
