import AssetModel
import Foundation

/// What qualities mean on average: where a search begins and how large its steps are.
///
/// The numbers are medians over the 93 images of a real blog (64 screenshots and diagrams, 29 photographs) at 240 to
/// 1920 pixels, encoded with libaom 3.6, libwebp 1.2 and libjpeg-turbo 2.1.
struct QualityModel: Hashable {
  /// The quality that most images need.
  var start: Int
  /// Score points that a step of quality is worth.
  var slope: Double
  /// The qualities that are tried: below, an image falls apart; above, a lossless file is the better one.
  var range: ClosedRange<Int>
  /// What doubling an image's width does to the quality that it needs.
  var perDoubling: Double

  init(format: ImageFormat, content: Source.Content, target: Double) {
    let usual: Double
    switch (format, content) {
    case (.avif, .photograph), (.jxl, .photograph): (start, usual, slope, perDoubling) = (48, 70, 0.55, 0)
    case (.avif, _), (.jxl, _): (start, usual, slope, perDoubling) = (44, 80, 0.8, -3)
    case (.webp, .photograph): (start, usual, slope, perDoubling) = (56, 70, 0.32, -1.7)
    case (.webp, _): (start, usual, slope, perDoubling) = (64, 80, 0.25, -5)
    case (_, .photograph): (start, usual, slope, perDoubling) = (64, 70, 0.42, -4)
    default: (start, usual, slope, perDoubling) = (76, 80, 0.55, -4)
    }
    switch format {
    case .avif, .jxl: range = 15...95
    case .webp: range = 10...98
    default: range = 20...96
    }
    let moved = Double(start) + (target - usual) / slope
    start = min(max(Int(moved.rounded()), range.lowerBound), range.upperBound)
  }
}
