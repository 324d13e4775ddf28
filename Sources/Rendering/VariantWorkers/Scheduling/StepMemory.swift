import AssetModel
import Foundation
import Vips

/// Single steps, to measure their memory; see Tests/Benchmarks/Memory.
package enum StepMemory {
  /// One encode of pixels that are in memory.
  package static func encode(
    _ image: Image, _ settings: EncodingSettings, content: Source.Content
  ) throws(VipsError) -> Data {
    try EncodeStep(content: content).encode(image, settings).data
  }

  /// One score of a file against pixels that are in memory.
  package static func score(_ image: Image, _ file: Data, _ format: ImageFormat) throws(VipsError) {
    _ = try ScoreStep(image, for: format).score(of: file, format)
  }
}
