/// An image file of the site that at least one reference resolves to.
public struct Source: Codable, Hashable, Sendable {
  /// What the pixels show, which decides the formats and the encoders' modes.
  public enum Content: String, Codable, Sendable {
    /// Continuous tone: lossy formats do well.
    case photograph
    /// Screenshots, diagrams, logos: flat areas and sharp edges.
    case graphic
    /// Frames that follow each other.
    case animation
  }

  /// The file, relative to the site's root, exactly as the file system spells it.
  public var path: String
  /// SHA-256 of the file, in hexadecimal.
  public var sha256: String
  /// The file's length.
  public var bytes: Int
  /// The format by content, whatever the extension says.
  public var format: ImageFormat
  /// Width in pixels after orientation; 0 where it could not be read (SVG).
  public var width: Int
  /// Height in pixels after orientation, of one frame; 0 where it could not be read (SVG).
  public var height: Int
  /// The number of frames; over 1 for an animation.
  public var frames: Int
  /// EXIF orientation, 1 to 8; 1 where the file carries none.
  public var orientation: Int
  /// Whether the file has an alpha channel. After a render: whether any pixel is not opaque.
  public var alpha: Bool
  /// Whether an ICC profile is embedded.
  public var icc: Bool
  /// Whether the metadata says where the picture was taken.
  public var gps: Bool
  /// What the pixels show; nil until they have been decoded, unless the format alone tells.
  public var content: Content?

  /// Makes a description of a source.
  public init(
    path: String, sha256: String, bytes: Int, format: ImageFormat, width: Int = 0, height: Int = 0,
    frames: Int = 1, orientation: Int = 1, alpha: Bool = false, icc: Bool = false, gps: Bool = false,
    content: Content? = nil
  ) {
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
    self.format = format
    self.width = width
    self.height = height
    self.frames = frames
    self.orientation = orientation
    self.alpha = alpha
    self.icc = icc
    self.gps = gps
    self.content = content
  }
}
