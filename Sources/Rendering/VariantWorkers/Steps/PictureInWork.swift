import AssetModel
import Foundation
import VariantPlanner
import Vips

/// The pixels of a rendition while they are rendered from a level.
struct PictureInWork {
  let source: Source
  let rendition: Rendition
  /// The retained part of the upright source, if the rendition is a crop.
  let window: PixelWindow?
  /// Where large pictures are stored.
  let storage: Image.Storage
  var image: Image
}

/// A file while it is encoded from the pixels of a rendition.
struct FileInWork {
  let source: Source
  let planned: PlannedEncode
  /// Encodes at the settings of the plan, or at a quality that was searched for.
  let encoder: @Sendable (Image) throws(VipsError) -> EncodeStep.Encoded
  let image: Image
}

/// The result of a file: rendered and retained, or left out.
struct RenderedFile {
  var result: RenderRecord.Result
  /// Its bytes, where it is worth having.
  var data: Data?
}

/// An encoded file, and the pixels that it was encoded from.
struct EncodedFile {
  let work: FileInWork
  var encoded: EncodeStep.Encoded
}
