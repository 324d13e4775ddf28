import Manifest
import Vips

/// Tells a photograph from a graphic by its pixels.
///
/// Two figures decide, read from at most 256 rows spread over the image. *Flat*: the share of pixels equal to
/// their left neighbour. Noise makes neighbours differ in a photograph, while a screenshot or diagram is mostly
/// plain ground. *Hard*: the share that differ from it by 64 or more in a channel, as letters and lines do.
///
/// The bounds come from the images of seven real blogs: their PNG photographs have 0.12 to 0.26 flat, their PNG
/// screenshots and diagrams 0.63 to 1. JPEG's own quantisation makes flat areas in soft photographs (up to 0.85),
/// which have no hard edges; screenshots saved as JPEG have both.
enum ContentClass {
  /// What the two figures say.
  struct Figures: Hashable {
    var flat: Double
    var hard: Double
  }

  /// The class of an image.
  ///
  /// - Parameters:
  ///   - level: eight-bit pixels, not wider than some 1280.
  static func of(_ level: Image, source: Source) throws(VipsError) -> Source.Content {
    if let content = source.content { return content }
    let figures = try figures(of: level)
    switch source.format {
    case .avif, .heic, .jpeg, .jxl, .webp: return isGraphicDespiteLoss(figures) ? .graphic : .photograph
    case .bmp, .gif, .ico, .jp2, .png, .svg, .tiff: return figures.flat >= 0.45 ? .graphic : .photograph
    }
  }

  private static func isGraphicDespiteLoss(_ figures: Figures) -> Bool {
    figures.flat >= 0.75 && figures.hard >= 0.02
  }

  static func figures(of image: Image) throws(VipsError) -> Figures {
    let (width, height, bands) = (image.width, image.height, image.bands)
    let colours = image.hasAlpha ? bands - 1 : bands
    return try image.withPixels { pixels in
      var (flat, hard, seen) = (0, 0, 0)
      for y in stride(from: 0, to: height, by: max(1, height / 256)) {
        let row = UnsafeRawBufferPointer(rebasing: pixels[(y * width * bands)..<((y + 1) * width * bands)])
        for x in stride(from: bands, to: row.count, by: bands) {
          var difference = 0
          for band in 0..<colours {
            difference = max(difference, abs(Int(row[x + band]) - Int(row[x + band - bands])))
          }
          if difference == 0 { flat += 1 }
          if difference >= 64 { hard += 1 }
          seen += 1
        }
      }
      // A single column has no neighbours: nothing speaks against a graphic.
      guard seen > 0 else { return Figures(flat: 1, hard: 0) }
      return Figures(flat: Double(flat) / Double(seen), hard: Double(hard) / Double(seen))
    }
  }
}
