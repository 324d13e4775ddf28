import Testing

@testable import Vips

struct ColourTests {
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
}
