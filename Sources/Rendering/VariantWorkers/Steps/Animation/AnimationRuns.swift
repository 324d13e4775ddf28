import AssetModel
import Foundation
import Vips

/// A long animation, encoded in runs of frames that are joined to one file: no more than a run's frames are held at once.
///
/// Each run begins with a whole frame, where one encode of all frames writes what changed. Only animations without
/// transparency are encoded so: a whole frame then hides what the run before it left.
struct AnimationRuns {
  /// Animations with more pixels in all their frames are encoded in runs of at most so many. It depends on nothing else,
  /// so that a file's bytes do not depend on the memory that there is.
  static let mostPixels = 100_000_000

  /// How many frames of a size a run has.
  static func frames(of size: PixelSize, mostPixels: Int = mostPixels) -> Int {
    max(1, mostPixels / max(1, size.pixels))
  }

  /// Those of the first run decide what is open in them.
  private(set) var settings: EncodingSettings
  let size: PixelSize
  let plays: Int
  private var files: [(data: Data, milliseconds: Int)] = []

  init(settings: EncodingSettings, size: PixelSize, plays: Int) {
    (self.settings, self.size, self.plays) = (settings, size, plays)
  }

  /// Encodes the next run.
  mutating func add(_ run: Image) throws(VipsError) {
    // Its smallest form is 0 to 24 % smaller for twice the time.
    let encoded = try AnimationEncodeStep.encode(run, settings, smallest: false)
    settings = encoded.settings
    files.append((encoded.data, run.delays.reduce(0, +)))
  }

  /// All runs as one file.
  ///
  /// - Throws: ``VipsError`` where a run is no WebP of the size.
  func encoded(file: String) throws(VipsError) -> EncodeStep.Encoded {
    guard let data = WebPContainer.joined(files, size: size, plays: plays) else {
      throw VipsError(operation: "webpsave", file: file, message: "its runs of frames cannot be joined")
    }
    return EncodeStep.Encoded(data: data, settings: settings)
  }
}
