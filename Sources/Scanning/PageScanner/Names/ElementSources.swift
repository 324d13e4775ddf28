/// The strings of a script, or of data that scripts read, in whose place the URL of another file of the same picture can stand:
/// the `src` of an `<img>` in markup that a script writes, and a value that is called what pictures are called (`src`, `image`,
/// `cover`).
///
/// What else a script does with a string nobody knows: it may compare it, or make another URL of it. And that the page goes on
/// being the same is for a browser to see.
package struct ElementSources: Codable, Hashable, Sendable {
  /// The URLs of such strings.
  package private(set) var urls: Set<String> = []
  /// How many strings that is.
  package private(set) var count = 0
  /// The names of image files that stand beside candidates, where their own URL matters to nobody, each as `FilenameMentions`
  /// gives it.
  package private(set) var listed: Set<String> = []
  /// The URLs in constants that other modules import, by the names that these know.
  package private(set) var exported: [String: String] = [:]
  /// The names of image files that are mentioned in any other way, links to a picture apart.
  package private(set) var others: Set<String> = []
  /// The endings of file names that the script looks for, as `jpg`.
  package private(set) var endings: Set<String> = []

  package init(in text: [UInt8]) {
    let reader = ScriptMentions(text)
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      guard let word = FilenameMentions.word(atDot: dot, in: text) else {
        endings.formUnion(ScriptText.endings(atDot: dot, text))
        continue
      }
      switch reader.mention(atDot: dot) {
      case .shown(let range):
        urls.insert(ScriptText.string(text[range]))
        count += 1
      case .listed: listed.insert(word)
      case .exported(let name, let range): exported[name] = ScriptText.string(text[range])
      case .link: continue
      case .other: others.formUnion(ScriptText.names(word))
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

  /// What a text says that stays as it is: every mention is one of the others.
  package init(ofPayload text: [UInt8]) {
    others = FilenameMentions.words(in: text).reduce(into: []) { $0.formUnion(ScriptText.names($1)) }
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
    let reader = ScriptMentions(text)
    var (result, start, count): ([UInt8], Int, Int) = ([], 0, 0)
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      guard case .shown(let range) = reader.mention(atDot: dot),
        let suffix = suffixes[ScriptText.string(text[range])]
      else { continue }
      result += text[start..<range.upperBound] + Array(suffix.utf8)
      (start, count) = (range.upperBound, count + 1)
    }
    return (result + text[start...], count)
  }
}
