/// A file generated from a source.
public struct Variant: Codable, Hashable, Sendable {
  /// What the file is for.
  public enum Purpose: String, Codable, Sendable {
    /// A candidate among several widths, chosen by the browser.
    case responsive
    /// The one file that a front-matter field names: read by layouts, feeds and crawlers alike.
    case standalone = "single"
    /// The single file that replaces a background or poster, or an image where only the URL can change: with as many
    /// pixels as its source, or as its source has in the requested shape.
    case sameSize = "same-size"
    /// The same as JPEG or PNG, where feeds hold the image too.
    case sameFormat = "same-format"
    /// The JPEG or PNG that is the `src` instead of a source that browsers do not show.
    case fallback
    /// The JPEG or PNG that ends a list of candidates in the place of a source which is stored turned, where no newer file that
    /// is as wide is smaller.
    case upright
  }

  /// The file, relative to the site's root.
  public var path: String
  /// The path of its source.
  public var source: String
  /// What the file is for.
  public var purpose: Purpose
  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// The file's format.
  public var format: ImageFormat
  /// The file's length.
  public var bytes: Int
  /// SHA-256 of the file, in hexadecimal.
  public var sha256: String
  /// How it was encoded.
  public var settings: EncodingSettings
  /// Its SSIMULACRA2 score against the resized source, up to 100, which means no difference; nil where nothing was
  /// measured, because the quality was fixed.
  public var score: Double?
  /// How its shape differs from its source's; nil where it has that shape.
  public var crop: Crop?
  /// The media queries for which it is a candidate; nil where it is one without any, or is none.
  public var media: [String]?

  /// Makes a description of a variant.
  public init(
    path: String, source: String, purpose: Purpose, width: Int, height: Int, format: ImageFormat,
    bytes: Int, sha256: String, settings: EncodingSettings, score: Double? = nil, crop: Crop? = nil,
    media: [String]? = nil
  ) {
    self.path = path
    self.source = source
    self.purpose = purpose
    self.width = width
    self.height = height
    self.format = format
    self.bytes = bytes
    self.sha256 = sha256
    self.settings = settings
    self.score = score
    self.crop = crop
    self.media = media
  }
}

extension Source {
  /// Whether the file may stand among candidates as it is: browsers show it, and as wide as its header says. A JPEG that is
  /// turned by a quarter (EXIF) has its height there, so that nobody but a browser could tell what a list says of it; of other
  /// formats that are stored turned, not every browser turns each.
  package var canBeCandidate: Bool {
    format.isShownByBrowsers && (orientation == 1 || orientation < 5 && format == .jpeg)
  }
}

extension Variant {
  /// Whether a list of candidates ends below a width in pixels. For the sake of its shape a file may be 2 % narrower than
  /// planned.
  package static func endsShort(at widest: Int, of wanted: Int) -> Bool {
    Double(wanted) > Double(widest) * 1.03
  }

  /// What the URL of a picture gains to be that of this file, where it lies beside the picture under its name; nil for others.
  package var singleSuffix: String? {
    guard purpose == .sameSize, path.hasPrefix(source + ".") else { return nil }
    return String(path.dropFirst(source.count))
  }
}
