import AssetModel
import Foundation
import Perception
import Vips

/// Scores files against a picture. A file that changes the color of a plain ground does not pass, whatever its score: pages
/// are built around such colors, and people see a seam.
struct ShrinkJudge {
  private let format: ImageFormat
  private let step: ScoreStep
  private let grounds: PlainGrounds

  init(_ image: Image, _ format: ImageFormat) throws(VipsError) {
    self.format = format
    step = try ScoreStep(image, for: format)
    grounds = try PlainGrounds(image)
  }

  /// The score of a file; below `least` where it changes a plain ground.
  func score(of file: Data, least: Double) throws(VipsError) -> Double {
    let score = try step.score(of: file, format)
    guard score >= least, !grounds.isEmpty, let loader = format.loader else { return score }
    let decoded = try Image.open(file, with: loader, file: "new file", failOn: .warning)
    return try grounds.areEqual(in: decoded) ? score : least - 1
  }
}

/// The parts of a picture that are of one color: squares of eight pixels in each direction, as JPEG codes them.
struct PlainGrounds {
  private static let side = 8
  /// Below this share of the squares a color is no ground.
  private static let leastShare = 0.02

  private let squares: FlatSquares?

  var isEmpty: Bool { squares.map { $0.count == 0 } ?? true }

  init(_ image: Image) throws(VipsError) {
    let (width, height, bands) = (image.width, image.height, image.bands)
    guard image.isEightBit, width >= Self.side, height >= Self.side else {
      squares = nil
      return
    }
    squares = try image.withPixels {
      FlatSquares(
        $0, width: width, height: height, bands: bands, side: Self.side, leastShare: Self.leastShare)
    }
  }

  /// Whether a picture has the same colors there. Edges ring into the squares beside them, so a square in a hundred may
  /// differ, and of each the middle counts.
  func areEqual(in image: Image) throws(VipsError) -> Bool {
    guard let squares else { return true }
    let (width, bands) = (image.width, image.bands)
    let differing = try image.withPixels { squares.differing(in: $0, width: width, bands: bands) }
    return differing * 100 <= squares.count
  }
}
