import AssetModel
import Foundation
import Perception
import VariantWorkers
import Vips

/// What each effort of an encoder buys: bytes and time at equal perceived quality.
struct EffortCurve: Codable {
  /// One image at one effort.
  struct Point: Codable {
    var image: String
    var format: String
    var effort: Int
    /// The lowest quality that meets the score; nil where none does.
    var quality: Int?
    /// At that quality.
    var score: Double
    var bytesPerMegapixel: Double
    /// CPU seconds for each megapixel, the least of three encodes.
    var secondsPerMegapixel: Double
  }

  var target: Double
  var points: [Point] = []

  static let efforts: [(format: ImageFormat, efforts: [Int])] = [
    (.avif, [1, 2, 3, 4, 5]), (.webp, [0, 2, 3, 4, 5, 6]),
  ]

  /// Measures some images, each at a width of at most 960 pixels.
  mutating func measure(_ files: [String]) throws {
    for file in files {
      let image = try Self.pixels(of: file)
      let judge = try image.withPixels { pixels in
        Result {
          try Ssimulacra2.Reference(
            pixels: pixels, width: image.width, height: image.height, bands: image.bands)
        }
      }.get()
      for (format, efforts) in Self.efforts {
        for effort in efforts {
          points.append(
            try point(image, judge, format, effort, name: URL(fileURLWithPath: file).lastPathComponent))
        }
      }
    }
  }

  private static func pixels(of file: String) throws -> Image {
    let data = FileManager.default.contents(atPath: file) ?? Data()
    let loader: Loader = data.starts(with: [0xff, 0xd8]) ? .jpeg : .png
    var image = try Image.open(data, with: loader, file: file, failOn: .truncated).inMemory()
    if image.hasProfile { image = try image.convertedThroughProfile() }
    if image.interpretation != .srgb || !image.isEightBit { image = try image.converted(to: "srgb") }
    if image.hasAlpha { image = try image.flattened(over: [255]) }
    if image.width > 960 {
      let height = Int((Double(image.height) * 960 / Double(image.width)).rounded())
      image = try image.inMemory().resized(width: 960, height: height)
    }
    return try image.withoutMetadata().inMemory()
  }

  private func point(
    _ image: Image, _ judge: Ssimulacra2.Reference, _ format: ImageFormat, _ effort: Int, name: String
  ) throws -> Point {
    func encode(_ quality: Int) throws -> Data {
      format == .avif
        ? try image.avif(quality: quality, effort: effort, chroma: .halved)
        : try image.webp(quality: quality, effort: effort, sharpChroma: false)
    }
    func score(_ quality: Int) throws -> Double {
      guard let loader = format.loader else { throw CocoaError(.fileReadUnknown) }
      let decoded = try Image.open(encode(quality), with: loader, file: name, failOn: .warning)
      let (width, height, bands) = (decoded.width, decoded.height, decoded.bands)
      return try decoded.withPixels { pixels in
        Result { try judge.score(of: pixels, width: width, height: height, bands: bands) }
      }.get()
    }
    // The score grows with the quality, but for noise of a point or so.
    var (low, high) = (10, 96)
    while low < high {
      let middle = (low + high) / 2
      if try score(middle) >= target { high = middle } else { low = middle + 1 }
    }
    let megapixels = Double(image.width * image.height) / 1e6
    let seconds = try (0..<3).map { _ in
      let start = usedCPU()
      _ = try encode(low)
      return usedCPU() - start
    }.min()
    return Point(
      image: name, format: format.rawValue, effort: effort, quality: low < 96 ? low : nil,
      score: try score(low), bytesPerMegapixel: Double(try encode(low).count) / megapixels,
      secondsPerMegapixel: (seconds ?? 0) / megapixels)
  }

  /// A line for each effort, over the images on which every effort of the format meets the score.
  var table: Table {
    var table = Table(
      title: "Effort at a SSIMULACRA2 score of \(Int(target))",
      columns: ["encoder", "images", "quality, mean (range)", "kB/MP", "CPU s/MP"])
    for (format, efforts) in Self.efforts {
      let own = points.filter { $0.format == format.rawValue }
      let missed = Set(own.filter { $0.quality == nil }.map(\.image))
      for effort in efforts {
        let some = own.filter { $0.effort == effort && !missed.contains($0.image) }
        guard !some.isEmpty else { continue }
        func mean(_ value: (Point) -> Double) -> Double {
          some.reduce(0) { $0 + value($1) } / Double(some.count)
        }
        let qualities = some.compactMap(\.quality)
        table.rows.append([
          "\(format.rawValue.uppercased()) effort \(effort)", "\(some.count)",
          String(
            format: "%.0f (%d–%d)", mean { Double($0.quality ?? 0) }, qualities.min() ?? 0,
            qualities.max() ?? 0),
          String(format: "%.1f", mean(\.bytesPerMegapixel) / 1000),
          String(format: "%.3f", mean(\.secondsPerMegapixel)),
        ])
      }
    }
    return table
  }
}
