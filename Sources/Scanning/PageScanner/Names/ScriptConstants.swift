/// The constants of a script that hold the URL of a picture and nothing else, with what is done with them: bundlers put the
/// URLs of imported pictures there.
package struct ScriptConstants {
  /// What becomes of a constant.
  package enum Use: Hashable, Sendable {
    /// It is the `src` of images without candidates, each time.
    case shown
    /// It is the `src` of images with candidates, or where links lead.
    case listed
    /// Modules that import it decide: by the name that they know it by.
    case exported(String)
    /// Something else, or not the same each time.
    case other
  }

  /// By where the URL begins.
  private var uses: [Int: Use] = [:]

  init(_ text: [UInt8]) {
    let starts = Self.starts(text)
    guard !starts.isEmpty else { return }
    let tokens = ScriptTokens(text)
    var names: [String: [(token: Int, start: Int)]] = [:]
    for index in tokens.all.indices where starts.contains(tokens.all[index].range.lowerBound) {
      guard index > 2, tokens.isSign(index - 1, "="), tokens.all[index - 2].kind == .word,
        tokens.isSign(index - 3, ",") || ["const", "let", "var"].contains(tokens.string(index - 3))
      else { continue }
      names[tokens.string(index - 2), default: []].append((index - 2, tokens.all[index].range.lowerBound))
    }
    let words = Dictionary(
      grouping: tokens.all.indices.filter { tokens.all[$0].kind == .word && names[tokens.string($0)] != nil }
    ) { tokens.string($0) }
    let (exported, imported) = (Self.names(behind: "export", tokens), Self.importedNames(tokens))
    for (name, places) in names {
      let declared = Set(places.map(\.token))
      var rest = (words[name] ?? []).filter { !declared.contains($0) && !imported.contains($0) }
      // Of two with one name nobody knows which is meant.
      var use = Use.other
      if let export = exported[name]?.first, places.count == 1 {
        rest.removeAll { export.tokens.contains($0) }
        let isAlone = exported[name]?.count == 1 && Self.use(of: rest, tokens) == .listed
        use = isAlone ? .exported(export.name) : .other
      } else if places.count == 1 {
        use = Self.use(of: rest, tokens)
      }
      for place in places { uses[place.start] = use }
    }
  }

  /// What a script does with names that it imports from a module; nothing of those that it does not import.
  ///
  /// - Parameter module: the name of the module's file.
  package static func uses(ofImportsFrom module: String, in text: [UInt8]) -> [String: Set<Use>] {
    let tokens = ScriptTokens(text)
    let imported = importedNames(tokens)
    var uses: [String: Set<Use>] = [:]
    for index in tokens.all.indices where tokens.all[index].kind == .text {
      guard tokens.string(index).split(separator: "/").last.map(String.init) == module else { continue }
      let isLater = tokens.isSign(index - 1, "(") && tokens.isWord(index - 2, "import")
      guard isLater || tokens.isWord(index - 1, "from") else { continue }
      var open = index - 2
      while open > 0, !tokens.isSign(open, "{") { open -= 1 }
      guard !isLater, tokens.isSign(index - 2, "}"), tokens.isWord(open - 1, "import") else {
        // All of it, at a later time, or handed on.
        uses["*", default: []].insert(.other)
        continue
      }
      for (name, local, _) in listed(from: open, tokens) {
        let words = tokens.all.indices.filter { tokens.isWord($0, local) && !imported.contains($0) }
        uses[name, default: []].insert(use(of: words, tokens))
      }
    }
    return uses
  }

  /// Where names stand that a script imports.
  private static func importedNames(_ tokens: ScriptTokens) -> Set<Int> {
    Set(names(behind: "import", tokens).values.joined().flatMap(\.tokens))
  }

  /// The names in the braces behind a word, by what they are called in the script.
  private static func names(
    behind word: String, _ tokens: ScriptTokens
  ) -> [String: [(name: String, tokens: Range<Int>)]] {
    var names: [String: [(name: String, tokens: Range<Int>)]] = [:]
    for index in tokens.all.indices where tokens.isWord(index, word) && tokens.isSign(index + 1, "{") {
      for (first, second, range) in listed(from: index + 1, tokens) {
        names[first, default: []].append((second, range))
      }
    }
    return names
  }

  /// What stands in braces as `{a as b, c}`: both names, and their tokens.
  private static func listed(
    from open: Int, _ tokens: ScriptTokens
  ) -> [(first: String, second: String, tokens: Range<Int>)] {
    var list: [(String, String, Range<Int>)] = []
    var index = open + 1
    while index < tokens.all.count, !tokens.isSign(index, "}") {
      let isRenamed = tokens.isWord(index + 1, "as")
      let end = isRenamed ? index + 3 : index + 1
      list.append((tokens.string(index), tokens.string(isRenamed ? index + 2 : index), index..<end))
      index = tokens.isSign(end, ",") ? end + 1 : end
    }
    return list
  }

  /// What becomes of the constant that is given a string; nil for a string that none is given.
  func use(of url: StringURL) -> Use? { uses[url.range.lowerBound] }

  private static func starts(_ text: [UInt8]) -> Set<Int> {
    var starts: Set<Int> = []
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      guard let url = StringURL(atDot: dot, text), url.delimiter == 1,
        let before = ScriptText.previous(url.outer.lowerBound, text), text[before] == UInt8(ascii: "=")
      else { continue }
      starts.insert(url.range.lowerBound)
    }
    return starts
  }

  private static func use(of words: [Int], _ tokens: ScriptTokens) -> Use {
    let uses = Set(words.filter { !isName($0, tokens) }.map { use(of: $0, tokens) })
    // What nobody uses stays.
    return uses.count > 1 ? .other : uses.first ?? .listed
  }

  /// Whether a word is the name of a property and not the constant.
  private static func isName(_ word: Int, _ tokens: ScriptTokens) -> Bool {
    if tokens.isSign(word - 1, "."), !tokens.isSign(word - 2, ".") { return true }
    return tokens.isSign(word + 1, ":") && (tokens.isSign(word - 1, "{") || tokens.isSign(word - 1, ","))
  }

  private static func use(of word: Int, _ tokens: ScriptTokens) -> Use {
    if tokens.isSign(word - 1, ":"), tokens.isSign(word + 1, ",") || tokens.isSign(word + 1, "}"),
      tokens.isWord(word - 2, "src") || tokens.isText(word - 2, "src")
    {
      return hasCandidates(around: word, tokens) ? .listed : .shown
    }
    return useInMarkup(word, tokens) ?? .other
  }

  /// Whether candidates stand in the object that a token stands in.
  private static func hasCandidates(around word: Int, _ tokens: ScriptTokens) -> Bool {
    let (first, last) = (edge(from: word, by: -1, tokens), edge(from: word, by: 1, tokens))
    let bytes = tokens.bytes[tokens.all[first].range.lowerBound..<tokens.all[last].range.upperBound]
    return ScriptText.string(bytes).lowercased().contains("srcset")
  }

  /// The brace that bounds an object, before or behind a token.
  private static func edge(from token: Int, by step: Int, _ tokens: ScriptTokens) -> Int {
    let (inner, outer): (Character, Character) = step < 0 ? ("}", "{") : ("{", "}")
    var (index, depth) = (token, 0)
    while tokens.all.indices.contains(index + step), abs(index - token) < 2_000 {
      index += step
      if tokens.isSign(index, inner) { depth += 1 }
      guard tokens.isSign(index, outer) else { continue }
      if depth == 0 { return index }
      depth -= 1
    }
    return index
  }

  /// What a constant is in markup that is put together around it: `'<img src="' + a + '" alt="">'`, in a template as well.
  private static func useInMarkup(_ word: Int, _ tokens: ScriptTokens) -> Use? {
    let isJoined = tokens.isSign(word - 1, "+") && tokens.isSign(word + 1, "+")
    let (before, behind) = isJoined ? (word - 2, word + 2) : (word - 1, word + 1)
    guard tokens.all.indices.contains(before), tokens.all.indices.contains(behind),
      tokens.all[before].kind == .text, tokens.all[behind].kind == .text,
      isJoined
        || tokens.bytes[tokens.all[before].range.upperBound...].starts(with: Array("${".utf8))
    else { return nil }
    let (start, end) = (tokens.string(before), tokens.string(behind))
    guard let open = start.lastIndex(of: "<"), let close = end.firstIndex(of: ">") else { return nil }
    let head = start[open...].lowercased().replacing("\\\"", with: "\"")
    let tail = end[..<close].lowercased().replacing("\\\"", with: "\"")
    guard tail.hasPrefix("\"") else { return nil }
    if head.hasPrefix("<a "), head.hasSuffix(" href=\"") { return .listed }
    guard head.hasPrefix("<img "), head.hasSuffix(" src=\"") else { return nil }
    return (head + tail).contains("srcset") ? .listed : .shown
  }
}
