import AssetModel
import DataFormats
import Foundation

/// What can be read of configurations without running them: values of YAML, TOML and JSON, and the literals of
/// JavaScript and Python.
enum ConfigurationText {
  /// A configuration in YAML, TOML or JSON, by the file's extension; nil for an empty one.
  ///
  /// - Throws: ``ScanError/badConfiguration(file:line:message:)``, ``ScanError/unreadable(file:message:)``
  static func tree(_ file: String, in folder: SiteFolder) throws(ScanError) -> FrontMatterValue? {
    var problems: [Diagnostic] = []
    return try tree(file, in: folder, .strict, &problems)
  }

  /// A configuration as a generator with some habits reads it.
  ///
  /// - Parameter problems: gets the problems of the file.
  /// - Throws: ``ScanError/badConfiguration(file:line:message:)``, ``ScanError/unreadable(file:message:)``
  static func tree(
    _ file: String, in folder: SiteFolder, _ habits: YAMLHabits, _ problems: inout [Diagnostic]
  ) throws(ScanError) -> FrontMatterValue? {
    let text = try folder.text(file)
    if file.hasSuffix(".toml") {
      do throws(TOMLProblem) {
        return try TOMLFrontMatter.tree(Array(text.utf8))
      } catch {
        throw .badConfiguration(file: file, line: error.line, message: error.message)
      }
    }
    let document: Document
    do throws(YAMLError) {
      // JSON is YAML as well.
      document = try Document(text, merging: habits.merging)
    } catch {
      throw .badConfiguration(file: file, line: error.location.line, message: error.problem)
    }
    if let repeated = document.repeatedKeys, !habits.takesRepeatedKeys {
      throw .badConfiguration(file: file, line: repeated.mapping.line, message: repeated.message)
    }
    problems += document.duplicateKeys.map { $0.problem(in: file) }
    return document.root.flatMap { tree(of: $0, depth: 0) }
  }

  private static func tree(of node: Node, depth: Int) -> FrontMatterValue? {
    guard depth < 16 else { return nil }
    switch node {
    case .scalar: return node.text.map { .scalar(FrontMatterValue.Scalar(text: $0, range: nil, line: 1)) }
    case .sequence(let items): return .list(items.compactMap { tree(of: $0, depth: depth + 1) })
    case .mapping(let entries):
      return .mapping(
        entries.compactMap { key, value in
          // A key without a value is there all the same: `- blog:` in a list of plugins.
          guard let name = key.text else { return nil }
          return (name, tree(of: value, depth: depth + 1) ?? .list([]))
        })
    }
  }

  /// JavaScript or Python without its comments; texts in quotes stay as they are.
  static func code(_ text: String, isPython: Bool) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    var quote: UInt8?
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      if let open = quote {
        out.append(byte)
        if byte == .backslash, i + 1 < bytes.count {
          i += 1
          out.append(bytes[i])
        } else if byte == open || (byte == .newline && open != .backtick) {
          quote = nil
        }
      } else if byte == .quote || byte == .apostrophe || byte == .backtick {
        quote = byte
        out.append(byte)
      } else if isPython ? byte == .hash : bytes.has("//", at: i) {
        while i < bytes.count, bytes[i] != .newline { i += 1 }
        continue
      } else if !isPython, bytes.has("/*", at: i) {
        i = (bytes.find("*/", from: i + 2) ?? bytes.count) + 2
        continue
      } else {
        out.append(byte)
      }
      i += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The text literal given to a key: `key: "…"`, `key = '…'`.
  static func string(_ key: String, in code: String) -> String? {
    guard let match = firstMatch("(?<![\\w.])\(key)['\"]?\\s*[:=]\\s*u?(['\"`])([^'\"`\\n]*)\\1", in: code)
    else {
      return nil
    }
    return match[2]
  }

  /// Whether a key is given `true` (or `True`), or `false`; nil where it is given neither.
  static func bool(_ key: String, in code: String) -> Bool? {
    firstMatch("(?<![\\w.])\(key)['\"]?\\s*[:=]\\s*(true|false|True|False)\\b", in: code).map {
      $0[1].lowercased() == "true"
    }
  }

  /// The text literals of a list given to a key.
  static func strings(_ key: String, in code: String) -> [String]? {
    guard let match = firstMatch("(?<![\\w.])\(key)['\"]?\\s*[:=]\\s*[\\[(]([^\\])]*)[\\])]", in: code) else {
      return nil
    }
    return matches("(['\"`])([^'\"`\\n]*)\\1", in: match[1]).map { $0[2] }
  }

  /// The groups of a regular expression's first match.
  static func firstMatch(_ pattern: String, in text: String) -> [String]? { matches(pattern, in: text).first }

  /// The groups of each match.
  static func matches(_ pattern: String, in text: String) -> [[String]] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).map { match in
      (0..<match.numberOfRanges).map { Range(match.range(at: $0), in: text).map { String(text[$0]) } ?? "" }
    }
  }
}

extension FrontMatterValue {
  /// The value at a dotted key path, capitals and small letters alike.
  func find(_ path: String) -> FrontMatterValue? {
    var node: FrontMatterValue? = self
    for key in path.split(separator: ".") {
      guard case .mapping(let entries)? = node else { return nil }
      node = entries.first { $0.key.lowercased() == key.lowercased() }?.value
    }
    return node
  }

  /// The keys of a mapping.
  var keys: [String] {
    if case .mapping(let entries) = self { return entries.map(\.key) }
    return []
  }

  /// A scalar as true or false.
  var bool: Bool? {
    switch text?.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }
}
