/// The text of a script around a string, read without a parser: what is not certain is nil.
enum ScriptText {
  static func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  static func isNamePart(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

  /// The last sign before a position that is no space.
  static func previous(_ position: Int, _ text: [UInt8]) -> Int? {
    text[..<position].lastIndex { !isSpace($0) }
  }

  static func next(_ position: Int, _ text: [UInt8]) -> Int? {
    text[min(position, text.count)...].firstIndex { !isSpace($0) }
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
