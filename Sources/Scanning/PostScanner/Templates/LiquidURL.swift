import AssetModel

/// A URL with template code in it, evaluated if the site's configuration is sufficient for that.
struct LiquidURL {
  /// The URL that Liquid prints.
  var value: String
  /// What to write before and behind another file's path, in the author's way; nil where the code does not say.
  var form: (prefix: String, suffix: String, startsAtRoot: Bool)?
  /// The author's query and fragment, where they stand in the code or behind it.
  var tail: String

  /// Whether a text holds template code.
  static func isTemplated(_ text: String) -> Bool { text.has("{", "{") || text.has("{", "%") }

  /// Evaluates a URL; nil where it holds code that only the generator can run.
  ///
  /// - Parameters:
  ///   - text: the URL as written.
  ///   - site: the site's `url` and `baseurl`.
  init?(_ text: String, url: String, baseurl: String) {
    let bytes = Array(text.utf8)
    var lexer = LiquidLexer(bytes: bytes, position: 0, end: bytes.count)
    var pieces: [Piece] = []
    var from = 0
    while let token = lexer.next() {
      if token.range.lowerBound > from { pieces.append(.text(from..<token.range.lowerBound)) }
      let markup = bytes.string(lexer.markup)
      switch token.kind {
      case .output:
        guard
          let output = Output(markup, at: lexer.markup.lowerBound, url: url, baseurl: baseurl)
        else { return nil }
        pieces.append(.output(output, token.range))
      case .tag("link"):
        guard !markup.isEmpty, !Self.isTemplated(markup) else { return nil }
        pieces.append(.link(markup, token.range))
      case .tag: return nil
      }
      from = token.range.upperBound
    }
    if from < bytes.count { pieces.append(.text(from..<bytes.count)) }
    value = ""
    for piece in pieces { value += piece.value(bytes, baseurl: baseurl) }
    tail = ""
    form = Self.form(pieces, bytes)
    let behind = value.firstIndex { $0 == "?" || $0 == "#" }
    if let behind { tail = String(value[behind...]) }
  }

  private enum Piece {
    case text(Range<Int>)
    case output(Output, Range<Int>)
    case link(String, Range<Int>)

    func value(_ bytes: [UInt8], baseurl: String) -> String {
      switch self {
      case .text(let range): bytes.string(range)
      case .output(let output, _): output.value
      case .link(let path, _): baseurl + (path.hasPrefix("/") ? "" : "/") + path
      }
    }
  }

  /// `{{ … }}`
  private struct Output {
    var value: String
    /// The range of a string literal in the URL's bytes, without quotes.
    var literal: Range<Int>?
    /// Whether filters put the literal at the site's root, with or without a `/` of its own.
    var addsSlash = false

    init?(_ markup: String, at start: Int, url: String, baseurl: String) {
      var parts = LiquidExpression.split(markup, on: "|")[...]
      guard let first = parts.popFirst() else { return nil }
      let bare = first.trimmed
      switch bare {
      case "site.baseurl": value = baseurl
      case "site.url": value = url
      default:
        guard let text = LiquidExpression.string(bare) else { return nil }
        value = text
        let offset = first.utf8.prefix { $0.isWhitespace }.count
        literal = (start + offset + 1)..<(start + offset + 1 + text.utf8.count)
      }
      for filter in parts {
        guard let next = Self.apply(filter.trimmed, to: value, url: url, baseurl: baseurl) else { return nil }
        if ["relative_url", "absolute_url", "url"].contains(filter.trimmed) { addsSlash = true }
        if filter.trimmed.hasPrefix("append"), literal != nil { return nil }
        value = next
      }
    }

    private static func apply(_ filter: String, to value: String, url: String, baseurl: String) -> String? {
      let name = filter.prefix { $0 != ":" && !$0.isWhitespace }
      let argument = filter.dropFirst(name.count).drop { $0 == ":" || $0.isWhitespace }
      switch name {
      // `url` is Eleventy's, which puts its pathPrefix in front.
      case "relative_url", "url":
        return isAbsolute(value)
          ? value : baseurl + (value.hasPrefix("/") || value.isEmpty ? "" : "/") + value
      case "absolute_url":
        return isAbsolute(value)
          ? value : url + baseurl + (value.hasPrefix("/") || value.isEmpty ? "" : "/") + value
      case "prepend", "append":
        let text: String
        switch argument {
        case "site.baseurl": text = baseurl
        case "site.url": text = url
        default:
          guard let string = LiquidExpression.string(String(argument)) else { return nil }
          text = string
        }
        return name == "prepend" ? text + value : value + text
      case "strip", "uri_escape", "escape", "xml_escape", "normalize_whitespace": return value
      default: return nil
      }
    }

    private static func isAbsolute(_ value: String) -> Bool {
      value.hasPrefix("http:") || value.hasPrefix("https:") || value.hasPrefix("data:")
    }
  }

  /// How another file's URL is written in the author's way.
  private static func form(
    _ pieces: [Piece],
    _ bytes: [UInt8]
  ) -> (prefix: String, suffix: String, startsAtRoot: Bool)? {
    // A string literal with filters: the path goes into the literal.
    for piece in pieces {
      guard case .output(let output, let range) = piece else { continue }
      guard let literal = output.literal else { continue }
      let isRooted = bytes.string(literal).hasPrefix("/")
      guard isRooted || output.addsSlash else { return nil }
      return (
        bytes.string(0..<literal.lowerBound) + (isRooted ? "/" : ""),
        bytes.string(literal.upperBound..<range.upperBound), true
      )
    }
    // Outputs that print the site's address, then the path.
    var end = 0
    for piece in pieces {
      switch piece {
      case .output(_, let range): end = range.upperBound
      case .link(_, let range):
        return range.lowerBound == 0 ? ("{{ \"/", "\" | relative_url }}", true) : nil
      case .text(let range):
        guard range.lowerBound == end else { return nil }
        let isRooted = bytes[range.lowerBound] == .slash
        return (bytes.string(0..<end) + (isRooted ? "/" : ""), "", isRooted)
      }
    }
    return nil
  }
}

/// The subset of Liquid's expressions that occurs in URLs.
enum LiquidExpression {
  /// Splits at a sign that stands outside quotes.
  static func split(_ text: String, on separator: Character) -> [String] {
    var parts = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == separator {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  /// The text of a string literal; nil for anything else.
  static func string(_ text: String) -> String? {
    guard text.count >= 2, let quote = text.first, quote == "\"" || quote == "'", text.last == quote else {
      return nil
    }
    let inner = text.dropFirst().dropLast()
    return inner.contains(quote) ? nil : String(inner)
  }
}

extension String {
  /// Without ASCII whitespace at either end.
  var trimmed: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !$0.isWhitespace }),
      let last = bytes.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
