import CTOML

extension TOMLTable {
  /// Reads a document.
  ///
  /// - Throws: ``TOMLProblem`` where the text is no TOML.
  package init(_ text: String) throws(TOMLProblem) { try self.init(Array(text.utf8)) }

  /// Reads a document that is a part of a file, such as what stands between two lines of `+++`.
  ///
  /// - Parameters:
  ///   - file: the file's bytes, in UTF-8. A byte order mark at the document's start is passed over.
  ///   - range: the document in it, which begins a line; nil for the whole file. Byte ranges and lines are those of the
  ///     file.
  /// - Throws: ``TOMLProblem`` where the bytes are no TOML (1.1), no UTF-8, or nested more than 64 deep.
  package init(_ file: [UInt8], _ range: Range<Int>? = nil) throws(TOMLProblem) {
    let range = range ?? file.indices
    let start = (byte: range.lowerBound, line: file[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") })
    self = try file[range].withUnsafeBytes { Self.read($0, start) }.get()
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, _ start: TOMLNodes.Start
  ) -> Result<TOMLTable, TOMLProblem> {
    let document = ctoml_read(bytes.baseAddress, bytes.count)
    defer { ctoml_free(document) }
    guard let nodes = document.nodes else {
      let message = document.message.map { String(cString: $0) }
      return .failure(
        TOMLProblem(
          line: start.line + document.line, column: document.column, message: message ?? "no TOML"))
    }
    var reader = TOMLNodes(next: nodes, bytes: bytes, start: start)
    return .success(reader.value().table ?? TOMLTable(entries: []))
  }
}

/// Makes values of CTOML's nodes, among which each table and array stands in front of what it holds.
private struct TOMLNodes {
  /// What is in front of the document in its file: bytes, and lines.
  typealias Start = (byte: Int, line: Int)

  var next: UnsafePointer<CTOMLNode>
  let bytes: UnsafeRawBufferPointer
  let start: Start

  /// The next value and all that it holds. CTOML bounds how deep that is.
  mutating func value() -> TOMLValue {
    let node = next.pointee
    next += 1
    let content: TOMLValue.Content
    switch node.kind {
    case .string: content = .string(text(node.string, node.string_length))
    case .integer: content = .integer(node.integer)
    case .float: content = .float(node.floating)
    case .boolean: content = .bool(node.integer != 0)
    case .date: content = .date(String(decoding: bytes[node.range.begin..<node.range.end], as: UTF8.self))
    case .array: content = .array((0..<node.count).map { _ in value() })
    case .table: content = .table(TOMLTable(entries: (0..<node.count).map { _ in entry() }))
    }
    return TOMLValue(
      content: content, range: inFile(node.range), plainRange: plainRange(node),
      line: start.line + node.line)
  }

  private mutating func entry() -> TOMLTable.Entry {
    let node = next.pointee
    return TOMLTable.Entry(
      key: text(node.key, node.key_length), keyRange: inFile(node.key_range), value: value())
  }

  private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }

  private func inFile(_ range: CTOMLRange) -> Range<Int> {
    start.byte + range.begin..<start.byte + range.end
  }

  /// The bytes between a string's quotes, if they are what it reads as. An escape is always longer than what it stands
  /// for, so the lengths tell.
  private func plainRange(_ node: CTOMLNode) -> Range<Int>? {
    guard node.kind == .string else { return nil }
    var inner = node.range
    let quotes = bytes[inner.begin...].prefix(3)
    let isLong = quotes.count == 3 && inner.end - inner.begin >= 6 && quotes.allSatisfy { $0 == quotes.first }
    inner.begin += isLong ? 3 : 1
    inner.end -= isLong ? 3 : 1
    // A line break right behind the opening quotes does not count.
    if isLong, bytes[inner.begin] == UInt8(ascii: "\r") { inner.begin += 1 }
    if isLong, bytes[inner.begin] == UInt8(ascii: "\n") { inner.begin += 1 }
    return inner.end - inner.begin == node.string_length ? inFile(inner) : nil
  }
}
