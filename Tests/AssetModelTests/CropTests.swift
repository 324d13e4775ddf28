import AssetModel
import Foundation
import Testing

@Suite struct CropTests {
  @Test(arguments: [
    ("16:9", Crop.Shape.ratio(16, 9)), ("32:18", .ratio(16, 9)), ("1:1", .ratio(1, 1)),
    ("1.91:1", .ratio(191, 100)), ("1:1.618", .ratio(500, 809)), ("2.390:1", .ratio(239, 100)),
    ("1200x630", .size(1200, 630)), ("1200×630", .size(1200, 630)), ("16383x1", .size(16383, 1)),
    ("", nil), ("16", nil), ("16:", nil), (":9", nil), ("16:9:1", nil), ("0:1", nil), ("1:0.0000", nil),
    ("-1:1", nil),
    ("1200x", nil), ("x630", nil), ("0x5", nil), ("16384x5", nil), ("1e3x5", nil), ("1.5x2", nil),
    ("+1:1", nil),
    ("１６:9", nil), ("nan:1", nil), ("99999999999999999999x1", nil), ("99999:1", nil), ("1:1.0000", nil),
    (" 16:9", nil), ("16/9", nil),
  ])
  func shapes(text: String, expected: Crop.Shape?) { #expect(Crop.Shape(text) == expected) }

  @Test(arguments: [
    ("attention", Crop.Gravity.attention), ("entropy", .entropy), ("center", .center),
    ("0.3,0.4", .focus(x: 0.3, y: 0.4)), ("0,1", .focus(x: 0, y: 1)), ("0.25, .5", .focus(x: 0.25, y: 0.5)),
    ("", nil), ("middle", nil), ("0.3", nil), ("0.3,", nil), ("0.3,1.1", nil), ("-0.1,0", nil),
    ("nan,0", nil),
    ("0x1,0", nil), ("0.1,0.2,0.3", nil), ("30%,40%", nil), ("Attention", nil),
  ])
  func gravities(text: String, expected: Crop.Gravity?) { #expect(Crop.Gravity(text) == expected) }

  @Test(arguments: [
    // The largest part of a shape, and what is made of it.
    ("16:9", false, 1600, 1200, 1600, 900, 1600, 900),
    ("16:9", false, 3000, 900, 1600, 900, 1600, 900),
    ("1:1", false, 3, 2, 2, 2, 2, 2),
    ("1:1000", false, 50, 40, 1, 40, 1, 40),
    ("1000:1", false, 50, 40, 50, 1, 50, 1),
    ("1200x630", false, 4000, 3000, 4000, 2100, 1200, 630),
    ("1200x630", false, 1200, 630, 1200, 630, 1200, 630),
    ("1200x630", false, 600, 600, 600, 315, 600, 315),
    ("1200x630", true, 600, 600, 600, 315, 1200, 630),
    ("1200x630", true, 4000, 3000, 4000, 2100, 1200, 630),
    ("1200x630", false, 1, 1, 1, 1, 1, 1),
  ])
  func sizes(
    shape: String, enlarge: Bool, width: Int, height: Int, areaWidth: Int, areaHeight: Int, sizeWidth: Int,
    sizeHeight: Int
  ) throws {
    let crop = Crop(try #require(Crop.Shape(shape)), enlarge: enlarge)
    #expect(crop.area(of: (width, height)) == (areaWidth, areaHeight))
    #expect(crop.size(of: (width, height)) == (sizeWidth, sizeHeight))
    #expect(crop.keepsShape(of: (width, height)) == (areaWidth == width && areaHeight == height))
  }

  /// Whatever the shape and the source: a part of the source, whose sides touch it in one direction.
  @Test func anAreaIsAlwaysInsideTheSource() {
    for (a, b) in [(16, 9), (9, 16), (1, 16_383), (16_383_000, 1), (191, 100), (1, 1)] {
      for source in [(1, 1), (2, 3), (1000, 777), (65_500, 1), (1, 65_500), (16_383, 16_383)] {
        let area = Crop(.ratio(a, b)).area(of: source)
        #expect((1...source.0).contains(area.width) && (1...source.1).contains(area.height))
        #expect(area.width == source.0 || area.height == source.1)
      }
    }
  }

  @Test func goesThroughJSON() throws {
    let imageOverride = ImageOverride(
      crop: Crop(.size(1200, 630), gravity: .focus(x: 0.3, y: 0.4), enlarge: true),
      artDirection: [.init(media: "(max-width: 600px)", crop: Crop(.ratio(191, 100), gravity: .entropy))],
      content: .graphic)
    let data = try JSONEncoder().encode(imageOverride)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains(#""gravity":"0.3,0.4""#) && text.contains(#""shape":"191:100""#), "\(text)")
    #expect(try JSONDecoder().decode(ImageOverride.self, from: data) == imageOverride)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        Crop.self, from: Data(#"{"shape":"wide","gravity":"center","enlarge":false}"#.utf8))
    }
  }
}
