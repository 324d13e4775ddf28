import AssetModel
import Foundation

/// A tag in the place of a CommonMark image that is alone on its line.
///
/// A line that holds one whole tag and nothing else is no paragraph but a block of raw HTML (CommonMark 0.31, section 4.6,
/// condition 7). A tag that goes on in the next line is text of a paragraph, as the image was.
enum LoneTag {
  /// The tag in two lines where the image is alone on its line, and else as it is.
  static func divided(_ tag: String, of reference: Reference, in bytes: Data) -> String {
    let text = [UInt8](bytes)
    let end = reference.attributeListRange?.end ?? reference.range.end
    let start = text[..<reference.range.start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let before = withoutCode(text[start..<reference.range.start])
    let after = withoutCode(text[end...].prefix { $0 != newline })
    // What quotes, lists and indents begin a line with.
    guard after.allSatisfy(blanks.contains), before.allSatisfy(marks.contains),
      let split = tag.range(of: "\" srcset=")
    else { return tag }
    let indent = before.map { $0 == quote || $0 == tab ? $0 : space }
    let lineEnd = after.last == carriageReturn ? "\r\n" : "\n"
    return tag[..<split.lowerBound] + "\"" + lineEnd + String(decoding: indent, as: UTF8.self)
      + tag[tag.index(after: split.lowerBound)...].dropFirst()
  }

  /// The text without template code, of which nothing may be left when Markdown is read: `{% if x %}`.
  private static func withoutCode(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var rest = line
    var text: [UInt8] = []
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      text += rest[..<open]
      let close = ["%}", "}}", "#}"].lazy.compactMap { rest[open...].firstRange(of: Array($0.utf8)) }
        .min { $0.lowerBound < $1.lowerBound }
      guard let close else { return text + rest[open...] }
      rest = rest[close.upperBound...]
    }
    return text + rest
  }

  private static let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
  private static let (space, tab, quote) = (UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ">"))
  private static let blanks: Set<UInt8> = [space, tab, carriageReturn]
  private static let marks = Set("> \t*+-0123456789.)".utf8)
}
