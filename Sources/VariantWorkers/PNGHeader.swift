import Foundation

/// What a PNG says before its pixels (PNG 3rd edition, https://www.w3.org/TR/png-3/). Read here because libvips
/// sees neither the frames of an APNG nor the colour type.
struct PNGHeader: Hashable {
  /// Width in pixels.
  var width: Int
  /// Height in pixels.
  var height: Int
  /// Bits of a sample.
  var bitDepth: Int
  /// Whether pixels are indices into a palette.
  var hasPalette: Bool
  /// Frames that the animation control chunk promises; 1 for a still image.
  var frames: Int

  /// Reads the chunks before the first image data; nil when the header is not that of a PNG.
  init?(_ data: Data) {
    guard
      data.matches("IHDR", at: 12), let width = data.bigEndian(at: 16, count: 4),
      let height = data.bigEndian(at: 20, count: 4), let bitDepth = data.bigEndian(at: 24, count: 1),
      let colourType = data.bigEndian(at: 25, count: 1)
    else { return nil }
    self.width = width
    self.height = height
    self.bitDepth = bitDepth
    self.hasPalette = colourType == 3
    self.frames = 1
    var offset = 8
    while let length = data.bigEndian(at: offset, count: 4), !data.matches("IDAT", at: offset + 4) {
      if data.matches("acTL", at: offset + 4), let count = data.bigEndian(at: offset + 8, count: 4) {
        frames = max(1, count)
      }
      offset += 12 + length
    }
  }
}
