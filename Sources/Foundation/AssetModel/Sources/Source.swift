/// An image file of the site that at least one reference resolves to.
public struct Source: Codable, Hashable, Sendable {
  /// What the pixels show, which decides the formats and the encoders' modes.
  public enum Content: String, Codable, Sendable {
    /// Continuous tone: lossy formats do well.
    case photograph
    /// Screenshots, diagrams, logos: flat areas and sharp edges.
    case graphic
    /// A graphic so small that every pixel counts and a lossy file's header would be most of it.
    case icon
    /// Frames that follow each other.
    case animation

    /// The possible classes of a still image.
    package static let ofStills: [Content] = [.photograph, .graphic, .icon]
  }

  /// The file, relative to the site's root, exactly as the file system spells it.
  public var path: String
  /// SHA-256 of the file, in hexadecimal.
  public var sha256: String
  /// The file's length.
  public var bytes: Int
  /// The format by content, whatever the extension says.
  public var format: ImageFormat
  /// Width in pixels after orientation; of an SVG in CSS pixels. 0 where it could not be read.
  public var width: Int
  /// Height in pixels after orientation, of one frame; of an SVG in CSS pixels. 0 where it could not be read.
  public var height: Int
  /// The number of frames; over 1 for an animation.
  public var frames: Int
  /// EXIF orientation, 1 to 8; 1 where the file carries none.
  public var orientation: Int
  /// Whether the file has an alpha channel. After a render: whether any pixel is not opaque.
  public var alpha: Bool
  /// Whether an ICC profile is embedded.
  public var icc: Bool
  /// Whether the profile's colors reach well beyond those of sRGB, as Display P3's and Adobe RGB's do.
  public var wideGamut: Bool
  /// The creator and the copyright of the picture, if the metadata states them.
  public var credit: Credit?
  /// Whether the metadata says where the picture was taken.
  public var gps: Bool
  /// What the pixels show; nil until they have been decoded, unless the author says so.
  public var content: Content?
  /// The evidence for ``content``.
  public var contentReason: String?
  /// Why it gets no variants although it can be decoded: the decoded picture differs from what browsers show.
  public var leftAlone: String?
  /// What browsers show and decoders ignore, and this program corrects: `colors`, `margin` and so on. Nil for nearly
  /// all files.
  public var correction: String?
  /// What is shown until the image has loaded: a color as `#rrggbb`, or a `data:` URL.
  public var placeholder: String?

  /// Makes a description of a source.
  public init(
    path: String, sha256: String, bytes: Int, format: ImageFormat, width: Int = 0, height: Int = 0,
    frames: Int = 1, orientation: Int = 1, alpha: Bool = false, icc: Bool = false, gps: Bool = false,
    content: Content? = nil, contentReason: String? = nil, wideGamut: Bool = false, credit: Credit? = nil
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
    self.contentReason = contentReason
    self.wideGamut = wideGamut
    self.credit = credit
  }
}

extension Source: CompactRecord {
  package static var blank: Source { Source(path: "", sha256: "", bytes: 0, format: .jpeg) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&path)
    try fields.exchange(&sha256)
    try fields.exchange(&bytes)
    try fields.exchange(&format)
    try fields.exchange(&width)
    try fields.exchange(&height)
    try fields.exchange(&frames)
    try fields.exchange(&orientation)
    try fields.exchange(&alpha)
    try fields.exchange(&icc)
    try fields.exchange(&wideGamut)
    try fields.exchange(derived: &credit)
    try fields.exchange(&gps)
    try fields.exchange(&content)
    try fields.exchange(&contentReason)
    try fields.exchange(&leftAlone)
    try fields.exchange(&correction)
    try fields.exchange(&placeholder)
  }
}
