import AssetModel

/// The quotes, dashes and dots that pulldown-cmark makes of plain ones (`firstpass.rs` and `parse.rs`, 0.13).
enum SmartPunctuation {
  /// Whether a text holds any sign that may become another.
  static func touches(_ text: String) -> Bool {
    text.contains("\"") || text.contains("'") || text.contains("--") || text.contains("...")
  }

  /// The text of an image as the page has it; nil where what stands around the image decides about a quote.
  static func set(_ text: String) -> String? {
    // The image's own brackets are its neighbors.
    let signs = Array("[" + text + "]")
    var out: [Character] = []
    var quotes = Quotes()
    var i = 1
    while i < signs.count - 1 {
      let sign = signs[i]
      let run = signs[i...].prefix { $0 == sign }.count
      switch sign {
      case "-" where run > 1:
        out += dashes(run)
        i += run
        continue
      case "." where run > 2:
        out.append("…")
        i += 3
        continue
      case "\"", "'":
        guard let quote = quotes.next(sign, between: signs[i - 1], and: signs[i + 1], at: out.count) else {
          return nil
        }
        out.append(quote)
      default: out.append(sign)
      }
      i += 1
    }
    for opened in quotes.opened { out[opened] = "‘" }
    return quotes.isOpen ? nil : String(out)
  }

  private static func dashes(_ count: Int) -> [Character] {
    let (long, short) =
      switch count % 6 {
      case 0, 3: (count / 3, 0)
      case 2, 4: (0, count / 2)
      case 1: (count / 3 - 1, 2)
      default: (count / 3, 1)
      }
    return Array(repeating: "—", count: long) + Array(repeating: "–", count: short)
  }

  /// The quotes of a text so far.
  private struct Quotes {
    /// Whether a double quote is open; nil where that depends on what stands before the image.
    private var isDoubleOpen: Bool?
    /// Where a single quote waits for the one that closes it.
    private var single: Int?
    /// Where single quotes were that a later one has closed.
    private(set) var opened: [Int] = []

    /// Whether a single quote could be closed behind the image.
    var isOpen: Bool { single != nil }

    /// - Returns: nil where what stands before the image decides.
    mutating func next(
      _ quote: Character, between before: Character, and after: Character, at position: Int
    ) -> Character? {
      let isAfterBracket = quote == "'" && (before == "]" || before == ")")
      let opens = !after.isWhitespace && (before.isWhitespace || Self.isSign(before) && !isAfterBracket)
      let closes = !before.isWhitespace && (after.isWhitespace || Self.isSign(after))
      if quote == "'" {
        if closes, let start = single {
          opened.append(start)
          single = nil
        } else if opens {
          single = position
        }
        return "’"
      }
      if closes {
        guard let isOpen = isDoubleOpen else { return nil }
        if isOpen {
          isDoubleOpen = false
          return "”"
        }
      }
      if opens { isDoubleOpen = true }
      return "“"
    }

    private static func isSign(_ character: Character) -> Bool {
      character.isPunctuation || character.isSymbol
    }
  }
}

extension Candidate {
  /// Takes the text of a Markdown image as the page has it. An image is kept where that depends on more than its text.
  mutating func setTypography(in file: [UInt8]) {
    guard let alt, SmartPunctuation.touches(alt), keptBecause == nil else { return }
    // A sign that is escaped, or an entity, stays as it is, and emphasis changes what a quote stands beside.
    guard isLiteral(alt, in: file), let set = SmartPunctuation.set(alt) else {
      keptBecause = "its quotes are set by what stands around them (smart_punctuation)"
      return
    }
    self.alt = set
  }

  /// Keeps a Markdown image whose text is more than plain: marked prints its emphasis and entities as they are written, and
  /// other renderers do not.
  mutating func keepUnlessLiteral(in file: [UInt8]) {
    guard let alt, !alt.isEmpty, keptBecause == nil, !isLiteral(alt, in: file) else { return }
    keptBecause = "its text holds markup, which renderers read in different ways"
  }

  /// Whether the text of a Markdown image stands in the file as it is.
  private func isLiteral(_ alt: String, in file: [UInt8]) -> Bool {
    let written = range.start + 2
    let end = written + alt.utf8.count
    return end < file.count && file[end] == .closeBracket && file[written..<end].elementsEqual(alt.utf8)
  }
}
