import AssetModel
import Web

/// Finds `url(…)` in the styles of a page: a stylesheet in `<style>`, or the value of a `style` attribute, whose quotes may
/// be written as character references.
enum PageStyleURLs {
  /// A URL and the property that it is the value of.
  struct Match: Hashable {
    /// The bytes between the parentheses, without quotes.
    var range: ByteRange
    /// The property's name in lower case; empty where there is none (`@import url(x)`).
    var property: String
  }

  /// The URLs in a part of a page.
  static func find(in bytes: [UInt8], _ part: ByteRange) -> [Match] {
    let part = (part.start..<part.end).clamped(to: bytes.indices)
    guard bytes[part].contains(UInt8(ascii: "&")) else {
      return StyleURLs.find(in: bytes, part).map {
        Match(range: ByteRange($0.range.lowerBound, $0.range.upperBound), property: $0.property)
      }
    }
    let (text, offsets) = decoded(bytes, part)
    return StyleURLs.find(in: text, text.indices).map { match in
      Match(
        range: ByteRange(offsets[match.range.lowerBound], offsets[match.range.upperBound]),
        property: match.property)
    }
  }

  /// The part with its quotes as they are meant, and the place of each byte in the page; last the part's end.
  private static func decoded(_ bytes: [UInt8], _ part: Range<Int>) -> (text: [UInt8], offsets: [Int]) {
    var text: [UInt8] = []
    var offsets: [Int] = []
    var at = part.lowerBound
    while at < part.upperBound {
      offsets.append(at)
      if bytes[at] == UInt8(ascii: "&"), let quote = quote(bytes[at..<part.upperBound]) {
        text.append(quote.byte)
        at += quote.length
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    return (text, offsets + [part.upperBound])
  }

  private static let quotes: [(reference: [UInt8], byte: UInt8)] =
    ["&quot;", "&#34;", "&#x22;"].map { (Array($0.utf8), UInt8(ascii: "\"")) }
    + ["&apos;", "&#39;", "&#x27;"].map { (Array($0.utf8), UInt8(ascii: "'")) }

  /// The quote that a character reference stands for.
  private static func quote(_ text: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
    quotes.first { quote in
      text.prefix(quote.reference.count).elementsEqual(quote.reference) { $0 | 0x20 == $1 | 0x20 }
    }.map { ($0.byte, $0.reference.count) }
  }
}
