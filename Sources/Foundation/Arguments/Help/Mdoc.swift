/// The language of manual pages: lines of text, and lines that start with a dot and a macro's name.
struct Mdoc {
  private(set) var text = ""

  /// Writes a macro and its arguments as they are; text from elsewhere is passed through ``word(_:)`` first.
  mutating func macro(_ name: String, _ arguments: [String]) {
    text += "." + ([name] + arguments).joined(separator: " ") + "\n"
  }

  mutating func macro(_ name: String, _ arguments: String...) { macro(name, arguments) }

  /// Writes running text. Sentences start on a line of their own, which is how mdoc knows where they end.
  mutating func paragraph(_ prose: String, isFirst: Bool = true) {
    var needsBreak = !isFirst
    for block in prose.split(separator: "\n") {
      if needsBreak { macro("Pp") }
      needsBreak = true
      for sentence in Self.sentences(block) {
        for line in TextLayout.wrap(String(sentence), columns: 75) { text += Self.line(line) + "\n" }
      }
    }
  }

  /// Writes lines as they are.
  mutating func display(_ lines: [String]) {
    macro("Bd", "-literal", "-offset", "indent")
    for line in lines { text += Self.line(line) + "\n" }
    macro("Ed")
  }

  /// Starts a list's item with an option's names and value: `.It Fl q , Fl \-quiet`.
  mutating func item(_ parameter: ParameterInfo) {
    var words: [String] = []
    for name in parameter.names {
      words += (words.isEmpty ? [] : [","]) + ["Fl", Self.word(String(name.dropFirst()))]
    }
    macro("It", words + Self.value(parameter))
  }

  /// Writes an argument or a required option into a synopsis.
  mutating func synopsis(_ parameter: ParameterInfo) {
    let name = parameter.isArgument ? [] : ["Fl", Self.word(String(parameter.mainName.dropFirst()))]
    let words = name + Self.value(parameter)
    if parameter.isRequired {
      macro(words[0], Array(words.dropFirst()))
    } else {
      macro("Op", words)
    }
  }

  private static func value(_ parameter: ParameterInfo) -> [String] {
    guard parameter.isArgument || parameter.takesValue else { return [] }
    return ["Ar", word(parameter.valueName)] + (parameter.count == .one ? [] : ["..."])
  }

  private static func sentences(_ text: Substring) -> [Substring] {
    var sentences: [Substring] = []
    var rest = text
    while let end = rest.firstRange(of: ". ") {
      sentences.append(rest[..<rest.index(after: end.lowerBound)])
      rest = rest[end.upperBound...]
    }
    return rest.isEmpty ? sentences : sentences + [rest]
  }

  /// A line of text in which nothing is a request.
  private static func line(_ text: some StringProtocol) -> String {
    let escaped = escape(text)
    return escaped.first == "." ? "\\&" + escaped : escaped
  }

  /// Text as one argument of a macro.
  static func word(_ text: String) -> String {
    let escaped = escape(text)
    guard escaped.isEmpty || escaped.contains(where: { " \".,:;()[]?!|".contains($0) }) else {
      return escaped
    }
    return "\"" + escaped.replacing("\"", with: "\"\"") + "\""
  }

  /// A backslash starts an escape, and the other signs may be set as typographic ones, which a shell does not know.
  private static func escape(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      default: result.append(character)
      }
    }
    return result
  }
}
