import Foundation
import Manifest
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

  private var start = 0
  private var yaml: [UInt8] = []
  private var firstLine = 1

  /// Reads the front matter of a file as Jekyll finds it (`YAML_FRONT_MATTER_REGEXP`): `---` on the first line, up
  /// to a line of `---` or `...`.
  ///
  /// - Parameters:
  ///   - file: the post's bytes.
  ///   - from: where the text begins, behind a byte order mark.
  init(_ file: [UInt8], from: Int) {
    bodyStart = from
    guard let end = Self.headerEnd(file, from: from), let close = Self.closing(file, from: end) else {
      return
    }
    bodyStart = close.end
    start = end
    yaml = Array(file[end..<close.start])
    guard yaml.contains(where: { !$0.isWhitespace }) else { return }
    do {
      try compose()
    } catch let error as YamlError {
      problem = Self.describe(error)
    } catch {
      problem = (nil, "\(error)")
    }
  }

  /// Not in the initialiser, where setting a property calls no observer.
  private mutating func compose() throws {
    root = try Yams.compose(yaml: String(decoding: yaml, as: UTF8.self))
  }

  /// The front matter of a file that has none: the body begins at once.
  init(withoutHeader bodyStart: Int) { self.bodyStart = bodyStart }

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

  private static func describe(_ error: YamlError) -> (line: Int?, message: String) {
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
  func text(_ key: String) -> String? { YAML.text(keys[key]) }

  /// The values of a key that lists words, as Jekyll reads `categories`.
  func words(_ key: String) -> [String] {
    guard let node = keys[key] else { return [] }
    if let sequence = node.sequence { return sequence.compactMap(YAML.text) }
    return YAML.text(node)?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
  }

  /// The values of the fields that name images.
  ///
  /// - Parameter fields: dotted key paths.
  func images(_ fields: [String]) -> [Value] {
    guard !keys.isEmpty else { return [] }
    var values: [Value] = []
    var lines: LineIndex?
    for field in fields {
      let path = field.split(separator: ".").map(String.init)
      guard let first = path.first else { continue }
      var node = keys[first]
      for key in path.dropFirst() { node = node?.mapping.flatMap { $0[key] } }
      guard let node else { continue }
      collect(node, field, &values, &lines, depth: 0)
    }
    var seen: Set<String> = []
    return values.filter { value in
      let key = value.range.map { "\($0.start)" } ?? value.field
      return seen.insert(key).inserted
    }
  }

  /// The keys under which a mapping keeps an image.
  private static let imageKeys = ["path", "src", "url", "image", "image_path", "feature", "teaser", "thumb"]

  private func collect(
    _ node: Node,
    _ field: String,
    _ values: inout [Value],
    _ lines: inout LineIndex?,
    depth: Int
  ) {
    guard depth < 3 else { return }
    switch node {
    case .scalar(let scalar):
      guard YAML.text(node) != nil, let mark = scalar.mark else { return }
      let index = lines ?? LineIndex(yaml)
      lines = index
      let place = place(of: scalar, mark, index)
      let text = scalar.string.trimmingCharacters(in: .whitespacesAndNewlines)
      values.append(
        Value(
          field: field,
          text: text,
          range: place.map { ByteRange(start + $0.lowerBound, start + $0.upperBound) },
          line: mark.line + 1
        )
      )
    case .sequence(let sequence):
      for (index, item) in sequence.enumerated() {
        collect(item, "\(field).\(index)", &values, &lines, depth: depth + 1)
      }
    case .mapping(let mapping):
      for key in Self.imageKeys {
        if let item = mapping[key] { collect(item, "\(field).\(key)", &values, &lines, depth: depth + 1) }
      }
    case .alias: return
    }
  }

  /// Where a scalar's value stands in the YAML, if its bytes are there as it reads.
  private func place(of scalar: Node.Scalar, _ mark: Mark, _ lines: LineIndex) -> Range<Int>? {
    let text = scalar.string.trimmingCharacters(in: .whitespacesAndNewlines)
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
