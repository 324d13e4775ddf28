import AssetModel
import Foundation
import VariantPlanner
import Vips

/// The pixels of a rendition while they are made from a level.
struct PictureInWork {
  let source: Source
  let rendition: Rendition
  /// The part of the upright source that is kept, where the rendition is a crop.
  let window: PixelWindow?
  /// Where large pictures are kept.
  let storage: Image.Storage
  var image: Image
}

/// A file while it is made from the pixels of a rendition.
struct FileInWork {
  let source: Source
  let planned: PlannedEncode
  /// Encodes at the settings of the plan, or at a quality that was searched for.
  let encoder: @Sendable (Image) throws(VipsError) -> EncodeStep.Encoded
  let image: Image
}

/// What became of a file: made and worth having, or left out.
struct RenderedFile {
  var result: RenderRecord.Result
  /// Its bytes, where it is worth having.
  var data: Data?
}

/// A file that was made, and the pixels that it was made from.
struct EncodedFile {
  let work: FileInWork
  var encoded: EncodeStep.Encoded
}
