import Arguments
import AssetModel
import DataFormats
import Foundation
import SiteFiles
import VariantPlanner

/// One mapping of a configuration file, read key by key within the bounds of its ``Setting``s. ``finish()`` refuses every key
/// that is neither declared nor, where the author chooses the names, asked for.
struct ConfigurationSection {
  let file: String
  /// The dotted path of the mapping itself, empty at the top.
  let path: String
  private let node: Node
  private let entries: [(key: String, keyNode: Node, value: Node)]
  /// What the mapping is declared as.
  private let kind: Setting.Kind
  private var acceptedKeys: Set<String>

  /// - Throws: ``ConfigurationError`` when the node is not a mapping, or has a key that is no text or stands twice.
  init(
    _ node: Node, path: String = "", file: String, _ kind: Setting.Kind
  ) throws(ConfigurationError) {
    self.kind = kind
    acceptedKeys = Set(kind.settings.map(\.key))
    self.node = node
    self.path = path
    self.file = file
    guard case .mapping(let mapping) = node else {
      throw Self.error(file, node, "\(Self.name(path)) must be a mapping", advice: "write 'key: value' lines")
    }
    var entries: [(key: String, keyNode: Node, value: Node)] = []
    for (keyNode, value) in mapping {
      guard let key = keyNode.string else {
        throw Self.error(file, keyNode, "a key of \(Self.name(path)) is not a word")
      }
      entries.append((key, keyNode, value))
    }
    self.entries = entries
  }

  /// The value of a text in YAML or JSON; nil for an empty one.
  ///
  /// - Throws: ``ConfigurationError`` also for a key that stands twice: here a person chose the values, and one of them
  ///   would be passed over.
  static func compose(_ text: String, file: String) throws(ConfigurationError) -> Node? {
    let document: Document
    do throws(YAMLError) { document = try Document(text) } catch {
      throw ConfigurationError(
        file: file, line: error.location.line, column: error.location.column,
        message: "not valid YAML: \(error.problem)")
    }
    if let repeated = document.repeatedKeys {
      let names = repeated.names.map { "'\($0)'" }.joined(separator: ", ")
      throw ConfigurationError(
        file: file, line: repeated.mapping.line, message: "not valid YAML: the key \(names) stands twice")
    }
    return document.root
  }

  private mutating func value(_ key: String) -> Node? {
    acceptedKeys.insert(key)
    guard let node = entries.first(where: { $0.key == key })?.value, !node.isNull else { return nil }
    return node
  }

  /// A text.
  mutating func string(_ key: String) throws(ConfigurationError) -> String? {
    guard let node = value(key) else { return nil }
    guard case .scalar(let scalar) = node else { throw error(key, node, "must be a text") }
    // The system would take a path with one in it for what stands before.
    guard !scalar.string.utf8.contains(0) else { throw error(key, node, "must not hold a character of zero") }
    return scalar.string
  }

  /// A folder in the site: what a site's own file names can be nowhere else, and not in its repository.
  mutating func folderInside(_ key: String) throws(ConfigurationError) -> String? {
    guard let text = try string(key) else { return nil }
    let parts = text.hasPrefix("/") ? nil : SiteRoot.normalize(text)
    guard let parts, !parts.isEmpty, !parts.contains(where: { $0.lowercased().hasPrefix(".git") }) else {
      throw refusal(
        key, "must name a folder inside the site", advice: "for example _optimized; --output takes any folder"
      )
    }
    return parts.joined(separator: "/")
  }

  /// A whole number within its bounds.
  mutating func integer(_ key: String) throws(ConfigurationError) -> Int? {
    guard let node = value(key) else { return nil }
    return try integer(key, node)
  }

  private func integer(_ key: String, _ node: Node) throws(ConfigurationError) -> Int {
    let bounds = kind(of: key)?.integers ?? .min ... .max
    guard let number = node.int, bounds.contains(number) else {
      throw error(key, node, "must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }

  /// An amount of bytes: `512MiB`.
  mutating func byteSize(_ key: String) throws(ConfigurationError) -> ByteSize? {
    guard let node = value(key) else { return nil }
    guard let text = node.scalar?.string, let size = ByteSize(text), size.bytes > 0 else {
      throw error(key, node, "must be an amount of bytes such as 512MiB or 2GB")
    }
    return size
  }

  /// A list of whole numbers within their bounds; one number stands for a list of one.
  mutating func integers(_ key: String) throws(ConfigurationError) -> [Int]? {
    guard let node = value(key) else { return nil }
    var numbers: [Int] = []
    for item in list(node) { numbers.append(try integer(key, item)) }
    guard !numbers.isEmpty else { throw error(key, node, "must not be empty") }
    return numbers
  }

  /// A list of texts; one text stands for a list of one.
  mutating func strings(_ key: String) throws(ConfigurationError) -> [String]? {
    guard let node = value(key) else { return nil }
    var texts: [String] = []
    for item in list(node) {
      guard case .scalar(let scalar) = item else { throw error(key, item, "must be a list of texts") }
      texts.append(scalar.string)
    }
    return texts
  }

  /// A command: a list of words, or a text that is split at its spaces.
  ///
  /// - Parameter placeholder: what one of the words must hold.
  mutating func words(_ key: String, with placeholder: String) throws(ConfigurationError) -> [String]? {
    guard let node = value(key), var words = try strings(key) else { return nil }
    if case .scalar(let scalar) = node { words = scalar.string.split(separator: " ").map(String.init) }
    guard words.first?.isEmpty == false, words.contains(where: { $0.contains(placeholder) }) else {
      throw error(key, node, "must be a program and its arguments, \(placeholder) among them")
    }
    return words
  }

  /// A length of time.
  mutating func timeSpan(_ key: String) throws(ConfigurationError) -> TimeSpan? {
    guard let node = value(key), let text = try string(key) else { return nil }
    guard let span = TimeSpan(text) else {
      throw error(key, node, "must be a number and a unit (s, min, h, d or w), such as 30d")
    }
    return span
  }

  /// One of a few words.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Choice.Type = Choice.self
  ) throws(ConfigurationError) -> Choice? {
    try choice(key, among: Array(type.allCases))
  }

  /// One of these words.
  mutating func choice<Choice: RawRepresentable<String>>(
    _ key: String, among choices: [Choice]
  ) throws(ConfigurationError) -> Choice? {
    guard let node = value(key) else { return nil }
    guard let text = node.string, let choice = choices.first(where: { $0.rawValue == text }) else {
      throw error(key, node, "must be one of \(choices.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  /// Some of these words.
  mutating func choices<Choice: RawRepresentable<String>>(
    _ key: String, among choices: [Choice]
  ) throws(ConfigurationError) -> [Choice]? {
    guard let node = value(key), let texts = try strings(key) else { return nil }
    return try texts.map { text throws(ConfigurationError) in
      guard let choice = choices.first(where: { $0.rawValue == text }) else {
        throw error(key, node, "must be among \(choices.map(\.rawValue).joined(separator: ", "))")
      }
      return choice
    }
  }

  /// A number within its bounds.
  mutating func number(_ key: String) throws(ConfigurationError) -> Double? {
    guard let node = value(key) else { return nil }
    let bounds = kind(of: key)?.numbers ?? -.infinity ... .infinity
    guard let number = node.double, bounds.contains(number) else {
      throw error(
        key, node,
        "must be a number from \(bounds.lowerBound.formatted()) to \(bounds.upperBound.formatted())")
    }
    return number
  }

  /// What the key `quality` may hold.
  enum Quality {
    /// The formats' own numbers, or this one for all of them.
    case fixed(Int?)
    case target(QualityTarget)
  }

  /// `fixed`, the name of a target, a number for all formats, or the targets themselves.
  mutating func quality(_ key: String) throws(ConfigurationError) -> Quality? {
    guard let node = value(key) else { return nil }
    if case .mapping = node {
      var section = try below(key, node)
      let usual = QualityTarget.perceptual
      let target = QualityTarget(
        photograph: try section.number("photograph") ?? usual.photograph,
        graphic: try section.number("graphic") ?? usual.graphic)
      try section.finish()
      return .target(target)
    }
    let bounds = kind(of: key)?.integers ?? 1...100
    if let number = node.int {
      guard bounds.contains(number) else {
        throw error(
          key, node, "must be a number from \(bounds.lowerBound) to \(bounds.upperBound), or a word")
      }
      return .fixed(number)
    }
    switch node.string.flatMap(QualityName.init) {
    case .fixed?: return .fixed(nil)
    case .perceptual?: return .target(.perceptual)
    case .high?: return .target(.high)
    case .visuallyLossless?: return .target(.visuallyLossless)
    case nil:
      let words = QualityName.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(
        key, node, "must be \(words), or a number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
  }

  /// A text, or two numbers: `a,b`, `[a, b]`, or what `{key: a,b}` is to YAML, which ends a value in braces at its
  /// comma and takes the rest for a key without a value.
  mutating func pairOrString(_ key: String) throws(ConfigurationError) -> String? {
    guard let node = value(key) else { return nil }
    if case .sequence(let items) = node, items.count == 2, let a = items[0].string, let b = items[1].string {
      return "\(a),\(b)"
    }
    guard let text = try string(key) else { return nil }
    guard let index = entries.firstIndex(where: { $0.key == key }), index + 1 < entries.count,
      Double(text) != nil, Double(entries[index + 1].key) != nil, entries[index + 1].value.isNull
    else { return text }
    acceptedKeys.insert(entries[index + 1].key)
    return "\(text),\(entries[index + 1].key)"
  }

  /// Yes or no.
  mutating func bool(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let node = value(key) else { return nil }
    guard let flag = node.bool else { throw error(key, node, "must be true or false") }
    return flag
  }

  /// Whether a key has a mapping as its value.
  func isMapping(_ key: String) -> Bool {
    if case .mapping? = entries.first(where: { $0.key == key })?.value { return true }
    return false
  }

  /// Whether a key has a list as its value.
  func isSequence(_ key: String) -> Bool {
    if case .sequence? = entries.first(where: { $0.key == key })?.value { return true }
    return false
  }

  /// The keys in the order in which they are written.
  var keys: [String] { entries.map(\.key) }

  /// An error about a key's value.
  func refusal(_ key: String, _ message: String, advice: String? = nil) -> ConfigurationError {
    let name = path.isEmpty ? key : "\(path).\(key)"
    let value = entries.first { $0.key == key }?.value
    return Self.error(file, value ?? node, "\(name) \(message)", advice: advice)
  }

  /// An error about a key itself.
  func refusal(ofKey key: String, _ message: String, advice: String? = nil) -> ConfigurationError {
    Self.error(file, entries.first { $0.key == key }?.keyNode ?? node, message, advice: advice)
  }

  /// An error about the mapping as a whole.
  func refusal(_ message: String, advice: String? = nil) -> ConfigurationError {
    Self.error(file, node, "\(Self.name(path)) \(message)", advice: advice)
  }

  /// A mapping below this one.
  mutating func section(_ key: String) throws(ConfigurationError) -> ConfigurationSection? {
    guard let node = value(key) else { return nil }
    return try below(key, node)
  }

  /// A list of mappings.
  mutating func sections(_ key: String) throws(ConfigurationError) -> [ConfigurationSection]? {
    guard let node = value(key) else { return nil }
    var sections: [ConfigurationSection] = []
    for item in list(node) { sections.append(try below(key, item)) }
    return sections
  }

  /// A text that has to be there.
  mutating func requiredString(_ key: String) throws(ConfigurationError) -> String {
    guard let text = try string(key), !text.isEmpty else {
      throw Self.error(file, node, "\(Self.name(path)) needs a key '\(key)'")
    }
    return text
  }

  /// Refuses every key that nobody asked for, naming the nearest one that there is.
  func finish() throws(ConfigurationError) {
    for entry in entries where !acceptedKeys.contains(entry.key) {
      let nearest = acceptedKeys.min { distance($0, entry.key) < distance($1, entry.key) }
      let near = nearest.flatMap { distance($0, entry.key) <= max(2, entry.key.count / 2) ? $0 : nil }
      let location = path.isEmpty ? "" : " in \(path)"
      throw Self.error(
        file, entry.keyNode, "unknown key '\(entry.key)'\(location)",
        advice: near.map { "did you mean '\($0)'?" }
          ?? "the keys here are \(acceptedKeys.sorted().joined(separator: ", "))")
    }
  }

  /// The mapping of a key.
  private func below(_ key: String, _ node: Node) throws(ConfigurationError) -> ConfigurationSection {
    try ConfigurationSection(
      node, path: path.isEmpty ? key : "\(path).\(key)", file: file, kind(of: key) ?? .mapping([]))
  }

  private func kind(of key: String) -> Setting.Kind? {
    kind.settings.first { $0.key == key }?.kind ?? kind.ofNames
  }

  private func list(_ node: Node) -> [Node] {
    if case .sequence(let sequence) = node { return sequence.items }
    return [node]
  }

  private func distance(_ a: String, _ b: String) -> Int {
    Suggestion.distance(Array(a.lowercased().unicodeScalars), Array(b.lowercased().unicodeScalars))
  }

  private func error(_ key: String, _ node: Node, _ message: String) -> ConfigurationError {
    Self.error(file, node, "\(path.isEmpty ? key : "\(path).\(key)") \(message)")
  }

  private static func name(_ path: String) -> String { path.isEmpty ? "the configuration" : path }

  private static func error(
    _ file: String, _ node: Node, _ message: String, advice: String? = nil
  ) -> ConfigurationError {
    ConfigurationError(
      file: file, line: node.location.line, column: node.location.column, message: message, advice: advice)
  }
}
