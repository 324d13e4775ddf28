/// The URLs of a `srcset` value, split as the HTML specification's "parse a srcset attribute" does.
enum SrcsetURLs {
  static func split(_ value: String) -> [String] {
    var urls: [String] = []
    var rest = Substring(value)
    while true {
      rest = rest.drop { isSpace($0) || $0 == "," }
      guard !rest.isEmpty else { return urls }
      var url = rest.prefix { !isSpace($0) }
      rest = rest.dropFirst(url.count)
      if url.last == "," {
        while url.last == "," { url = url.dropLast() }
      } else {
        rest = afterDescriptors(rest)
      }
      if !url.isEmpty { urls.append(String(url)) }
    }
  }

  /// What follows the descriptors and the comma that ends them. A comma between parentheses ends nothing.
  private static func afterDescriptors(_ text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case ",":
        if depth == 0 { return text[text.index(after: index)...] }
      default: break
      }
    }
    return ""
  }

  private static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\n" || character == "\u{0C}" || character == "\r"
      || character == "\r\n"
  }
}
