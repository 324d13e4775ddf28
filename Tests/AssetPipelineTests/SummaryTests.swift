import AssetModel
import Testing

@testable import AssetPipeline

@Suite struct SummaryTests {
  @Test func countsWhatDevicesDownload() {
    func reference(_ post: String, _ source: String, _ kind: Reference.Kind = .markdownInline) -> Reference {
      Reference(
        post: post, kind: kind, range: ByteRange(0, 1), urlRange: ByteRange(0, 1), line: 1, column: 1,
        url: source, status: .local, source: source)
    }
    func variant(_ width: Int, _ bytes: Int, _ format: ImageFormat = .webp) -> Variant {
      Variant(
        path: "v\(width).\(format)", source: "a.png", purpose: .responsive, width: width, height: width,
        format: format, bytes: bytes, sha256: "", settings: EncodingSettings(format: format, loss: .lossy))
    }
    let manifest = AssetManifest(
      site: Site(kind: .jekyll, reason: "", root: "."),
      references: [
        reference("1.md", "a.png"), reference("1.md", "a.png"), reference("2.md", "a.png"),
        reference("2.md", "icon.png"), reference("2.md", "a.png", .frontMatter),
      ],
      sources: [
        Source(path: "a.png", sha256: "1", bytes: 9_000, format: .png, width: 1600, height: 900),
        Source(path: "icon.png", sha256: "2", bytes: 70, format: .png, width: 16, height: 16),
      ],
      variants: [variant(320, 100), variant(640, 300), variant(1280, 900), variant(1600, 1100)])
    let summary = Summary(manifest: manifest)
    #expect(summary.bytesBefore == 9_000 + 9_000 + 70)
    // 412 × 2.625 = 1081.5 device pixels: the 1280 candidate, in each of the two posts.
    #expect(summary.bytesAfterPhone == 900 + 900 + 70)
    // 1440 × 1: the 1600 candidate.
    #expect(summary.bytesAfterLaptop == 1100 + 1100 + 70)

    // Two shapes in a post were one file before and are two after.
    var cropped = manifest
    cropped.references[1].imageOverride = ImageOverride(crop: .square)
    cropped.variants += [variant(300, 90), variant(900, 700)].map {
      var square = $0
      square.crop = .square
      return square
    }
    #expect(Summary(manifest: cropped).bytesBefore == summary.bytesBefore)
    // The square is 900 pixels wide and never the original.
    #expect(Summary(manifest: cropped).bytesAfterPhone == summary.bytesAfterPhone + 700)
    #expect(Summary(manifest: cropped).bytesAfterLaptop == summary.bytesAfterLaptop + 700)
  }
}
