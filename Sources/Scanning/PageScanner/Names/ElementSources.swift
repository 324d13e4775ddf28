/// The strings of a script that become the `src` of an image as they are, so that another file's URL can stand there: an
/// attribute of an `img` that the script creates, or of a component that is given a size in pixels as well, and a picture that a
/// bundler hands on with its size.
///
/// What else a script does with a string nobody knows: it may compare it, or make another URL of it.
package struct ElementSources: Codable, Hashable, Sendable {
  /// A string of a script.
  struct Literal: Hashable {
    var url: String
    /// Its bytes, without the quotes.
    var range: Range<Int>
  }

  /// The URLs of such strings.
  package private(set) var urls: Set<String> = []
  /// How many strings that is.
  package private(set) var count = 0
  /// The names of image files that are mentioned in any other way, each as `FilenameMentions` gives it.
  package private(set) var others: Set<String> = []
  /// The endings of file names that the script looks for, as `jpg`.
  package private(set) var endings: Set<String> = []

  package init(in text: [UInt8]) {
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      guard let word = FilenameMentions.word(atDot: dot, in: text) else {
        endings.formUnion(ScriptText.endings(atDot: dot, text))
        continue
      }
      if let literal = Self.literal(atDot: dot, text) {
        urls.insert(literal.url)
        count += 1
      } else {
        others.formUnion(ScriptText.names(word))
      }
    }
    for quote in text.indices where text[quote] == UInt8(ascii: "\"") || text[quote] == UInt8(ascii: "'") {
      if let end = FilenameMentions.end(ofExtensionAt: quote + 1, in: text), end < text.count,
        text[end] == text[quote]
      {
        endings.insert(ScriptText.ending(text[(quote + 1)..<end]))
      }
    }
  }

  /// The ending of a file's name, as ``endings`` has it.
  package static func ending(of path: String) -> String {
    let dot = path.lastIndex(of: ".") ?? path.endIndex
    return ScriptText.ending(Array(path[dot...].utf8.dropFirst())[...])
  }

  /// A script in which the strings with some URLs have others.
  ///
  /// - Parameter suffixes: what is added to a URL.
  /// - Returns: the script, and how many strings were replaced.
  package static func adding(_ suffixes: [String: String], to text: [UInt8]) -> (text: [UInt8], count: Int) {
    var (result, start, count): ([UInt8], Int, Int) = ([], 0, 0)
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      guard let literal = literal(atDot: dot, text), let suffix = suffixes[literal.url] else { continue }
      result += text[start..<literal.range.upperBound] + Array(suffix.utf8)
      (start, count) = (literal.range.upperBound, count + 1)
    }
    return (result + text[start...], count)
  }

  /// The string in which a name ends behind a dot.
  private static func literal(atDot dot: Int, _ text: [UInt8]) -> Literal? {
    guard let end = FilenameMentions.end(ofExtensionAt: dot + 1, in: text), end < text.count,
      let start = ScriptText.start(ofStringEndingAt: end, text), text[start] == UInt8(ascii: "/"),
      text[start + 1] != UInt8(ascii: "/"), let key = ScriptText.start(ofKey: "src", before: start - 1, text),
      let next = ScriptText.next(end + 1, text), [UInt8(ascii: ","), UInt8(ascii: "}")].contains(text[next]),
      let open = ScriptText.opening(before: key, text), text[open] == UInt8(ascii: "{"),
      isOfImage(open, end, text), !hasCandidates(open, end, text)
    else { return nil }
    return Literal(url: ScriptText.string(text[start..<end]), range: start..<end)
  }

  /// Whether the object that is opened somewhere is what an image is made of: the attributes of an `img`, those of a component
  /// that is given a size in pixels, or a picture that a bundler hands on with its size.
  private static func isOfImage(_ open: Int, _ end: Int, _ text: [UInt8]) -> Bool {
    guard let sign = ScriptText.previous(open, text), let close = ScriptText.closing(after: end + 1, text)
    else {
      return false
    }
    let rest = ScriptText.string(text[(end + 1)..<close])
    if text[sign] == UInt8(ascii: "=") {
      return rest.prefixMatch(of: /\s*,\s*height:\s*[0-9]+,\s*width:\s*[0-9]+\s*(,|$)/) != nil
    }
    guard text[sign] == UInt8(ascii: ","), let last = ScriptText.previous(sign, text),
      let call = ScriptText.opening(before: sign, text), text[call] == UInt8(ascii: "(")
    else { return false }
    let callee = ScriptText.string(text[(call + 1)...last]).trimmingPrefix { $0.isWhitespace }
    if callee == "\"img\"" || callee == "'img'" { return true }
    // `t.img` and `n(7).img`, or a component as `a()` and `Picture`.
    guard let first = callee.utf8.first, ScriptText.isNamePart(first), !callee.contains(",") else {
      return false
    }
    return callee.hasSuffix(".img")
      || rest.contains(/[{,]\s*width:\s*[0-9]+\s*[,}]?/) && rest.contains(/[{,]\s*height:\s*[0-9]+/)
  }

  /// Whether candidates stand beside a URL, among which a browser chooses.
  private static func hasCandidates(_ open: Int, _ end: Int, _ text: [UInt8]) -> Bool {
    let close = ScriptText.closing(after: end + 1, text) ?? min(text.count, end + 2_000)
    return ScriptText.string(text[open..<close]).lowercased().contains("srcset")
  }
}

/// The text of a script around a string, read without a parser: what is not certain is nil.
enum ScriptText {
  /// How far is looked.
  private static let reach = 4_000

  static func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  static func isNamePart(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

  /// The last sign before a position that is no space.
  static func previous(_ position: Int, _ text: [UInt8]) -> Int? {
    text[..<position].lastIndex { !isSpace($0) }
  }

  static func next(_ position: Int, _ text: [UInt8]) -> Int? {
    text[min(position, text.count)...].firstIndex { !isSpace($0) }
  }

  /// Where the string begins whose closing quote stands at a position; nil for one with signs that are not a URL's.
  static func start(ofStringEndingAt end: Int, _ text: [UInt8]) -> Int? {
    let quote = text[end]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    var start = end
    while start > 0, end - start < 1_024, text[start - 1] != quote {
      guard text[start - 1] > 0x20, !"\"'`\\?#<>".utf8.contains(text[start - 1]) else { return nil }
      start -= 1
    }
    return start > 0 && text[start - 1] == quote && end - start > 2 ? start : nil
  }

  /// Where a key of an object begins whose value begins at a position.
  static func start(ofKey key: String, before value: Int, _ text: [UInt8]) -> Int? {
    guard let colon = previous(value, text), text[colon] == UInt8(ascii: ":"),
      let last = previous(colon, text)
    else { return nil }
    for name in [key, "\"\(key)\"", "'\(key)'"] {
      let start = last + 1 - name.utf8.count
      guard start > 0, text[start...last].elementsEqual(name.utf8), let before = previous(start, text),
        [UInt8(ascii: "{"), UInt8(ascii: ",")].contains(text[before])
      else { continue }
      return start
    }
    return nil
  }

  /// The bracket that is open at a position.
  static func opening(before position: Int, _ text: [UInt8]) -> Int? {
    var (index, depth) = (position - 1, 0)
    while index >= 0, position - index < reach {
      switch text[index] {
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == 0 { return index }
        depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        let quote = text[index]
        index -= 1
        while index >= 0, position - index < reach,
          text[index] != quote || index > 0 && text[index - 1] == UInt8(ascii: "\\")
        {
          index -= 1
        }
      default: break
      }
      index -= 1
    }
    return nil
  }

  /// The end of the object that is open at a position.
  static func closing(after position: Int, _ text: [UInt8]) -> Int? {
    var (index, depth) = (position, 0)
    while index < text.count, index - position < reach {
      switch text[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return index }
        depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        let quote = text[index]
        index += 1
        while index < text.count, index - position < reach, text[index] != quote {
          index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The endings that stand alone behind a dot, as in `".jpg"` and `/\.(jpe?g|png)$/`.
  static func endings(atDot dot: Int, _ text: [UInt8]) -> Set<String> {
    guard dot > 0, "\"'`\\|".utf8.contains(text[dot - 1]) else { return [] }
    if let end = FilenameMentions.end(ofExtensionAt: dot + 1, in: text) {
      return [ending(text[(dot + 1)..<end])]
    }
    guard text[dot - 1] == UInt8(ascii: "\\") else { return [] }
    let rest = string(text[dot..<min(text.count, dot + 80)]).lowercased()
    return Set(
      ["jpg", "jpe", "png", "gif", "webp", "avif"].filter(rest.contains).map { ending(Array($0.utf8)[...]) })
  }

  /// An ending in lower case, JPEG's as one.
  static func ending(_ bytes: ArraySlice<UInt8>) -> String {
    let text = string(bytes).lowercased()
    return text.hasPrefix("jp") ? "jpg" : text
  }

  /// A name; behind a slash that is written as an escape, without what is left of that.
  static func names(_ word: String) -> Set<String> {
    word.hasPrefix("u002f") ? [word, String(word.dropFirst(5))] : [word]
  }
}
