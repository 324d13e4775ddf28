import AssetModel
import Foundation
import Testing
import VariantPlanner

@testable import PostRewriter

@Suite struct VariantMarkTests {
  @Test(
    arguments: [
      ("", []), ("960w-8a1f2c3d.webp", ["960w-8a1f2c3d.webp"]),
      ("![x](/o/x-960w-8a1f2c3d.webp)", ["960w-8a1f2c3d.webp"]),
      (
        "/o/%ED%95%9C-1w-00000000.jpg 1w, /o/%ED%95%9C-22w-ffffffff.jpg 22w",
        ["1w-00000000.jpg", "22w-ffffffff.jpg"]
      ),
      ("w-8a1f2c3d.webp", []), ("960w-8a1f2c3.webp", []), ("960w-8A1F2C3D.webp", []),
      ("960w-8a1f2c3dd.webp", []),
      ("960w-8a1f2c3d.", []), ("960w-8a1f2c3d", []),
    ] as [(String, Set<String>)])
  func findsMarks(text: String, marks: Set<String>) {
    #expect(VariantMark.all(in: Data(text.utf8)) == marks)
  }

  /// Nothing that a page needs is removed only as long as every variant's name has a mark.
  @Test func everyVariantHasOne() {
    for (path, format) in [
      ("a b/바다.jpg", ImageFormat.webp), ("x-960w-00000000.png", .avif), ("y", .jpeg), ("z.w", .jxl),
    ] {
      let source = Source(path: path, sha256: "s", bytes: 1, format: .png, width: 960, height: 4)
      let rendition = Rendition(width: 640, height: 3, purpose: .responsive, photograph: [], graphic: [])
      let key = VariantName.key(
        source: source, rendition: rendition, settings: EncodingSettings(format: format, loss: .lossy))
      let name = VariantName.path(folder: "o", source: source, width: 640, format: format, key: key)
      #expect(VariantMark.of(name) == "640w-\(key.prefix(8)).\(format.fileExtension)")
    }
  }

  @Test func ofOtherFilesThereIsNone() {
    #expect(VariantMark.of("o/x.webp") == nil)
    #expect(VariantMark.of("640w-00000000.webp/x.webp") == nil)
    #expect(VariantMark.of("") == nil)
  }
}
