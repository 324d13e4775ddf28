import AssetModel
import DataFormats
import Foundation

/// The YAML at the top of a post, and where the body begins.
struct FrontMatter {
  /// A value and its range in the file, without quotes.
  struct Value {
    /// The key path, such as `gallery.0.path`.
    var field: String
    var text: String
    /// nil where the value is not written as it reads (escapes, folded lines).
    var range: ByteRange?
    /// The line of the value, from 1.
    var line: Int
  }

  /// What is wrong with front matter.
  struct Defect {
    /// The line of the file, from 1.
    var line: Int
    var message: String
    /// Whether the values are read all the same, as the generator reads them.
    var isHarmless = false
  }

  /// The value of the YAML, where there is one.
  private(set) var root: Node?
  /// The values by key: a mapping looks keys up one by one, and a scan asks for fifty.
  private(set) var keys: [String: Node] = [:]
  /// Where the body begins.
  private(set) var bodyStart: Int
  private(set) var problem: Defect?

  /// How the values are written.
  private(set) var form = Form.yaml
  /// The values of the forms that are not YAML.
  private var tree: FrontMatterValue?
  /// The text that the values were read from, where it is not the file's own, and the file.
  private var moved: (text: SourceText, file: [UInt8])?
  /// Whether there is anything between the lines that begin and end the front matter.
  private var hasText = false
  /// Whether no line ends what looks like front matter, so that there is none.
  private var isUnclosed = false
  private let file: [UInt8]
  /// The number of lines above the YAML.
  private var linesAbove = 0

  /// Reads the front matter of a file as Jekyll finds it (`YAML_FRONT_MATTER_REGEXP`): `---` on the first line, up
  /// to a line of `---` or `...`.
  ///
  /// - Parameters:
  ///   - file: the post's bytes.
  ///   - from: where the text begins, behind a byte order mark.
  ///   - habits: those of the generator's YAML reader.
  init(_ file: [UInt8], from: Int, habits: YAMLHabits = .psych) {
    self.file = file
    bodyStart = from
    guard let first = Self.headerEnd(file, from: from), let close = Self.closing(file, from: first) else {
      findUnclosed(from)
      return
    }
    bodyStart = close.end
    readYAML(first..<close.start, habits)
  }

  /// The front matter of a file that has none: the body begins at once.
  init(withoutHeader bodyStart: Int) {
    file = []
    self.bodyStart = bodyStart
  }

  /// Metadata that a format has in its own way.
  ///
  /// - Parameters:
  ///   - entries: the values by their names.
  ///   - bodyStart: where the body begins, which may hold them.
  init(_ entries: [(key: String, value: FrontMatterValue)], bodyStart: Int) {
    file = []
    self.bodyStart = bodyStart
    form = .metadata
    tree = .mapping(entries)
  }

  /// Gives the values the offsets of the file that their text was read from.
  mutating func move(to text: SourceText, in file: [UInt8], bodyStart: Int) {
    moved = (text, file)
    self.bodyStart = bodyStart
    guard let problem else { return }
    let line = line(of: min(start(ofLine: problem.line), text.count - 1))
    self.problem?.line = line
  }

  private func start(ofLine number: Int) -> Int {
    var line = 1
    return file.firstIndex { byte in
      if line == number { return true }
      if byte == .newline { line += 1 }
      return false
    } ?? 0
  }

  private func line(of offset: Int) -> Int {
    guard let moved, offset >= 0, offset < moved.text.count else { return 1 }
    return 1 + moved.file[..<moved.text.origins[offset]].count { $0 == .newline }
  }

  /// A form in which generators take front matter.
  enum Form: Sendable, CaseIterable {
    /// Between lines of `---`.
    case yaml
    /// Down to a line of `---`, with none above (Hexo).
    case unopened
    /// Between lines of `+++`.
    case toml
    /// A JSON object at the file's start, or between `---json` and `---`.
    case json
    /// Lines of `Key: value` up to the first blank one, as Python-Markdown's `meta` extension reads them.
    case metadata
  }

  /// Reads the front matter of a file in whichever of some forms it is written.
  init(_ file: [UInt8], from: Int, forms: Set<Form>, habits: YAMLHabits = .strict) {
    self.file = file
    bodyStart = from
    if forms.contains(.toml), file.has("+++", at: from) {
      readTOML(file, from)
    } else if forms.contains(.json), let object = Self.jsonObject(file, from) {
      form = .json
      bodyStart = object.bodyStart
      readYAML(object.range, habits)
    } else if forms.contains(.yaml), let first = Self.headerEnd(file, from: from),
      let close = Self.closing(file, from: first)
    {
      bodyStart = close.end
      readYAML(first..<close.start, habits)
      if problem?.isHarmless == false, forms.contains(.metadata) {
        problem = nil
        readMetadata(file, from)
      }
    } else if forms.contains(.unopened), let close = Self.unopened(file, from: from) {
      readYAML(from..<close.start, habits)
      if keys.isEmpty {
        (root, problem, hasText) = (nil, nil, false)
      } else {
        bodyStart = close.end
      }
    } else if forms.contains(.metadata) {
      readMetadata(file, from)
    }
    if forms.contains(.yaml) { findUnclosed(from) }
  }

  /// Tells of front matter that no line ends, which is shown as text.
  private mutating func findUnclosed(_ from: Int) {
    guard isEmpty, problem == nil, let first = Self.headerEnd(file, from: from),
      Self.closing(file, from: first) == nil
    else { return }
    var end = first
    while end < file.count, file[end].isLetter || file[end].isDigit || file[end] == .underscore { end += 1 }
    guard end > first, end + 1 < file.count, file[end] == .colon, file[end + 1].isWhitespace else { return }
    problem = Defect(line: 1, message: "no line of --- ends it")
    isUnclosed = true
  }

  /// Where values end above which no line of `---` stands: the first line that begins with one (hexo-front-matter). The
  /// values of a mapping begin in the first line, so that a text with a rule in it is not read in vain.
  private static func unopened(_ file: [UInt8], from: Int) -> (start: Int, end: Int)? {
    var line = file.lineEnd(from: from)
    guard from < line, file[from].isLetter || file[from] == UInt8(ascii: "#"),
      file[from] == UInt8(ascii: "#") || file.find(.colon, in: from..<line) != nil
    else { return nil }
    while line < file.count {
      if file.has("---", at: line) {
        var end = line
        while end < file.count, file[end] == .dash { end += 1 }
        return (line, file.restIsBlank(from: end) ?? end)
      }
      line = file.lineEnd(from: line)
    }
    return nil
  }

  private mutating func readYAML(_ range: Range<Int>, _ habits: YAMLHabits) {
    hasText = !range.isEmpty
    linesAbove = file[..<range.lowerBound].count { $0 == .newline }
    guard file[range].contains(where: { !$0.isWhitespace }) else { return }
    do throws(YAMLError) {
      let document = try Document(utf8: file[range], merging: habits.merging)
      if let repeated = document.repeatedKeys {
        problem = Defect(
          line: linesAbove + repeated.mapping.line, message: repeated.message,
          isHarmless: habits.takesRepeatedKeys)
        guard habits.takesRepeatedKeys else { return }
      }
      root = document.root
      for (key, value) in document.root?.mapping?.entries ?? [] {
        if let name = key.string { keys[name] = value }
      }
    } catch {
      problem = Defect(line: linesAbove + error.location.line, message: error.problem)
    }
  }

  private mutating func readTOML(_ file: [UInt8], _ from: Int) {
    guard let first = file.restIsBlank(from: from + 3) else { return }
    var line = first
    while line < file.count, !(file.has("+++", at: line) && file.restIsBlank(from: line + 3) != nil) {
      line = file.lineEnd(from: line)
    }
    guard line < file.count else { return }
    form = .toml
    hasText = first < line
    bodyStart = file.lineEnd(from: line)
    do throws(TOMLProblem) {
      tree = try TOMLFrontMatter.tree(file, first..<line)
    } catch {
      problem = Defect(line: error.line, message: error.message)
    }
  }

  /// The object that a file begins with.
  private static func jsonObject(_ file: [UInt8], _ from: Int) -> (range: Range<Int>, bodyStart: Int)? {
    if file.has("---json", at: from), let first = file.restIsBlank(from: from + 7),
      let close = closing(file, from: first)
    {
      return (first..<close.start, close.end)
    }
    guard from < file.count, file[from] == .openBrace, file.count > from + 1,
      file[from + 1].isWhitespace || file[from + 1] == .quote
    else { return nil }
    var depth = 0
    var i = from
    var isString = false
    while i < file.count {
      switch file[i] {
      case .backslash where isString: i += 1
      case .quote: isString.toggle()
      case .openBrace where !isString: depth += 1
      case .closeBrace where !isString:
        depth -= 1
        if depth == 0 { return (from..<i + 1, file.lineEnd(from: i)) }
      default: break
      }
      i += 1
    }
    return nil
  }

  /// Python-Markdown's `meta` extension: `Key: value` (at most three spaces in front), values that go on in lines
  /// with four, an optional `---` in front and `---` or `...` behind.
  private mutating func readMetadata(_ file: [UInt8], _ from: Int) {
    var at = from
    var line = 1
    var entries: [(key: String, value: FrontMatterValue)] = []
    if file.has("---", at: at), let next = file.restIsBlank(from: at + 3) {
      at = next
      line += 1
    }
    while at < file.count {
      let next = file.lineEnd(from: at)
      let text = at..<next
      let isRule = file.has("---", at: at) || file.has("...", at: at)
      let first = file.skipBlanks(from: at)
      guard first < next, file[first] != .newline, file[first] != UInt8(ascii: "\r"), !isRule else {
        at = next
        break
      }
      if first - at >= 4, !entries.isEmpty {
        at = next
        line += 1
        continue
      }
      var colon = first
      while colon < next,
        file[colon].isLetter || file[colon].isDigit || file[colon] == .dash
          || file[colon] == .underscore
      {
        colon += 1
      }
      guard first - at < 4, colon > first, colon < next, file[colon] == .colon else { break }
      var low = file.skipBlanks(from: colon + 1)
      var high = text.upperBound
      while high > low, file[high - 1].isWhitespace { high -= 1 }
      low = min(low, high)
      let scalar = FrontMatterValue.Scalar(
        text: file.string(low..<high), range: low < high ? low..<high : nil, line: line)
      entries.append((file.string(first..<colon).lowercased(), .scalar(scalar)))
      at = next
      line += 1
    }
    guard !entries.isEmpty else { return }
    form = .metadata
    tree = .mapping(entries)
    bodyStart = at
  }

  /// `has_yaml_header?`: the position behind the first line, if it is `---`.
  static func headerEnd(_ file: [UInt8], from: Int) -> Int? {
    guard file.has("---", at: from) else { return nil }
    return file.restIsBlank(from: from + 3)
  }

  private static func closing(_ file: [UInt8], from: Int) -> (start: Int, end: Int)? {
    var line = from
    while line < file.count {
      let end = file.lineEnd(from: line)
      if file.has("---", at: line) || file.has("...", at: line) {
        let rest = file.skipWhitespace(from: line + 3)
        if rest >= end || rest >= file.count { return (line, end) }
      }
      line = end
    }
    return nil
  }

  /// The text of a top-level key's scalar; nil where there is none, or null.
  func text(_ key: String) -> String? { tree?[key]?.text ?? keys[key]?.text }

  /// Whether there is any front matter.
  var isEmpty: Bool { tree == nil && root == nil && (problem == nil || isUnclosed) && !hasText }

  /// The values of a key that lists words, as Jekyll reads `categories`.
  func words(_ key: String) -> [String] {
    if let tree { return tree[key]?.texts ?? [] }
    guard let node = keys[key] else { return [] }
    return node.texts ?? node.text?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
  }

  /// The values of the fields that name images.
  ///
  /// - Parameter fields: where to look.
  func images(_ fields: ImageFields) -> [Value] {
    guard let tree = tree ?? yamlTree(fields) else { return [] }
    var values: [Value] = []
    for field in fields.paths(in: tree) {
      for (path, value) in tree.values(at: field[...]) {
        for (name, scalar) in value.images(field: path) {
          let range = scalar.range.map {
            moved?.text.fileRange($0) ?? ByteRange($0.lowerBound, $0.upperBound)
          }
          let line = moved == nil ? scalar.line : line(of: scalar.range?.lowerBound ?? 0)
          values.append(Value(field: name, text: scalar.text, range: range, line: line))
        }
      }
    }
    var positions: Set<String> = []
    return values.filter { positions.insert($0.range.map { "\($0.start)" } ?? $0.field).inserted }
  }

  /// The values of some top-level keys of YAML or JSON.
  private func yamlTree(_ wanted: ImageFields) -> FrontMatterValue? {
    var entries: [(key: String, value: FrontMatterValue)] = []
    for (key, value) in root?.mapping?.entries ?? [] {
      guard let name = key.string, wanted.mayHold(name) else { continue }
      if let tree = tree(of: value, depth: 0) { entries.append((name, tree)) }
    }
    return entries.isEmpty ? nil : .mapping(entries)
  }

  /// Without whitespace at its ends, of which most values have none.
  private static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    if (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) { return text }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func tree(of node: Node, depth: Int) -> FrontMatterValue? {
    // Deeper than any theme nests its images, and anchors may make a document that is endless.
    guard depth < 6 else { return nil }
    switch node {
    case .scalar(let scalar):
      guard !scalar.isNull else { return nil }
      let text = Self.trimmed(scalar.string)
      return .scalar(
        FrontMatterValue.Scalar(
          text: text, range: scalar.bytes(of: text, in: file), line: linesAbove + scalar.location.line))
    case .sequence(let items):
      // Items without a value keep their number.
      return .list(items.map { tree(of: $0, depth: depth + 1) ?? .mapping([]) })
    case .mapping(let mapping):
      return .mapping(
        mapping.compactMap { key, value in
          guard let name = key.text, let tree = tree(of: value, depth: depth + 1) else { return nil }
          return (name, tree)
        })
    }
  }
}
