/// Finds the URLs of a stylesheet, or of the value of a `style` attribute, by their places.
package enum StyleURLs {
  /// A URL and the property that it is the value of.
  package struct Match: Hashable {
    /// The bytes between the brackets, without quotes.
    package var range: Range<Int>
    /// The property's name in lower case; empty where there is none (`@import url(x)`).
    package var property: String
  }

  /// The URLs in a part of a text. What ends before it is closed is none.
  package static func find(in bytes: [UInt8], _ part: Range<Int>) -> [Match] {
    var matches: [Match] = []
    var property = ""
    var word = ""
    // Whether the last token but spaces opened `url(`, whose text then stands in quotes.
    var isInURL = false
    for token in CSSTokenizer.tokens(in: bytes, part) {
      switch token.kind {
      case .whitespace: continue
      case .url, .string:
        if token.kind == .url || isInURL, !token.isOpen {
          matches.append(Match(range: token.range, property: property))
        }
      case .delim where token.text == ":": property = word
      case .delim where [";", "{", "}"].contains(token.text): property = ""
      default: break
      }
      word = token.kind == .ident ? token.text.lowercased() : ""
      isInURL = token.kind == .function && token.text.lowercased() == "url"
    }
    return matches
  }
}
