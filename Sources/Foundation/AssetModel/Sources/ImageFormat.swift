/// A file format of images, as detected from a file's content.
public enum ImageFormat: String, Codable, Sendable, CaseIterable {
  /// AV1 Image File Format.
  case avif
  /// Windows bitmap.
  case bmp
  /// Graphics Interchange Format.
  case gif
  /// HEVC in HEIF. Only Safari shows it.
  case heic
  /// Windows icon.
  case ico
  /// JPEG 2000.
  case jp2
  /// JPEG.
  case jpeg
  /// JPEG XL. Only Safari shows it by default.
  case jxl
  /// PNG.
  case png
  /// Scalable Vector Graphics.
  case svg
  /// Tagged Image File Format.
  case tiff
  /// WebP.
  case webp

  /// The extension a file of this format is given, without the dot.
  public var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    default: rawValue
    }
  }

  /// Every extension that files of this format carry in practice, in lower case, without the dot.
  public var fileExtensions: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp"]
    case .png: ["png", "apng"]
    case .tiff: ["tif", "tiff"]
    case .heic: ["heic", "heif"]
    case .svg: ["svg", "svgz"]
    case .jp2: ["jp2", "j2k", "jpx"]
    default: [rawValue]
    }
  }

  private static let byExtension = Dictionary(
    allCases.flatMap { format in format.fileExtensions.map { ($0, format) } },
    uniquingKeysWith: { first, _ in first })

  /// The format that a file name's extension promises.
  public init?(fileName: some StringProtocol) {
    let name = Substring(fileName).utf8
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let ending = Substring(name[name.index(after: dot)...])
    guard let format = Self.byExtension[String(ending)] ?? Self.byExtension[ending.lowercased()] else {
      return nil
    }
    self = format
  }

  /// The format's name as people write it.
  package var title: String {
    switch self {
    case .webp: "WebP"
    case .jp2: "JPEG 2000"
    case .jxl: "JPEG XL"
    default: rawValue.uppercased()
    }
  }

  /// The media type, as `<source type>` names it.
  public var mediaType: String {
    switch self {
    case .svg: "image/svg+xml"
    case .ico: "image/x-icon"
    default: "image/\(rawValue)"
    }
  }

  /// Whether every current browser shows the format (caniuse.com, 2026: JPEG XL, HEIC, TIFF and JPEG 2000 are
  /// shown by Safari alone).
  public var isShownByBrowsers: Bool {
    switch self {
    case .avif, .bmp, .gif, .ico, .jpeg, .png, .svg, .webp: true
    case .heic, .jp2, .jxl, .tiff: false
    }
  }
}
