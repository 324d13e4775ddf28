import Foundation
import Manifest
import TOML
import YAML

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
      // A mapping looks keys up one by one; a scan asks for fifty.
      guard let mapping = root?.mapping else { return }
      for (key, value) in mapping {
        if let name = key.string { keys[name] = value }
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
  /// The values of the forms that are not YAML.
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
  private mutating func compose() throws(YAMLError) {
    let document = try Document(utf8: yaml)
    root = document.root
    // The generators that read YAML take the last value; what is told helps the author all the same.
    problem = document.duplicateKeys.first.map(Self.describe)
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
    do throws(YAMLError) {
      try compose()
    } catch {
      // The line of `---` comes first.
      problem = (error.line + 1, error.problem)
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

  /// The text of a top-level key's scalar; nil where there is none, or null.
  func text(_ key: String) -> String? { tree?[key]?.text ?? keys[key]?.text }

  /// Whether there is any front matter.
  var isEmpty: Bool { tree == nil && root == nil && problem == nil && yaml.isEmpty }

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
    return .mapping(
      found.compactMap { key, node in
        let tree = Self.tree(of: node, depth: 0) { scalar in
          MatterTree.Scalar(
            text: Self.trimmed(scalar.string), range: place(of: scalar), line: firstLine + scalar.place.line)
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
    of node: Node, depth: Int, _ scalar: (Node.Scalar) -> MatterTree.Scalar
  ) -> MatterTree? {
    // Deeper than any theme nests its images, and anchors may make a document that is endless.
    guard depth < 6 else { return nil }
    switch node {
    case .scalar(let value):
      return value.isNull ? nil : .scalar(scalar(value))
    case .sequence(let sequence):
      // Items without a value keep their number.
      return .list(
        sequence.map {
          tree(of: $0, depth: depth + 1, scalar) ?? .mapping([])
        })
    case .mapping(let mapping):
      return .mapping(
        mapping.compactMap { key, value in
          guard let name = key.text, let tree = tree(of: value, depth: depth + 1, scalar) else {
            return nil
          }
          return (name, tree)
        })
    }
  }

  /// Where a scalar's value stands in the file, if its bytes are there as it reads.
  private func place(of scalar: Node.Scalar) -> Range<Int>? {
    let value = Array(Self.trimmed(scalar.string).utf8)
    guard !value.isEmpty else { return nil }
    // In front of it are its quote, an anchor, a tag, or the mark of a block scalar.
    let written = scalar.place.bytes
    var at = written.lowerBound
    while at + value.count <= written.upperBound {
      if yaml[at..<at + value.count].elementsEqual(value), at == written.lowerBound || yaml[at - 1].endsPrefix
      {
        return start + at..<start + at + value.count
      }
      at += 1
    }
    return nil
  }

  /// What is said of a key that stands twice.
  private static func describe(_ key: Document.DuplicateKey) -> (line: Int?, message: String) {
    (key.mapping.line + 1, "the key \(key.name) is there twice")
  }
}

extension UInt8 {
  /// Whether a value may begin behind this byte.
  fileprivate var endsPrefix: Bool { isWhitespace || self == .quote || self == .apostrophe }
}
