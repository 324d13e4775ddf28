/// The candidates of a `srcset` value.
package enum Srcset {
  /// One candidate.
  package struct Candidate: Hashable, Sendable {
    /// The URL as it is written.
    package var url: String
    /// The descriptors as they are written (`640w`, `2x`); empty where there are none.
    package var descriptor: String

    /// The width in pixels that a `w` descriptor promises.
    package var width: Int? { descriptor.hasSuffix("w") ? Int(descriptor.dropLast()) : nil }
  }

  /// Splits a value as the HTML specification's "parse a srcset attribute" does.
  package static func candidates(_ value: String) -> [Candidate] {
    var candidates: [Candidate] = []
    var rest = Substring(value)
    while true {
      rest = rest.drop { isSpace($0) || $0 == "," }
      guard !rest.isEmpty else { return candidates }
      var url = rest.prefix { !isSpace($0) }
      rest = rest.dropFirst(url.count)
      var descriptor: Substring = ""
      if url.last == "," {
        while url.last == "," { url = url.dropLast() }
      } else {
        descriptor = descriptors(rest)
        rest = rest.dropFirst(descriptor.count)
      }
      if !url.isEmpty {
        candidates.append(
          Candidate(
            url: String(url), descriptor: descriptor.split(whereSeparator: isSpace).joined(separator: " ")))
      }
    }
  }

  /// What stands before the comma that ends a candidate. A comma between parentheses ends nothing.
  private static func descriptors(_ text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case ",": if depth == 0 { return text[..<index] }
      default: break
      }
    }
    return text
  }

  private static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\n" || character == "\u{0C}" || character == "\r"
      || character == "\r\n"
  }
}
