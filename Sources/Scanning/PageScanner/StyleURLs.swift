import AssetModel

/// Finds `url(…)` in CSS: a stylesheet in `<style>`, or the value of a `style` attribute.
///
/// The tokens are those of CSS Syntax Level 3 as far as they decide what is a URL: comments, strings and escapes
/// are passed over. In an attribute, quotes may be written as character references.
enum StyleURLs {
  /// A URL and the property that it is the value of.
  struct Match: Hashable {
    /// The bytes between the parentheses, without quotes.
    var range: ByteRange
    /// The property's name in lower case; empty where there is none (`@import url(x)`).
    var property: String
  }

  /// The URLs in a part of a page.
  static func find(in bytes: [UInt8], _ part: ByteRange) -> [Match] {
    var found: [Match] = []
    var i = part.start
    let end = min(part.end, bytes.count)
    var wordStart: Int?
    var property = ""
    while i < end {
      let byte = bytes[i]
      if byte == UInt8(ascii: "/"), i + 1 < end, bytes[i + 1] == UInt8(ascii: "*") {
        i = skipComment(bytes, from: i + 2, end: end)
      } else if let quote = quote(bytes, at: i, end: end) {
        i = skipString(bytes, from: i + quote.count, quote: quote, end: end)
      } else if byte == UInt8(ascii: "\\") {
        i += 2
      } else if isName(byte) {
        if wordStart == nil { wordStart = i }
        i += 1
      } else {
        let word = wordStart.map { String(decoding: bytes[$0..<i], as: UTF8.self).lowercased() } ?? ""
        wordStart = nil
        switch byte {
        case UInt8(ascii: ":"):
          property = word
          i += 1
        case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"):
          property = ""
          i += 1
        case UInt8(ascii: "(") where word == "url":
          let url = url(bytes, from: i + 1, end: end)
          if let range = url.range { found.append(Match(range: range, property: property)) }
          i = url.next
        default: i += 1
        }
        continue
      }
      if i >= end || !isName(bytes[min(i, end - 1)]), i > end { break }
    }
    return found
  }

  /// What stands between `url(` and `)`.
  private static func url(_ bytes: [UInt8], from start: Int, end: Int) -> (range: ByteRange?, next: Int) {
    var i = start
    while i < end, isSpace(bytes[i]) { i += 1 }
    if let quote = quote(bytes, at: i, end: end) {
      let from = i + quote.count
      let next = skipString(bytes, from: from, quote: quote, end: end)
      guard next - quote.count >= from, next <= end, has(bytes, quote, at: next - quote.count) else {
        return (nil, end)
      }
      return (ByteRange(from, next - quote.count), next)
    }
    let from = i
    while i < end, bytes[i] != UInt8(ascii: ")") {
      if bytes[i] == UInt8(ascii: "\\") { i += 1 }
      i += 1
    }
    guard i < end else { return (nil, end) }
    var to = i
    while to > from, isSpace(bytes[to - 1]) { to -= 1 }
    return (ByteRange(from, to), i + 1)
  }

  private static let quotes = ["\"", "'", "&quot;", "&apos;", "&#34;", "&#39;", "&#x22;", "&#x27;"].map {
    Array($0.utf8)
  }

  private static func quote(_ bytes: [UInt8], at index: Int, end: Int) -> [UInt8]? {
    guard index < end else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return [bytes[index]]
    case UInt8(ascii: "&"): return quotes.first { index + $0.count <= end && has(bytes, $0, at: index) }
    default: return nil
    }
  }

  private static func has(_ bytes: [UInt8], _ text: [UInt8], at index: Int) -> Bool {
    guard index >= 0, index + text.count <= bytes.count else { return false }
    for (offset, byte) in text.enumerated() where bytes[index + offset] | 0x20 != byte | 0x20 { return false }
    return true
  }

  /// The index behind the string's closing quote, or `end`.
  private static func skipString(_ bytes: [UInt8], from start: Int, quote: [UInt8], end: Int) -> Int {
    var i = start
    while i < end {
      if bytes[i] == UInt8(ascii: "\\") {
        i += 2
      } else if has(bytes, quote, at: i) {
        return min(i + quote.count, end)
      } else {
        i += 1
      }
    }
    return end
  }

  private static func skipComment(_ bytes: [UInt8], from start: Int, end: Int) -> Int {
    var i = start
    while i + 1 < end {
      if bytes[i] == UInt8(ascii: "*"), bytes[i + 1] == UInt8(ascii: "/") { return i + 2 }
      i += 1
    }
    return end
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
