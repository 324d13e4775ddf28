import AssetModel

/// Everything to generate from one image: the input of a worker.
package struct RenderJob: Codable, Hashable, Sendable {
  /// The source to read. Where several files have the same bytes this is the first by path.
  package var source: Source
  /// The files to make, in the order in which they are wanted: by width, widest first.
  package var renditions: [Rendition]
  /// Whether each file's score is measured and noted.
  package var scores = false
  /// What is shown until the image has loaded.
  package var placeholder = PlanOptions.Placeholder.none
  /// The content class of the pixels; nil to detect it.
  package var content: Source.Content?

  package init(source: Source, renditions: [Rendition], content: Source.Content? = nil) {
    self.source = source
    self.renditions = renditions
    self.content = content
  }
}

/// One size of an image and the formats it is wanted in.
package struct Rendition: Codable, Hashable, Sendable {
  /// Width in pixels, at most the source's (or its crop's, unless that enlarges).
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// How the shape changes; nil keeps the source's.
  package var crop: Crop?
  /// The media queries for which the files are candidates.
  package var media: [String] = []
  /// What the files are for.
  package var purpose: Variant.Purpose
  /// Of an automatic ladder: its index among the widths to choose from, 0 being the widest; see
  /// ``Ladder/choices(sourceWidth:top:)``. Nil where the width was chosen by the user.
  package var choice: Int?
  /// Whether edges are sharpened after the image was downscaled.
  package var sharpen = false
  /// The formats for continuous-tone images without transparency.
  package var photograph: [EncodingSettings]
  /// The formats for flat graphics, and for anything with transparency.
  package var graphic: [EncodingSettings]

  package init(
    width: Int, height: Int, crop: Crop? = nil, media: [String] = [], purpose: Variant.Purpose,
    photograph: [EncodingSettings], graphic: [EncodingSettings]
  ) {
    self.width = width
    self.height = height
    self.crop = crop
    self.media = media
    self.purpose = purpose
    self.photograph = photograph
    self.graphic = graphic
  }

  /// The formats wanted once the pixels are known.
  ///
  /// Transparency in AVIF differs between browsers: Chromium 156 reads its values in television range, so that slightly
  /// opaque pixels become transparent and nearly opaque ones opaque. So transparent AVIF is only written for sources
  /// that are transparent AVIF already.
  package func encodings(
    for content: Source.Content, alpha: Bool, of source: ImageFormat
  ) -> [EncodingSettings] {
    let wanted = content == .photograph && !alpha ? photograph : graphic
    // A lossy file with as few pixels as an icon is mostly header, and its losses are visible.
    guard wanted.count > 1, content == .icon || alpha && source != .avif else { return wanted }
    return wanted.filter { $0.format != .avif }
  }
}
