import AssetModel
import Foundation
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

  /// The corners of squares, with their color.
  private var squares: [(left: Int, top: Int, color: UInt32)] = []

  var isEmpty: Bool { squares.isEmpty }

  init(_ image: Image) throws(VipsError) {
    let (width, height, bands) = (image.width, image.height, image.bands)
    guard image.isEightBit, width >= Self.side, height >= Self.side else { return }
    var candidates: [(left: Int, top: Int, color: UInt32)] = []
    var count = 0
    try image.withPixels { pixels in
      for top in stride(from: 0, through: height - Self.side, by: Self.side) {
        for left in stride(from: 0, through: width - Self.side, by: Self.side) {
          count += 1
          guard let color = Self.color(pixels, left, top, width: width, bands: bands) else { continue }
          candidates.append((left, top, color))
        }
      }
    }
    var shares: [UInt32: Int] = [:]
    for square in candidates { shares[square.color, default: 0] += 1 }
    let least = max(1, Int(Double(count) * Self.leastShare))
    squares = candidates.filter { shares[$0.color] ?? 0 >= least }
  }

  /// Whether a picture has the same colors there. Edges ring into the squares beside them, so a square in a hundred may
  /// differ, and of each the middle counts.
  func areEqual(in image: Image) throws(VipsError) -> Bool {
    let (width, bands) = (image.width, image.bands)
    let differing = try image.withPixels { pixels in
      squares.count { square in
        let middle = (square.top + Self.side / 2) * width + square.left + Self.side / 2
        return Self.value(pixels, middle * bands, bands) != square.color
      }
    }
    return differing * 100 <= squares.count
  }

  /// The color of a square; nil where there are several.
  private static func color(
    _ pixels: UnsafeRawBufferPointer, _ left: Int, _ top: Int, width: Int, bands: Int
  ) -> UInt32? {
    let first = value(pixels, (top * width + left) * bands, bands)
    for y in top..<(top + side) {
      for x in left..<(left + side) where value(pixels, (y * width + x) * bands, bands) != first {
        return nil
      }
    }
    return first
  }

  private static func value(_ pixels: UnsafeRawBufferPointer, _ start: Int, _ bands: Int) -> UInt32 {
    // Gray is written as color by some encoders, and opaque pictures without their opacity.
    let isGray = bands < 3
    let color = (0..<3).reduce(UInt32(0)) { $0 << 8 | UInt32(pixels[start + (isGray ? 0 : $1)]) }
    let opacity = bands == 2 || bands == 4 ? UInt32(pixels[start + bands - 1]) : 255
    return opacity == 0 ? 0 : color | opacity << 24
  }
}
