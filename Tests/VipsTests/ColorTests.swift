import Testing

@testable import Vips

struct ColorTests {
  /// libvips' own cast cuts fractions off.
  @Test func roundingIsToTheNearest() throws {
    let image = try Image.fromPixels([10, 200, 255], width: 3, height: 1, bands: 1, file: "x")
    let scaled = try VipsCall(
      "linear",
      file: "x",
      ["in": .image(image), "a": .doubles([1.0]), "b": .doubles([0.7])]
    ).image()
    #expect(try scaled.rounded(like: image).withPixels { [UInt8]($0) } == [11, 201, 255])
  }

  @Test func profileIsUsedAndStripped() throws {
    let red = try Image.fromPixels([200, 30, 40], width: 1, height: 1, bands: 3, file: "x")
    let wide = try VipsCall(
      "icc_transform",
      file: "x",
      ["in": .image(red), "output-profile": .text("p3")]
    ).image()
    #expect(wide.hasProfile)
    let raw = try wide.withPixels { [UInt8]($0) }
    #expect(raw[0] < 195, "the same red has a smaller number in a wider space: \(raw)")
    let back = try wide.convertedThroughProfile().withPixels { [UInt8]($0) }
    for (a, b) in zip(back, [200, 30, 40]) { #expect(abs(Int(a) - b) <= 2, "\(back)") }
    #expect(try !wide.withoutMetadata().hasProfile)
  }

  /// libvips 8.14 frees an AVIF's profile with the image that it was read into.
  @Test func theProfileOfAnAVIFOutlivesItsImage() throws {
    let wide = try Samples.gradient(64, 64).operation(
      "icc_transform",
      ["in": .image(Samples.gradient(64, 64)), "output-profile": .text("p3"), "depth": .int(8)]
    ).image()
    let profile = try #require(wide.bytes("icc-profile-data"))
    let file = try wide.avif(quality: 60, effort: 0, chroma: .full)
    let copies = try (0..<20).map { _ in
      try Image.open(file, with: .heif, file: "x", failOn: .warning).inMemory()
    }
    // Whatever is freed is used again.
    _ = try (0..<200).map { _ in try Samples.gradient(16, 16).jpeg(quality: 50, chroma: .full) }
    for copy in copies { #expect(copy.bytes("icc-profile-data") == profile) }
  }
}
