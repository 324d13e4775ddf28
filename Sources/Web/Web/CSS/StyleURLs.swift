/// Finds the URLs of a stylesheet, or of the value of a `style` attribute, by their places.
package enum StyleURLs {
  /// A URL and the property that it is the value of.
  package struct Match: Hashable {
    /// The bytes between the brackets, without quotes.
    package var range: Range<Int>
    /// The property's name in lower case; empty where there is none (`@import url(x)`).
    package var property: String
  }

  /// The URLs in a part of a text, strings in `image-set()` among them. What ends before it is closed is none, and neither is
  /// a file of a set that its author gave a type.
  package static func find(in bytes: [UInt8], _ part: Range<Int>) -> [Match] {
    var matches: [Match] = []
    var property = ""
    var word = ""
    // The functions and brackets that are open, the innermost last, and the match of the option of a set that is read.
    var open: [String] = []
    var option: Int?
    // Whether the last token but spaces opened `url(`, whose text then stands in quotes.
    var isInURL = false
    CSSTokenizer.read(bytes, part) { token in
      switch token.kind {
      case .whitespace: return
      case .url, .string:
        let isInSet = isSet(open.last) || isInURL && isSet(open.dropLast().last)
        if token.kind == .url || isInURL || isSet(open.last), !token.isOpen {
          if isInSet { option = matches.count }
          matches.append(Match(range: token.range, property: property))
        }
      case .delim where token.text == ":": property = word
      case .delim where [";", "{", "}"].contains(token.text): (property, open, option) = ("", [], nil)
      case .delim where token.text == "(": open.append("")
      case .delim where token.text == ")": _ = open.popLast()
      case .delim where token.text == ",": if isSet(open.last) { option = nil }
      case .function:
        let name = token.text.lowercased()
        if name == "type", isSet(open.last), let index = option {
          matches.remove(at: index)
          option = nil
        }
        open.append(name)
      default: break
      }
      word = token.kind == .ident ? token.text.lowercased() : ""
      isInURL = token.kind == .function && token.text.lowercased() == "url"
    }
    return matches
  }

  private static func isSet(_ function: String?) -> Bool { function?.hasSuffix("image-set") == true }
}
