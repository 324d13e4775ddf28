import Foundation

/// How a script, or data that scripts read, mentions image files.
struct ScriptMentions {
  /// What a mention is.
  enum Mention: Hashable {
    /// A string, or an attribute's value in one, that shows the picture: its bytes, without the quotes.
    case shown(Range<Int>)
    /// The `src` of an image that has candidates.
    case listed
    /// Where a link leads, or the picture on its host: who follows it gets the author's file.
    case link
    /// A constant that other modules know by a name.
    case exported(String, Range<Int>)
    /// Nobody knows what becomes of it.
    case other
  }

  private let text: [UInt8]
  /// Whether the text says of parts of itself how many bytes they have.
  private let countsBytes: Bool
  private let constants: ScriptConstants

  init(_ text: [UInt8]) {
    self.text = text
    countsBytes = Self.countsBytes(text)
    constants = ScriptConstants(text)
  }

  /// The mention whose extension stands behind a dot.
  func mention(atDot dot: Int) -> Mention {
    guard !countsBytes else { return .other }
    guard let url = StringURL(atDot: dot, text) else {
      return isCandidate(dot) ? .listed : isOnHost(dot) ? .link : .other
    }
    if let attribute = MarkupAttribute(url, text) { return mention(url, of: attribute) }
    switch constants.use(of: url) {
    case .shown: return .shown(url.range)
    case .listed: return .listed
    case .exported(let name): return .exported(name, url.range)
    case .other: return .other
    case nil: break
    }
    guard let key = key(of: url), Self.names.contains(key) else { return .other }
    let object = object(around: url)
    // Who says what kind of file it is, as manifests do, says so of that file.
    let isTyped = object.contains("\"image/") || object.contains("'image/")
    return isTyped ? .other : object.contains("srcset") ? .listed : .shown(url.range)
  }

  private func mention(_ url: StringURL, of attribute: MarkupAttribute) -> Mention {
    switch (attribute.tag, attribute.name) {
    case ("a", "href"): .link
    case ("img", "src"):
      attribute.isLazy ? .other : attribute.hasCandidates ? .listed : .shown(url.range)
    default: .other
    }
  }

  /// Whether what ends behind a dot is one of a `srcset`, with a width or a density behind it.
  private func isCandidate(_ dot: Int) -> Bool {
    guard let end = FilenameMentions.end(ofExtensionAt: dot + 1, in: text), end < text.count,
      text[end] == UInt8(ascii: " ")
    else { return false }
    let number = text[(end + 1)...].prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    return !number.isEmpty && number.endIndex < text.count && "wx".utf8.contains(text[number.endIndex])
  }

  /// Whether what ends behind a dot is a URL with its host.
  private func isOnHost(_ dot: Int) -> Bool {
    guard let end = FilenameMentions.end(ofExtensionAt: dot + 1, in: text) else { return false }
    var start = dot
    while start > 0, dot - start < 1_024, text[start - 1] > 0x20,
      !"\"'`\\?#<>(),".utf8.contains(text[start - 1])
    {
      start -= 1
    }
    let url = ScriptText.string(text[start..<end])
    let isClosed = end == text.count || text[end] <= 0x20 || "\"'`\\<),".utf8.contains(text[end])
    return isClosed && (url.hasPrefix("https://") || url.hasPrefix("http://"))
  }

  // MARK: Values

  /// What pictures are called in data and in the attributes of components, without hyphens and in small letters.
  private static let names: Set<String> = [
    "src", "image", "img", "picture", "photo", "cover", "coverimage", "thumbnail", "thumb", "hero",
    "heroimage", "banner",
    "bannerimage", "avatar", "logo", "icon", "featured", "featuredimage", "background", "backgroundimage",
    "poster",
  ]

  /// The key whose whole value a string is; nil for a string that stands elsewhere.
  private func key(of url: StringURL) -> String? {
    guard let colon = ScriptText.previous(url.outer.lowerBound, text), text[colon] == UInt8(ascii: ":"),
      let next = ScriptText.next(url.outer.upperBound, text), ",}".utf8.contains(text[next]),
      let last = ScriptText.previous(colon, text)
    else { return nil }
    var end = last + 1
    var width = 0
    if text[last] == text[url.outer.upperBound - 1] {
      width = url.delimiter
      guard end - width > 0,
        text[(end - width)..<end].elementsEqual(text[url.range.upperBound..<url.outer.upperBound])
      else { return nil }
    }
    end -= width
    var start = end
    while start > 0, end - start < 40,
      ScriptText.isNamePart(text[start - 1]) || text[start - 1] == UInt8(ascii: "-")
    {
      start -= 1
    }
    guard start < end, start - width >= 0,
      text[(start - width)..<start].elementsEqual(
        text[url.range.upperBound..<(url.range.upperBound + width)]),
      let before = ScriptText.previous(start - width, text), "{,".utf8.contains(text[before])
    else { return nil }
    return ScriptText.string(text[start..<end]).lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// The object that a URL stands in, in small letters.
  private func object(around url: StringURL) -> String {
    let reach = 4_000
    var (start, depth) = (url.outer.lowerBound, 0)
    while start > 0, url.outer.lowerBound - start < reach {
      start -= 1
      if text[start] == UInt8(ascii: "}") { depth += 1 }
      if text[start] == UInt8(ascii: "{") {
        if depth == 0 { break }
        depth -= 1
      }
    }
    var end = url.outer.upperBound
    depth = 0
    while end < text.count, end - url.outer.upperBound < reach {
      if text[end] == UInt8(ascii: "{") { depth += 1 }
      if text[end] == UInt8(ascii: "}") {
        if depth == 0 { break }
        depth -= 1
      }
      end += 1
    }
    return ScriptText.string(text[start..<end]).lowercased()
  }

  // MARK: Lengths

  /// Whether rows as `1a:T2f3,` are among a text, whose numbers are those of the bytes behind them (React's flight data), or
  /// what puts such rows together.
  private static func countsBytes(_ text: [UInt8]) -> Bool {
    if text.firstRange(of: Array("__next_f".utf8)) != nil { return true }
    for index in text.indices where text[index] == UInt8(ascii: "T") {
      let isRow = index == 0 || text[index - 1] == UInt8(ascii: "\n")
      let isNumbered = index > 1 && text[index - 1] == UInt8(ascii: ":") && isHexadecimal(text[index - 2])
      guard isRow || isNumbered else { continue }
      var end = index + 1
      while end < text.count, end - index < 9, isHexadecimal(text[end]) { end += 1 }
      if end > index + 1, end < text.count, text[end] == UInt8(ascii: ",") { return true }
    }
    return false
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}

/// A string of a script that a URL from the host's root fills, or an attribute's value in markup that stands in a string.
struct StringURL: Hashable {
  /// The URL's bytes.
  var range: Range<Int>
  /// How many bytes a quote has: two where it is escaped.
  var delimiter: Int
  /// The same with the quotes.
  var outer: Range<Int> { (range.lowerBound - delimiter)..<(range.upperBound + delimiter) }

  /// - Returns: nil for a string that says more, or with signs that are not a plain URL's.
  init?(atDot dot: Int, _ text: [UInt8]) {
    guard let end = FilenameMentions.end(ofExtensionAt: dot + 1, in: text), end < text.count else {
      return nil
    }
    let backslash = UInt8(ascii: "\\")
    let width = text[end] == backslash ? 2 : 1
    guard end + width <= text.count, "\"'`".utf8.contains(text[end + width - 1]) else { return nil }
    let quote = text[end + width - 1]
    var start = end
    while start > 0, end - start < 1_024, text[start - 1] != quote {
      guard text[start - 1] > 0x20, !"\"'`\\?#<>".utf8.contains(text[start - 1]) else { return nil }
      start -= 1
    }
    guard start >= width, text[start - 1] == quote, end - start > 2, text[start] == UInt8(ascii: "/"),
      text[start + 1] != UInt8(ascii: "/")
    else { return nil }
    let escapes = text[..<(start - 1)].reversed().prefix { $0 == backslash }.count
    guard escapes == width - 1 else { return nil }
    (range, delimiter) = (start..<end, width)
  }
}

/// An attribute in markup that stands in a string of a script.
struct MarkupAttribute: Hashable {
  var tag: String
  var name: String
  /// Whether the tag, or a `<picture>` around it, has candidates.
  var hasCandidates: Bool
  /// Whether a script sees to what the tag shows.
  var isLazy: Bool

  private static let reach = 4_000

  /// - Returns: nil where a URL is no attribute's value.
  init?(_ url: StringURL, _ text: [UInt8]) {
    let equals = url.outer.lowerBound - 1
    guard equals > 0, text[equals] == UInt8(ascii: "=") else { return nil }
    var start = equals
    while start > 0, equals - start < 40,
      ScriptText.isNamePart(text[start - 1]) || text[start - 1] == UInt8(ascii: "-")
    {
      start -= 1
    }
    guard start > 0, ScriptText.isSpace(text[start - 1]) else { return nil }
    var open = start - 1
    while open > 0, start - open < Self.reach, text[open] != UInt8(ascii: "<"),
      text[open] != UInt8(ascii: ">")
    { open -= 1 }
    guard text[open] == UInt8(ascii: "<"),
      let close = text[url.outer.upperBound...].prefix(Self.reach).firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    name = ScriptText.string(text[start..<equals]).lowercased()
    tag = ScriptText.string(text[(open + 1)...].prefix { ScriptText.isNamePart($0) }).lowercased()
    let words = ScriptText.string(text[open..<close]).lowercased()
    isLazy = words.contains("data-src") || words.contains("data-original") || words.contains("data-lazy")
    let before = ScriptText.string(text[max(0, open - Self.reach)..<open])
    let isInPicture =
      before.range(of: "<picture", options: .backwards).map {
        !before[$0.upperBound...].contains("</picture")
      } ?? false
    hasCandidates = words.contains("srcset") || isInPicture
  }
}
