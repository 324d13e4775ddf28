import Foundation
import TOMLKit

/// TOML with the places of its values.
///
/// The places come from a lexer of our own, since no library tells them; what a value *is* comes from TOMLKit, and a
/// place whose bytes are not that value is not used.
struct TOMLMatter {
  /// The document.
  let tree: MatterTree

  /// Reads TOML front matter.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - range: the TOML in it.
  /// - Returns: nil where the text is no TOML.
  init?(_ file: [UInt8], _ range: Range<Int>) {
    var lexer = TOMLLexer(file, range)
    guard let entries = lexer.entries() else { return nil }
    let root = Branch()
    for entry in entries where !root.add(entry.value, at: entry.path[...]) { return nil }
    tree = root.tree
  }

  /// Text that is no TOML at a line.
  struct Unreadable: Error, CustomStringConvertible {
    /// The line, from 1.
    var line: Int
    var message: String
    var description: String { "line \(line): \(message)" }
  }

  /// Where our lexer gives up on a text; nil where it can follow it. Only what it can follow is handed to TOMLKit, whose
  /// parser (toml++ 3.3) ends the process at a header such as `[<` or a list such as `[}`.
  private static func unreadable(_ text: String) -> Unreadable? {
    // The parser passes over a byte order mark at the document's start.
    let bytes = Array((text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]).utf8)
    var lexer = TOMLLexer(bytes, 0..<bytes.count)
    guard lexer.entries() == nil else { return nil }
    let message =
      lexer.isInHeader
      ? "a table's header does not begin with a key" : "no key, value or bracket that TOML knows"
    return Unreadable(line: lexer.line, message: message)
  }

  /// What is wrong with a text; nil where it is TOML.
  static func problem(_ text: String, firstLine: Int) -> (line: Int, message: String)? {
    if let found = unreadable(text) { return (firstLine + found.line - 1, found.message) }
    do {
      _ = try TOMLTable(string: text)
      return nil
    } catch let error as TOMLParseError {
      return (firstLine + error.source.begin.line - 1, error.description)
    } catch {
      return (firstLine, "\(error)")
    }
  }

  /// A whole document, its values as TOMLKit reads them.
  ///
  /// - Throws: `TOMLParseError`, or ``Unreadable``
  static func document(_ text: String) throws -> MatterTree {
    if let found = unreadable(text) { throw found }
    let table = try TOMLTable(string: text)
    return tree(of: table)
  }

  /// The string at a key path whose list indices are numbers, as TOMLKit reads it.
  static func string(_ text: String, at paths: [String]) -> [String: String] {
    guard unreadable(text) == nil, let table = try? TOMLTable(string: text) else { return [:] }
    let tree = Self.tree(of: table)
    var found: [String: String] = [:]
    for path in paths {
      var node: MatterTree? = tree
      for key in path.split(separator: ".") {
        if case .list(let items)? = node, let index = Int(key), items.indices.contains(index) {
          node = items[index]
        } else {
          node = node?[String(key)]
        }
      }
      found[path] = node?.text
    }
    return found
  }

  private static func tree(of table: TOMLTable) -> MatterTree {
    .mapping(table.keys.compactMap { key in table[key].flatMap(tree).map { (key, $0) } })
  }

  private static func tree(of value: any TOMLValueConvertible) -> MatterTree? {
    func scalar(_ text: String) -> MatterTree {
      .scalar(MatterTree.Scalar(text: text, range: nil, line: 1))
    }
    switch value.type {
    case .table: return value.table.map(tree)
    case .array:
      return value.array.map { array in .list(array.compactMap { tree(of: $0) }) }
    case .string: return value.string.map(scalar)
    case .bool: return value.bool.map { scalar($0 ? "true" : "false") }
    case .int: return value.int.map { scalar(String($0)) }
    case .double: return value.double.map { scalar(String($0)) }
    default: return scalar(value.debugDescription)
    }
  }

  /// A mapping or a list of tables while it is built.
  private final class Branch {
    private enum Item {
      case value(MatterTree)
      case branch(Branch)
      case list([Branch])
    }

    private var entries: [(key: String, item: Item)] = []

    /// Adds a value at a path; false where something else is there.
    func add(_ value: MatterTree?, at path: ArraySlice<TOMLLexer.Key>) -> Bool {
      guard let key = path.first else { return true }
      let rest = path.dropFirst()
      let index = entries.firstIndex { $0.key == key.name }
      if rest.isEmpty, let value {
        guard index == nil else { return false }
        entries.append((key.name, .value(value)))
        return true
      }
      guard let index else {
        let branch = Branch()
        entries.append((key.name, key.startsItem ? .list([branch]) : .branch(branch)))
        return branch.add(value, at: rest)
      }
      switch entries[index].item {
      case .value: return false
      case .branch(let branch): return !key.startsItem && branch.add(value, at: rest)
      case .list(var branches):
        if key.startsItem {
          let branch = Branch()
          branches.append(branch)
          entries[index].item = .list(branches)
          return branch.add(value, at: rest)
        }
        return branches.last?.add(value, at: rest) ?? false
      }
    }

    var tree: MatterTree {
      .mapping(
        entries.map { entry in
          switch entry.item {
          case .value(let value): (entry.key, value)
          case .branch(let branch): (entry.key, branch.tree)
          case .list(let branches): (entry.key, .list(branches.map(\.tree)))
          }
        })
    }
  }
}

/// Finds the keys of TOML and the places of their values (TOML 1.0.0). It takes more than TOML is: what it finds is
/// compared with what a parser says.
struct TOMLLexer {
  /// One part of a key path.
  struct Key {
    var name: String
    /// Whether this is the last part of a `[[name]]`, which starts an item of a list.
    var startsItem = false
  }

  /// A key with its value; without one for the head of a table.
  struct Entry {
    var path: [Key]
    var value: MatterTree?
  }

  private let bytes: [UInt8]
  private let end: Int
  private var at: Int
  private(set) var line: Int
  /// Whether the last thing read is a table's header.
  private(set) var isInHeader = false

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
    line = 1 + bytes[..<range.lowerBound].count { $0 == .newline }
  }

  /// Every key of the text; nil where it cannot be followed.
  mutating func entries() -> [Entry]? {
    var found: [Entry] = []
    var table: [Key] = []
    while true {
      skipSpace(lines: true)
      guard at < end else { return found }
      isInHeader = peek(.openBracket)
      if isInHeader {
        at += 1
        let isItem = peek(.openBracket)
        if isItem { at += 1 }
        guard var keys = path(), take(.closeBracket), !isItem || take(.closeBracket) else { return nil }
        if isItem { keys[keys.count - 1].startsItem = true }
        found.append(Entry(path: keys))
        for index in keys.indices { keys[index].startsItem = false }
        table = keys
      } else {
        guard let keys = path(), take(.equals), let value = value(depth: 0) else { return nil }
        found.append(Entry(path: table + keys, value: value))
      }
      skipSpace(lines: false)
      guard at >= end || peek(.newline) else { return nil }
    }
  }

  private func peek(_ byte: UInt8) -> Bool { at < end && bytes[at] == byte }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace(lines: false)
    guard peek(byte) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace(lines: Bool) {
    while at < end {
      switch bytes[at] {
      case .space, .tab, UInt8(ascii: "\r"): at += 1
      case .newline where lines:
        at += 1
        line += 1
      case .hash: while at < end, bytes[at] != .newline { at += 1 }
      default: return
      }
    }
  }

  private mutating func path() -> [Key]? {
    var keys: [Key] = []
    repeat {
      skipSpace(lines: false)
      guard at < end else { return nil }
      if peek(.quote) || peek(.apostrophe) {
        guard case .scalar(let scalar)? = string() else { return nil }
        keys.append(Key(name: scalar.text))
      } else {
        let start = at
        while at < end,
          bytes[at].isLetter || bytes[at].isDigit || bytes[at] == .dash || bytes[at] == .underscore
        {
          at += 1
        }
        guard at > start else { return nil }
        keys.append(Key(name: bytes.string(start..<at)))
      }
    } while take(UInt8(ascii: "."))
    return keys
  }

  private mutating func value(depth: Int) -> MatterTree? {
    skipSpace(lines: false)
    guard at < end, depth < 32 else { return nil }
    switch bytes[at] {
    case .quote, .apostrophe: return string()
    case .openBracket: return list(depth)
    case .openBrace: return table(depth)
    default:
      let start = at
      while at < end, !Self.endsBareValue(bytes[at]) { at += 1 }
      let text = bytes.string(start..<at).trimmed
      guard !text.isEmpty, text.utf8.allSatisfy(Self.isBare) else { return nil }
      return .scalar(MatterTree.Scalar(text: text, range: nil, line: line))
    }
  }

  /// Numbers, dates and words are made of these.
  private static func isBare(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == .space || byte == .dash || byte == .underscore || byte == .colon
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  private static func endsBareValue(_ byte: UInt8) -> Bool {
    byte == .newline || byte == UInt8(ascii: ",") || byte == .closeBracket || byte == .closeBrace
      || byte == .hash
  }

  private mutating func list(_ depth: Int) -> MatterTree? {
    at += 1
    var items: [MatterTree] = []
    while true {
      skipSpace(lines: true)
      guard at < end else { return nil }
      if peek(.closeBracket) {
        at += 1
        return .list(items)
      }
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
      skipSpace(lines: true)
      if peek(UInt8(ascii: ",")) { at += 1 } else if !peek(.closeBracket) { return nil }
    }
  }

  private mutating func table(_ depth: Int) -> MatterTree? {
    at += 1
    var entries: [(key: String, value: MatterTree)] = []
    while true {
      skipSpace(lines: true)
      if peek(.closeBrace) {
        at += 1
        return .mapping(entries)
      }
      guard let keys = path(), take(.equals), var value = value(depth: depth + 1) else { return nil }
      for key in keys.dropFirst().reversed() { value = .mapping([(key.name, value)]) }
      guard let first = keys.first else { return nil }
      entries.append((first.name, value))
      skipSpace(lines: true)
      if peek(UInt8(ascii: ",")) { at += 1 } else if !peek(.closeBrace) { return nil }
    }
  }

  private mutating func string() -> MatterTree? {
    let quote = bytes[at]
    let first = line
    let isLong = at + 2 < end && bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isLong ? 3 : 1
    if isLong, peek(.newline) {
      at += 1
      line += 1
    }
    let start = at
    var isPlain = true
    while at < end {
      let byte = bytes[at]
      if byte == .backslash, quote == .quote {
        isPlain = false
        at += 1
        if peek(.newline) { line += 1 }
      } else if byte == .newline {
        guard isLong else { return nil }
        line += 1
        isPlain = false
      } else if byte == quote, !isLong || (at + 2 < end && bytes[at + 1] == quote && bytes[at + 2] == quote) {
        let range = start..<at
        at += isLong ? 3 : 1
        // Up to two quotes may stand right in front of the three that end it.
        for _ in 0..<2 where isLong && peek(quote) {
          at += 1
          isPlain = false
        }
        let text = bytes.string(range).trimmed
        let isWhole = isPlain && text.utf8.elementsEqual(bytes[range]) && !range.isEmpty
        return .scalar(MatterTree.Scalar(text: text, range: isWhole ? range : nil, line: first))
      }
      at += 1
    }
    return nil
  }
}
