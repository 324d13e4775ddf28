import Foundation

/// The strings of a script, or of data that scripts read, that are the URL of an image and nothing else.
package enum ScriptURLs {
  private static let longest = 1_024

  /// What such strings say, slashes that are escaped included.
  package static func literals(in text: [UInt8]) -> [String] {
    var urls: [String] = []
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      guard FilenameMentions.word(atDot: dot, in: text) != nil else { continue }
      var end = dot + 1
      while end < text.count, isLetterOrDigit(text[end]) { end += 1 }
      guard end < text.count, isQuote(text[end]) || text[end] == UInt8(ascii: "\\") else { continue }
      var start = dot
      while start > 0, dot - start < longest, !isQuote(text[start - 1]), text[start - 1] > 0x20 { start -= 1 }
      guard start > 0, isQuote(text[start - 1]), start < dot else { continue }
      let string = String(decoding: text[start..<end], as: UTF8.self)
      urls.append(string.replacing("\\u002F", with: "/").replacing("\\/", with: "/"))
    }
    return urls
  }

  /// The file that a URL leads to, of some; nil where it is none of them. The site may be published below a path, and a script
  /// may put that in front of a URL.
  package static func file(_ url: String, among files: Set<String>) -> String? {
    let plain = url.removingPercentEncoding ?? url
    var rest = plain.split(separator: "/").drop { $0 == "." }
    // A path to publish below has few parts.
    for _ in 0..<3 where !rest.isEmpty {
      let path = rest.joined(separator: "/")
      if files.contains(path) { return path }
      guard plain.hasPrefix("/") else { return nil }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
