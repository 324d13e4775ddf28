import Foundation

/// What is wrong with a file of JSON, in words for whoever edits it.
package struct JSONDefect: Hashable, Sendable {
  /// What is wrong, without the file.
  package var message: String
  /// Where it is, both from 1; nil where only the name of the value is known.
  package var line: Int?
  package var column: Int?

  /// - Parameters:
  ///   - error: what reading the file has thrown.
  ///   - json: the file.
  package init(_ error: any Error, in json: Data) {
    var scan = JSONScan(Array(json))
    do throws(JSONScan.Fault) {
      try scan.read()
      message = Self.words(of: error)
    } catch {
      message = error.message
      let position = scan.position
      line = position.line
      column = position.column
    }
  }

  private static func words(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "\(name(context.codingPath)) has no \(key.stringValue)"
    case DecodingError.valueNotFound(_, let context): "\(name(context.codingPath)) is missing"
    case DecodingError.typeMismatch(let type, let context):
      "\(name(context.codingPath)) is not \(kind(type))"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(name(context.codingPath)) has a value that is not known"
    default: "it is nested too deeply, or its letters are not UTF-8"
    }
  }

  /// Entries of lists are counted from 1.
  private static func name(_ path: [any CodingKey]) -> String {
    if path.isEmpty { return "the file" }
    return path.map { key in key.intValue.map { "entry \($0 + 1)" } ?? key.stringValue }.joined(
      separator: ", ")
  }

  private static func kind(_ type: any Any.Type) -> String {
    let name = "\(type)"
    if name.hasPrefix("Array") { return "a list" }
    if name.hasPrefix("Dictionary") { return "an object" }
    if name.hasPrefix("Int") || name.hasPrefix("UInt") { return "a whole number" }
    return ["String": "a text", "Bool": "true or false", "Double": "a number"][name] ?? "an object"
  }
}

/// Looks for the first place at which a text stops being JSON (RFC 8259).
private struct JSONScan {
  struct Fault: Error {
    var message: String
  }

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// Where it stopped, with columns in Unicode scalars.
  var position: (line: Int, column: Int) {
    let before = bytes[..<min(at, bytes.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return (
      before.count { $0 == UInt8(ascii: "\n") } + 1, before[start...].count { $0 & 0xC0 != 0x80 } + 1
    )
  }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func fault(_ message: String) -> Fault {
    Fault(message: byte == nil ? "the file ends too early" : message)
  }

  mutating func read() throws(Fault) {
    var open: [UInt8] = []
    while true {
      skipBlanks()
      let first = byte
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let first {
        at += 1
        skipBlanks()
        if byte == first + 2 {
          at += 1
        } else {
          open.append(first)
          if first == UInt8(ascii: "{") { try readName() }
          continue
        }
      } else if first == UInt8(ascii: "\"") {
        try readText()
      } else {
        try readWord()
      }
      if try isWhole(&open) { return }
    }
  }

  /// Goes on behind a value, up to where the next one is due.
  private mutating func isWhole(_ open: inout [UInt8]) throws(Fault) -> Bool {
    while true {
      skipBlanks()
      guard let last = open.last else {
        if byte == nil { return true }
        throw Fault(message: "there is more behind the end")
      }
      // In ASCII the closing bracket is the second behind the opening one.
      if byte == last + 2 {
        at += 1
        open.removeLast()
        continue
      }
      guard byte == UInt8(ascii: ",") else { throw fault("a comma is missing") }
      at += 1
      if last == UInt8(ascii: "{") { try readName() }
      return false
    }
  }

  private mutating func skipBlanks() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func readName() throws(Fault) {
    skipBlanks()
    guard byte == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
    try readText()
    skipBlanks()
    guard byte == UInt8(ascii: ":") else { throw fault("a colon is missing") }
    at += 1
  }

  private mutating func readText() throws(Fault) {
    at += 1
    while let byte, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault("a line ends in a text") }
      at += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard byte != nil else { throw fault("") }
    at += 1
  }

  private mutating func readWord() throws(Fault) {
    let start = at
    while let byte, byte > 0x20, !",:[]{}\"".utf8.contains(byte) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    guard ["true", "false", "null"].contains(word) || Double(word) != nil else {
      if start < bytes.count { at = start }
      throw fault("a value is missing")
    }
  }
}
