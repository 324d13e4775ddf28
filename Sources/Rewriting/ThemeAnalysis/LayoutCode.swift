import Web

/// Goes through the template code of a layout as Liquid does: assignments, includes, branches and loops in their order. What
/// it prints is HTML in which the values are filled in that literals tell, and ``TemplateText``'s signs stand for the rest.
struct LayoutCode {
  /// What a variable can hold.
  struct Values: Hashable {
    /// The texts, in their order; none for nothing.
    var texts: [String]
    /// Whether all of them are meant, as a loop goes through them; else one of them is.
    var isExact = true

    static let nothing = Values(texts: [])
  }

  /// What stands around and between the values of a link that all count, and of one that is one of them.
  static let (open, close): (Character, Character) = ("\u{FFF6}", "\u{FFF7}")
  static let (both, either): (Character, Character) = ("\u{FFF8}", "\u{FFF9}")
  /// Filters behind which a post's content is no content any more.
  private static let takesText: Set<String> = [
    "strip_html", "number_of_words", "size", "truncate", "truncatewords", "jsonify", "escape", "xml_escape",
    "slice", "split", "strip_newlines", "smartify",
  ]
  private static let maxDepth = 8
  private static let maxValues = 16
  /// Texts that are longer, and tags in tags that are more, are no layout's: code that doubles what it has would go on for ever.
  private static let (longest, maxFrames, maxOutput) = (10_000, 256, 16 << 20)
  /// Addresses that a link with several values can come to.
  private static let maxChoices = 256

  /// The text of an include; nil where it is not in the site.
  let include: (String) -> String?
  /// The value of a name that is not the layout's own (`site.title`); nil where only the generator knows it.
  let outside: (String) -> Values?
  private(set) var out = ""
  /// Known by name; nil in it where it may be anything.
  private var variables: [String: Values?] = [:]
  private var frames: [Frame] = []
  /// Variables and includes that are still looked at.
  private var work = 2_000_000
  /// Whether the code does so much that what it prints is not known.
  private(set) var isSpent = false

  /// An `if` or a loop, and what its branches left.
  private struct Frame {
    var before: [String: Values?]
    var ends: [[String: Values?]] = []
    var hasElse = false
    /// Whether what is in it never runs.
    var isDead = false
    /// Whether one of its branches is certain to run, so that those behind it do not.
    var isSettled = false
    /// Of `case`: what its branches are compared with.
    var subject: Values?
    var name: String
    /// Of `capture`: where its text begins.
    var start: Int?

    /// Enters the branch of a condition, of which it may be known whether it holds.
    mutating func decide(_ holds: Bool?) {
      isDead = isSettled || holds == false
      isSettled = isSettled || holds == true
    }
  }

  init(include: @escaping (String) -> String?, outside: @escaping (String) -> Values?) {
    (self.include, self.outside) = (include, outside)
  }

  private var isDead: Bool { frames.contains(where: \.isDead) }

  /// Counts what is looked at.
  private mutating func spend(_ count: Int) {
    work -= count
    if work <= 0 || frames.count > Self.maxFrames || out.utf8.count > Self.maxOutput { isSpent = true }
  }

  private mutating func emit(_ text: some StringProtocol) {
    if isDead { out += text.filter(\.isNewline) } else { out += text }
  }

  mutating func read(_ text: String, depth: Int = 0) {
    var rest = text[...]
    while !isSpent, let open = rest.firstIndex(of: "{") {
      emit(rest[..<open])
      let next = rest.index(after: open)
      guard next < rest.endIndex, rest[next] == "{" || rest[next] == "%" else {
        emit("{")
        rest = rest[next...]
        continue
      }
      let isOutput = rest[next] == "{"
      let start = rest.index(after: next)
      guard let end = rest[start...].firstRange(of: isOutput ? "}}" : "%}") else { return }
      let code = rest[start..<end.lowerBound]
      rest = rest[end.upperBound...]
      let trimmed = TemplateText.trimmed(code)
      if isOutput {
        emit(printed(trimmed))
      } else if let skipped = Self.skippedTag(trimmed) {
        guard let close = rest.firstRange(of: skipped) else { return }
        if skipped == "endraw" {
          emit(rest[..<(rest[..<close.lowerBound].lastIndex(of: "{") ?? close.lowerBound)])
        }
        rest = rest[close.upperBound...]
        rest = rest.firstRange(of: "%}").map { rest[$0.upperBound...] } ?? rest
      } else {
        run(trimmed, depth: depth)
      }
      out += code.filter(\.isNewline)
    }
    emit(rest)
  }

  private static func skippedTag(_ code: Substring) -> String? {
    switch code.prefix(while: \.isLetter) {
    case "comment": "endcomment"
    case "raw": "endraw"
    default: nil
    }
  }

  private func printed(_ code: Substring) -> String {
    // A text in quotes is the path, whatever an unknown filter puts behind it.
    let quoted = code.first == "\"" || code.first == "'" ? TemplateText.quoted(code) : nil
    guard let values = evaluate(code) else { return quoted ?? String(TemplateText.mark) }
    guard values.texts.count > 1 else {
      return values.texts.first ?? (code.hasPrefix("page.") ? String(TemplateText.mark) : "")
    }
    // Several are of use in the address of a stylesheet alone.
    let end = out.suffix(Self.longest)
    guard let tag = end.lastIndex(of: "<"), ["href", "src"].contains(where: end[tag...].contains) else {
      return String(TemplateText.mark)
    }
    let list = values.texts.joined(separator: String(values.isExact ? Self.both : Self.either))
    return "\(Self.open)\(list)\(Self.close)"
  }

  /// The texts that one with several values stands for; of too many one that is not known.
  static func choices(of text: String) -> [String] {
    var choices = [""]
    var rest = text[...]
    while let start = rest.firstIndex(of: open), let end = rest[start...].firstIndex(of: close) {
      let values = rest[rest.index(after: start)..<end].split { $0 == both || $0 == either }
      let before = rest[..<start]
      rest = rest[rest.index(after: end)...]
      let isMany = choices.count * values.count > maxChoices
      let all = isMany ? [Substring(String(TemplateText.mark))] : values
      choices = choices.flatMap { choice in all.map { "\(choice)\(before)\($0)" } }
    }
    return choices.map { "\($0)\(rest)" }
  }

  // MARK: Tags

  private mutating func run(_ code: Substring, depth: Int) {
    spend(1)
    let name = code.prefix { $0.isLetter || $0 == "_" }
    let rest = code.dropFirst(name.count)
    switch name {
    case "assign":
      guard let sign = rest.firstIndex(of: "=") else { return }
      set(String(rest[..<sign].trimmed), evaluate(rest[rest.index(after: sign)...]))
    case "include", "include_cached": include(rest, depth: depth)
    case "if", "unless":
      var frame = Frame(before: variables, name: String(name))
      frame.decide(holds(rest).map { $0 == (name == "if") })
      frames.append(frame)
    case "case": frames.append(Frame(before: variables, subject: evaluate(rest), name: String(name)))
    case "ifchanged": frames.append(Frame(before: variables, name: String(name)))
    case "for", "tablerow": loop(rest)
    case "capture": frames.append(Frame(before: variables, name: String(rest.trimmed), start: out.utf8.count))
    case "else", "elsif", "when": branch(name, rest)
    case "endcapture": endCapture()
    case "endif", "endunless", "endcase", "endfor", "endtablerow", "endifchanged": end()
    default: break
    }
    emit(String(TemplateText.branch))
  }

  private mutating func set(_ name: String, _ values: Values?) {
    if !isDead { variables[name] = .some(values) }
  }

  private mutating func include(_ code: Substring, depth: Int) {
    let words = code.split(whereSeparator: \.isWhitespace)
    guard let file = words.first?.filter({ $0 != "\"" && $0 != "'" }), !isDead, depth < Self.maxDepth,
      let text = include(file)
    else { return }
    spend(500 + variables.count)
    let before = variables
    var arguments: [String: Values?] = [:]
    for match in code.matches(of: /([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=]+)/) {
      arguments["include.\(match.output.1)"] = .some(evaluate(match.output.2))
    }
    variables = variables.filter { !$0.key.hasPrefix("include.") }.merging(arguments) { $1 }
    read(text, depth: depth + 1)
    variables = variables.filter { !$0.key.hasPrefix("include.") }
    for (name, values) in before where name.hasPrefix("include.") { variables[name] = values }
  }

  private mutating func loop(_ code: Substring) {
    var frame = Frame(before: variables, name: "for")
    let words = code.split(whereSeparator: \.isWhitespace)
    if words.count > 2, words[1] == "in" {
      let values = evaluate(words[2])
      frame.isDead = values?.texts.isEmpty == true
      set(String(words[0]), values)
    }
    frames.append(frame)
  }

  private mutating func branch(_ name: Substring, _ condition: Substring) {
    guard let last = frames.indices.last, frames[last].start == nil else { return }
    spend(variables.count)
    if !isDead { frames[last].ends.append(variables) }
    frames[last].hasElse = frames[last].hasElse || name == "else"
    variables = frames[last].before
    switch name {
    case "elsif": frames[last].decide(holds(condition))
    case "when": frames[last].decide(matches(frames[last].subject, condition))
    default: frames[last].isDead = frames[last].isSettled
    }
  }

  private mutating func end() {
    guard let frame = frames.last else { return }
    var ends = frame.ends
    if !isDead { ends.append(variables) }
    frames.removeLast()
    if !frame.hasElse && !frame.isSettled || frame.name == "for" { ends.append(frame.before) }
    guard var all = ends.first else { return }
    spend(ends.reduce(0) { $0 + $1.count })
    for other in ends.dropFirst() {
      for name in Set(all.keys).union(other.keys) {
        all[name] = .some(Self.union(all[name] ?? .nothing, other[name] ?? .nothing))
      }
    }
    variables = all
  }

  private static func union(_ a: Values?, _ b: Values?) -> Values? {
    guard let a, let b else { return nil }
    if a == b { return a }
    let texts = a.texts + b.texts.filter { !a.texts.contains($0) }
    return texts.count > maxValues ? nil : Values(texts: texts, isExact: false)
  }

  private mutating func endCapture() {
    guard let frame = frames.popLast(), let start = frame.start else { return }
    let first = out.utf8.index(out.startIndex, offsetBy: start)
    let text = out[first...].filter { $0 != TemplateText.branch }
    out.removeSubrange(first...)
    if text.contains(TemplateText.content) {
      set(frame.name, Values(texts: [String(TemplateText.content)]))
    } else {
      set(frame.name, text.contains(TemplateText.mark) ? nil : Values(texts: [String(text[...].trimmed)]))
    }
  }

  // MARK: Expressions

  func evaluate(_ code: Substring) -> Values? {
    let parts = Self.parts(code)
    guard let first = parts.first, var values = value(first.trimmed) else { return nil }
    for part in parts.dropFirst() {
      let name = part.trimmed.prefix { $0.isLetter || $0 == "_" }
      let arguments = Self.arguments(part.trimmed.dropFirst(name.count)).map(value)
      guard let next = filter(String(name), arguments, values), next.texts.count <= Self.maxValues,
        next.texts.allSatisfy({ $0.utf8.count <= Self.longest })
      else { return nil }
      values = next
    }
    return values
  }

  func value(_ code: Substring) -> Values? {
    if let quote = code.first, quote == "\"" || quote == "'" {
      return TemplateText.quoted(code).map { Values(texts: [$0]) }
    }
    if code == "content" || code == "page.content" { return Values(texts: [String(TemplateText.content)]) }
    if ["nil", "null", "false", "empty", "blank"].contains(code) { return .nothing }
    if code == "true" { return Values(texts: ["true"]) }
    guard !code.isEmpty, code.allSatisfy({ $0.isLetter || $0.isNumber || "._-".contains($0) }) else {
      return nil
    }
    if let values = variables[String(code)] { return values }
    if code.hasPrefix("include.") { return .nothing }
    return code.contains(".") || code == "paginator" ? outside(String(code)) : .nothing
  }

  private func filter(_ name: String, _ arguments: [Values?], _ values: Values) -> Values? {
    if values.texts == [String(TemplateText.content)] { return Self.takesText.contains(name) ? nil : values }
    func map(_ change: (String, String) -> String) -> Values? {
      guard let argument = arguments.first, let argument,
        argument.texts.count * values.texts.count <= Self.maxValues
      else { return nil }
      let texts = argument.texts.isEmpty ? [""] : argument.texts
      return Values(
        texts: values.texts.flatMap { text in texts.map { change(text, $0) } },
        isExact: values.isExact && texts.count == 1)
    }
    switch name {
    case "relative_url", "absolute_url", "strip", "escape", "uri_escape", "strip_newlines", "lstrip",
      "rstrip",
      "normalize_whitespace", "url_encode", "uniq", "compact":
      return values
    case "prepend": return map { $1 + $0 }
    case "append": return map { $0 + $1 }
    case "replace", "replace_first", "remove", "remove_first":
      guard let from = arguments.first??.texts.first else { return nil }
      let to = name.hasPrefix("remove") ? "" : arguments.dropFirst().first??.texts.first ?? ""
      return Values(texts: values.texts.map { $0.replacing(from, with: to) }, isExact: values.isExact)
    case "default":
      if values.texts.isEmpty { return arguments.first ?? nil }
      return values
    default: return nil
    }
  }

  private static func arguments(_ code: Substring) -> [Substring] {
    guard let colon = code.firstIndex(of: ":") else { return [] }
    return parts(code[code.index(after: colon)...], on: ",").map(\.trimmed)
  }

  static func parts(_ code: Substring, on separator: Character = "|") -> [Substring] {
    var parts: [Substring] = []
    var start = code.startIndex
    var quote: Character?
    for index in code.indices {
      let character = code[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == separator {
        parts.append(code[start..<index])
        start = code.index(after: index)
      }
    }
    return parts + [code[start...]]
  }
}
