/// A file made from a source.
public struct Variant: Codable, Hashable, Sendable {
  /// What the file is for.
  public enum Purpose: String, Codable, Sendable {
    /// A candidate among several widths, chosen by the browser.
    case responsive
    /// The one file that a front-matter field names: read by layouts, feeds and crawlers alike.
    case single
    /// The one file that takes the place of a background or poster: as many pixels as its source, fewer bytes.
    case sameSize = "same-size"
    /// The JPEG or PNG that stands as `src` in place of a source which browsers do not show.
    case fallback
  }

  /// The file, relative to the site's root.
  public var path: String
  /// The path of the source it was made from.
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

  /// Makes a description of a variant.
  public init(
    path: String, source: String, purpose: Purpose, width: Int, height: Int, format: ImageFormat,
    bytes: Int, sha256: String, settings: EncodingSettings
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
  }
}
