import Foundation
import Manifest
import TOML
import Yams

/// The YAML at the top of a post, and where the body begins.
struct FrontMatter {
  /// A value and its place in the file, without quotes.
  struct Value {
    /// The key path, such as `gallery.0.path`.
    var field: String
    var text: String
    /// nil where the value is not written as it reads (escapes, folded lines).
    var range: ByteRange?
    /// The line of the value, from 1.
    var line: Int
  }

  /// The mapping, where there is one.
  private(set) var root: Node? {
    didSet {
      // Yams looks keys up one by one; a scan asks for fifty.
      for (key, value) in root?.mapping ?? [:] {
        if let name = key.scalar?.string { keys[name] = value }
      }
    }
  }
  /// The values by key.
  private(set) var keys: [String: Node] = [:]
  /// Where the body begins.
  private(set) var bodyStart: Int
  /// What is wrong with the YAML.
  private(set) var problem: (line: Int?, message: String)?

  /// How the values are written.
  private(set) var form = Form.yaml
  /// The values of the forms that are not read by Yams.
  private var tree: MatterTree?
  private var start = 0
  private var yaml: [UInt8] = []
  /// The number of lines above the values.
  private var firstLine = 1

  /// Reads the front matter of a file as Jekyll finds it (`YAML_FRONT_MATTER_REGEXP`): `---` on the first line, up
  /// to a line of `---` or `...`.
  ///
  /// - Parameters:
  ///   - file: the post's bytes.
  ///   - from: where the text begins, behind a byte order mark.
  init(_ file: [UInt8], from: Int) {
    bodyStart = from
    guard let first = Self.headerEnd(file, from: from), let close = Self.closing(file, from: first) else {
      return
    }
    bodyStart = close.end
    readYAML(file, first..<close.start)
  }

  /// Not in the initialiser, where setting a property calls no observer.
  private mutating func compose() throws {
    // Texts are all that is asked for, so no regular expression need find out their types; and the default encoding is
    // looked up in the environment at every call.
    root = try Yams.compose(yaml: String(decoding: yaml, as: UTF8.self), .basic, .default, .utf8)
  }

  /// The front matter of a file that has none: the body begins at once.
  init(withoutHeader bodyStart: Int) { self.bodyStart = bodyStart }

  /// A form in which generators take front matter.
  enum Form: Sendable, CaseIterable {
    /// Between lines of `---`.
    case yaml
    /// Between lines of `+++`.
    case toml
    /// A JSON object at the file's start, or between `---json` and `---`.
    case json
    /// Lines of `Key: value` up to the first blank one, as Python-Markdown's `meta` extension reads them.
    case metadata
  }

  /// Reads the front matter of a file in whichever of some forms it is written.
  init(_ file: [UInt8], from: Int, forms: Set<Form>) {
    bodyStart = from
    if forms.contains(.toml), file.has("+++", at: from) {
      readTOML(file, from)
    } else if forms.contains(.json), let object = Self.jsonObject(file, from) {
      form = .json
      bodyStart = object.bodyStart
      readYAML(file, object.range)
    } else if forms.contains(.yaml), let first = Self.headerEnd(file, from: from),
      let close = Self.closing(file, from: first)
    {
      bodyStart = close.end
      readYAML(file, first..<close.start)
      if problem != nil, forms.contains(.metadata) {
        problem = nil
        readMetadata(file, from)
      }
    } else if forms.contains(.metadata) {
      readMetadata(file, from)
    }
  }

  private mutating func readYAML(_ file: [UInt8], _ range: Range<Int>) {
    start = range.lowerBound
    firstLine = file[..<start].count { $0 == .newline }
    yaml = Array(file[range])
    guard yaml.contains(where: { !$0.isWhitespace }) else { return }
    do {
      try compose()
    } catch let error as YamlError {
      problem = Self.describe(error)
    } catch {
      problem = (nil, "\(error)")
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
    start = first
    bodyStart = file.lineEnd(from: line)
    yaml = Array(file[first..<line])
    do throws(TOMLProblem) {
      tree = try TOMLMatter.tree(file, first..<line)
    } catch {
      problem = (error.line, error.message)
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
    var entries: [(key: String, value: MatterTree)] = []
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
      let scalar = MatterTree.Scalar(
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

  static func describe(_ error: YamlError) -> (line: Int?, message: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      // The line of `---` comes first.
      return (mark.line + 1, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (context.mark.line + 1, "the key \(duplicates.joined(separator: ", ")) is there twice")
    case .reader(let problem, _, _, _): return (nil, problem)
    default: return (nil, "\(error)")
    }
  }

  /// The text of a top-level key's scalar; nil where there is none, or null.
  func text(_ key: String) -> String? { tree?[key]?.text ?? YAML.text(keys[key]) }

  /// Whether there is any front matter.
  var isEmpty: Bool { tree == nil && root == nil && problem == nil && yaml.isEmpty }

  /// The values of a key that lists words, as Jekyll reads `categories`.
  func words(_ key: String) -> [String] {
    if let tree { return tree[key]?.texts ?? [] }
    guard let node = keys[key] else { return [] }
    if let sequence = node.sequence { return sequence.compactMap(YAML.text) }
    return YAML.text(node)?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
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
          let range = scalar.range.map { ByteRange($0.lowerBound, $0.upperBound) }
          values.append(Value(field: name, text: scalar.text, range: range, line: scalar.line))
        }
      }
    }
    var seen: Set<String> = []
    return values.filter { seen.insert($0.range.map { "\($0.start)" } ?? $0.field).inserted }
  }

  /// The values of some top-level keys of YAML or JSON.
  private func yamlTree(_ wanted: ImageFields) -> MatterTree? {
    let found = keys.filter { wanted.mayHold($0.key) }
    guard !found.isEmpty else { return nil }
    let lines = LineIndex(yaml)
    return .mapping(
      found.compactMap { key, node in
        let tree = Self.tree(of: node, depth: 0) { scalar, mark in
          let range = place(of: scalar, mark, lines).map { start + $0.lowerBound..<start + $0.upperBound }
          return MatterTree.Scalar(
            text: Self.trimmed(scalar.string), range: range,
            line: firstLine + mark.line)
        }
        return tree.map { (key, $0) }
      })
  }

  /// Without whitespace at its ends, of which most values have none.
  private static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    if (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) { return text }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func tree(
    of node: Node, depth: Int, _ scalar: (Node.Scalar, Mark) -> MatterTree.Scalar
  ) -> MatterTree? {
    // Deeper than any theme nests its images, and anchors may make a document that is endless.
    guard depth < 6 else { return nil }
    switch node {
    case .scalar(let value):
      guard YAML.text(node) != nil, let mark = value.mark else { return nil }
      return .scalar(scalar(value, mark))
    case .sequence(let sequence):
      // Items without a value keep their number.
      return .list(
        sequence.map {
          tree(of: $0, depth: depth + 1, scalar) ?? .mapping([])
        })
    case .mapping(let mapping):
      return .mapping(
        mapping.compactMap { key, value in
          guard let name = YAML.text(key), let tree = tree(of: value, depth: depth + 1, scalar) else {
            return nil
          }
          return (name, tree)
        })
    case .alias: return nil
    }
  }

  /// Where a scalar's value stands in the YAML, if its bytes are there as it reads.
  private func place(of scalar: Node.Scalar, _ mark: Mark, _ lines: LineIndex) -> Range<Int>? {
    let text = Self.trimmed(scalar.string)
    let value = Array(text.utf8)
    guard !value.isEmpty, let offset = lines.offset(line: mark.line, column: mark.column) else { return nil }
    var at = offset
    if at < yaml.count, yaml[at] == .quote || yaml[at] == .apostrophe { at += 1 }
    if stands(value, at: at) { return at..<(at + value.count) }
    // Behind an anchor, a tag or the mark of a block scalar.
    let limit = min(yaml.count, offset + value.count + 512)
    while at + value.count <= limit {
      if stands(value, at: at),
        yaml[at - 1].isWhitespace || yaml[at - 1] == .quote || yaml[at - 1] == .apostrophe
      {
        return at..<(at + value.count)
      }
      at += 1
    }
    return nil
  }

  private func stands(_ value: [UInt8], at position: Int) -> Bool {
    position >= 0 && position + value.count <= yaml.count
      && yaml[position..<(position + value.count)].elementsEqual(value)
  }

  /// The starts of the lines that libyaml counts: it breaks them at U+0085, U+2028 and U+2029 as well.
  private struct LineIndex {
    private let yaml: [UInt8]
    private var starts = [0]

    init(_ yaml: [UInt8]) {
      self.yaml = yaml
      var i = 0
      while i < yaml.count {
        switch yaml[i] {
        case .newline: starts.append(i + 1)
        case UInt8(ascii: "\r"):
          if i + 1 >= yaml.count || yaml[i + 1] != .newline { starts.append(i + 1) }
        case 0xC2 where i + 1 < yaml.count && yaml[i + 1] == 0x85: starts.append(i + 2)
        case 0xE2
        where i + 2 < yaml.count && yaml[i + 1] == 0x80 && (yaml[i + 2] == 0xA8 || yaml[i + 2] == 0xA9):
          starts.append(i + 3)
        default: break
        }
        i += 1
      }
    }

    /// The byte offset of a mark, whose column counts Unicode scalars from 1.
    func offset(line: Int, column: Int) -> Int? {
      guard line >= 1, line <= starts.count else { return nil }
      var i = starts[line - 1]
      for _ in 1..<max(1, column) {
        guard let scalar = yaml.scalar(at: i) else { return nil }
        i += scalar.length
      }
      return i
    }
  }
}

/// Readings of YAML nodes.
enum YAML {
  /// The text of a scalar; nil for anything else and for null.
  static func text(_ node: Node?) -> String? {
    guard let scalar = node?.scalar else { return nil }
    if scalar.style == .plain || scalar.style == .any {
      switch scalar.string {
      case "", "~", "null", "Null", "NULL": return nil
      default: break
      }
    }
    return scalar.string
  }

  /// A scalar as true or false.
  static func bool(_ node: Node?) -> Bool? {
    switch text(node)?.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// The texts of a list.
  static func list(_ node: Node?) -> [String]? { node?.sequence.map { $0.compactMap(text) } }
}
