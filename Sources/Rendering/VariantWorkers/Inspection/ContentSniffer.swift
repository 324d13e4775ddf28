import AssetModel
import Foundation

/// Tells a file's format from its first bytes, whatever it is called.
enum ContentSniffer {
  /// The format, or nil for anything that is not an image this pipeline knows.
  static func format(of data: Data) -> ImageFormat? {
    if data.matches([0xFF, 0xD8, 0xFF]) { return .jpeg }
    if data.matches([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    if data.matches("GIF87a") || data.matches("GIF89a") { return .gif }
    if data.matches("RIFF"), data.matches("WEBP", at: 8) { return .webp }
    if data.matches([0x49, 0x49, 0x2A, 0]) || data.matches([0x4D, 0x4D, 0, 0x2A]) { return .tiff }
    if data.matches([0xFF, 0x0A]) || data.matches([0, 0, 0, 12] + Array("JXL ".utf8)) { return .jxl }
    if data.matches([0, 0, 0, 12] + Array("jP  ".utf8)) || data.matches([0xFF, 0x4F, 0xFF, 0x51]) {
      return .jp2
    }
    if data.matches([0, 0, 1, 0]) || data.matches([0, 0, 2, 0]) { return .ico }
    if data.matches("BM"), data.bigEndian(at: 6, count: 4) == 0 { return .bmp }
    if let container = ImageContainer(data) { return container.format }
    return isSVG(data) ? .svg : nil
  }

  /// What a file that is no image seems to be, for a message: "a web page", "a Git LFS pointer".
  static func describe(_ data: Data) -> String {
    if data.isEmpty { return "an empty file" }
    if data.matches("version https://git-lfs") { return "a Git LFS pointer" }
    if data.matches("%PDF") { return "a PDF" }
    if data.matches("8BPS") { return "a Photoshop document" }
    if data.matches([0x76, 0x2F, 0x31, 1]) { return "an OpenEXR image" }
    if data.matches("PK\u{3}\u{4}") { return "a ZIP archive" }
    let text = head(of: data).lowercased()
    if text.hasPrefix("<!doctype html") || text.contains("<html") { return "a web page" }
    if text.hasPrefix("<") { return "XML or HTML" }
    return text.unicodeScalars.allSatisfy {
      $0 == "\n" || $0 == "\r" || $0 == "\t" || (" "..."~").contains($0)
    }
      ? "a text file" : "of no known image format"
  }

  /// Whether a file is SVG: gzip (`svgz` is nothing else that a site would link as an image), or text whose first
  /// element is `svg`.
  private static func isSVG(_ data: Data) -> Bool {
    if data.matches([0x1F, 0x8B, 8]) { return true }
    // Comments and Illustrator's document types can fill some kilobytes before the first element.
    guard data.prefix(4096).contains(UInt8(ascii: "<")) else { return false }
    var rest = head(of: data, bytes: 65_536)[...]
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      if rest.hasPrefix("<?") {
        guard let end = rest.range(of: "?>") else { return false }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<!--") {
        guard let end = rest.range(of: "-->") else { return false }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<!") {
        // A document type may hold an internal subset in brackets.
        let close = rest.prefix(while: { $0 != ">" }).contains("[") ? "]>" : ">"
        guard let end = rest.range(of: close) else { return rest.lowercased().hasPrefix("<!doctype svg") }
        rest = rest[end.upperBound...]
      } else {
        guard rest.hasPrefix("<") else { return false }
        let name = rest.dropFirst().prefix { $0.isLetter || $0 == ":" }
        return name == "svg" || name.hasSuffix(":svg")
      }
    }
  }

  private static func head(of data: Data, bytes: Int = 4096) -> String {
    String(decoding: data.prefix(bytes), as: UTF8.self)
  }
}
