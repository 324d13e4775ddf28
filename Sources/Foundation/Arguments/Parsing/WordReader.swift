/// A word for one of a command's options or arguments.
struct Assignment: Hashable {
  /// The index in the command's list.
  var parameter: Int
  /// The value; empty for a flag.
  var word: String
}

/// Reads the words of a command line against what a command takes. It goes on after a mistake, because `--help` further
/// on is a wish that mistakes do not matter for.
struct WordReader {
  /// What the command takes, `--help` and `--version` included.
  let parameters: [ParameterInfo]
  private(set) var assignments: [Assignment] = []
  /// Words that no argument is left for.
  private(set) var unexpected: [String] = []
  /// The first mistake.
  private(set) var mistake: UsageError?
  /// The first of `--help` and `--version`; help comes before a version.
  private(set) var wish: ParameterInfo.Kind?

  private var words: ArraySlice<String> = []
  /// The arguments that no word was read for yet.
  private var open: ArraySlice<Int>

  init(_ parameters: [ParameterInfo]) {
    self.parameters = parameters
    open = parameters.indices.filter { parameters[$0].isArgument }[...]
  }

  /// Reads all words.
  mutating func read(_ all: ArraySlice<String>) {
    words = all
    while let word = words.popFirst() {
      if word == "--" {
        words.forEach { argument($0) }
        break
      }
      if !Self.looksLikeOption(word) {
        argument(word)
      } else if word.hasPrefix("--") {
        long(word)
      } else {
        short(word)
      }
    }
  }

  /// What the command needs and no word was read for.
  var missing: ParameterInfo? {
    let read = Set(assignments.map(\.parameter))
    return parameters.indices.first { parameters[$0].isRequired && !read.contains($0) }.map { parameters[$0] }
  }

  /// Whether a word is an option by its form: a lone `-` is a file's name in most programs.
  private static func looksLikeOption(_ word: String) -> Bool {
    word.utf8.count > 1 && word.utf8.first == UInt8(ascii: "-")
  }

  private mutating func argument(_ word: String) {
    guard let index = open.first else { return unexpected.append(word) }
    if parameters[index].count == .one { open.removeFirst() }
    assignments.append(Assignment(parameter: index, word: word))
  }

  /// `--name`, `--name value` or `--name=value`.
  private mutating func long(_ word: String) {
    let (name, value) = Self.split(word)
    guard let index = index(of: name) else {
      // Searching for a suggestion takes time, and only the first mistake is reported.
      return mistake == nil ? complain(.unknownOption(name, among: parameters)) : ()
    }
    take(index, named: name, attached: value)
  }

  /// `-q`, `-qv`, `-o value`, `-ovalue` or `-o=value`.
  private mutating func short(_ word: String) {
    var letters = word.unicodeScalars.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-" + String(letter)
      guard let index = index(of: name) else { return complain(unknown(name, in: word)) }
      if parameters[index].takesValue || letters.first == "=" {
        let value = letters.first == "=" ? letters.dropFirst() : letters
        return take(index, named: name, attached: letters.isEmpty ? nil : String(value))
      }
      take(index, named: name, attached: nil)
    }
  }

  private func unknown(_ name: String, in word: String) -> UsageError {
    let long = parameters.flatMap(\.names).filter { $0.hasPrefix("--") }
    // `-quiet` is a `--quiet` with a dash too few.
    if word.utf8.count > 2, let meant = Suggestion.closest(to: "-" + word, among: long) {
      return UsageError("Unknown option '\(word)'. Did you mean '\(meant)'?")
    }
    return UsageError("Unknown option '\(name)'" + (word == name ? "" : " in '\(word)'"))
  }

  private mutating func take(_ index: Int, named name: String, attached: String?) {
    let parameter = parameters[index]
    guard parameter.takesValue else {
      if let attached { return complain(.takesNoValue(name, attached)) }
      if parameter.isBuiltIn {
        if wish != .help { wish = parameter.kind }
      } else {
        assignments.append(Assignment(parameter: index, word: ""))
      }
      return
    }
    if attached?.isEmpty == true { return complain(.missingValue(parameter)) }
    if parameter.count == .rest {
      assignments += ([attached].compactMap(\.self) + words).map { Assignment(parameter: index, word: $0) }
      words = []
    } else if let value = attached ?? nextValue() {
      assignments.append(Assignment(parameter: index, word: value))
    } else {
      complain(.missingValue(parameter))
    }
  }

  private mutating func nextValue() -> String? {
    guard let word = words.first, !Self.looksLikeOption(word) else { return nil }
    return words.removeFirst()
  }

  private func index(of name: String) -> Int? { parameters.firstIndex { $0.names.contains(name) } }

  /// Keeps a mistake, unless there was one before.
  private mutating func complain(_ error: UsageError) {
    if mistake == nil { mistake = error }
  }

  /// By Unicode scalars, because an accent after the sign would make one character of both.
  private static func split(_ word: String) -> (name: String, value: String?) {
    let scalars = word.unicodeScalars
    guard let sign = scalars.firstIndex(of: "=") else { return (word, nil) }
    return (String(scalars[..<sign]), String(scalars[scalars.index(after: sign)...]))
  }
}
