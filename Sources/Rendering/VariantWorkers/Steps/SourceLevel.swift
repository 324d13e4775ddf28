import AssetModel
import Vips

/// A level of a source to compute; see ``Pyramid``.
struct LevelRequest {
  var file: DecodeStep
  /// The source's size as stored.
  var size: PixelSize
  /// How often the level halves it.
  var finest: Int
  var failOn: FailOn
  /// Whether colors are converted here: nothing coarser needs the unconverted pixels.
  var isConverted: Bool
  /// The space of the level's colors.
  var space: EncodingSettings.Color
  var storage: Image.Storage
}

/// A level of a source while it is computed.
struct SourceLevel {
  let request: LevelRequest
  var image: Image
  /// Whether its colors are as they were.
  var isRaw = false
  /// What was wrong with the ICC profile.
  var brokenProfile: String?
}
