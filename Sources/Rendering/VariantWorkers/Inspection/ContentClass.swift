import AssetModel
import Perception
import Vips

/// Tells what an image shows by its pixels: a photograph, a graphic, or an icon.
///
/// Three figures decide, read from at most 256 rows spread over a copy of the image that is not wider than some 1280
/// pixels. *Flat*: the share of pixels equal to their left neighbour. Noise makes neighbours differ in a photograph, while
/// a screenshot or diagram is mostly plain ground. *Hard*: the share that differ from it by 64 or more in a channel, as
/// letters and lines do. *Colors*: how many there are, with four bits a channel, so that noise counts as none.
///
/// The bounds come from the images of seven real blogs: their PNG photographs have 0.12 to 0.26 flat, their PNG
/// screenshots and diagrams 0.63 to 1. JPEG's own quantisation makes flat areas in soft photographs (up to 0.85),
/// which have no hard edges; screenshots saved as JPEG have both.
enum ContentClass {
  /// What the figures say, and the figures in words.
  struct Verdict: Hashable {
    var content: Source.Content
    var reason: String
  }

  struct Figures: Hashable {
    var flat: Double
    var hard: Double
    var colors: Int
  }

  /// A graphic at most this large in both directions, in pixels, is an icon: twice the size at which the largest of the
  /// usual interface icons, 64, is drawn.
  static let largestIcon = 128

  /// The class of an image.
  ///
  /// - Parameters:
  ///   - level: eight-bit pixels, not wider than some 1280.
  static func of(_ level: Image, source: Source) throws(VipsError) -> Verdict {
    if let content = source.content {
      return Verdict(content: content, reason: source.contentReason ?? "as the author says")
    }
    let figures = try figures(of: level)
    let isGraphic = isGraphic(figures, isLossy: source.format.isUsuallyLossy)
    let words =
      "\(percent(figures.flat)) of the pixels equal their neighbour, \(percent(figures.hard)) differ sharply,"
      + " \(figures.colors.counted("color"))"
    guard isGraphic else { return Verdict(content: .photograph, reason: words) }
    let isIcon = max(source.width, source.height) <= largestIcon
    return Verdict(content: isIcon ? .icon : .graphic, reason: words)
  }

  private static func isGraphic(_ figures: Figures, isLossy: Bool) -> Bool {
    // Line art that is dithered has no flat ground, but no photograph gets along with so few colors.
    if figures.colors <= 8 { return !isLossy || figures.hard >= 0.02 }
    return isLossy ? figures.flat >= 0.75 && figures.hard >= 0.02 : figures.flat >= 0.45
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  static func figures(of image: Image) throws(VipsError) -> Figures {
    let (width, height, bands) = (image.width, image.height, image.bands)
    var statistics = NeighborStatistics()
    try image.withPixels { pixels in
      for y in stride(from: 0, to: height, by: max(1, height / 256)) {
        let row = UnsafeRawBufferPointer(rebasing: pixels[(y * width * bands)..<((y + 1) * width * bands)])
        statistics.look(at: row, bands: bands, isGray: bands < 3)
      }
    }
    return Figures(flat: statistics.flat, hard: statistics.hard, colors: statistics.colors)
  }
}

extension ImageFormat {
  /// Whether files of the format have usually lost what their encoder thought nobody sees.
  fileprivate var isUsuallyLossy: Bool {
    switch self {
    case .avif, .heic, .jpeg, .jxl, .webp: true
    case .bmp, .gif, .ico, .jp2, .png, .svg, .tiff: false
    }
  }
}
