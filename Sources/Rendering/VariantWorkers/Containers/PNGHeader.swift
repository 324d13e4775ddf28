import Foundation

/// What a PNG says before its pixels (PNG 3rd edition, https://www.w3.org/TR/png-3/). Read here because libvips
/// does not tell the color type.
struct PNGHeader: Hashable {
  /// Width in pixels.
  var width: Int
  /// Height in pixels.
  var height: Int
  /// Whether pixels are indices into a palette.
  var hasPalette: Bool

  /// Reads the header chunk; nil when the header is not that of a PNG.
  init?(_ data: Data) {
    guard
      data.matches("IHDR", at: 12), let width = data.bigEndian(at: 16, count: 4),
      let height = data.bigEndian(at: 20, count: 4),
      let colorType = data.bigEndian(at: 25, count: 1)
    else { return nil }
    self.width = width
    self.height = height
    self.hasPalette = colorType == 3
  }
}
