import DataFormats

/// What holds for every text that is read as YAML, well formed or not.
enum YAMLTexts {
  /// Problems and values stand in the text, and plain ones of one line as they read.
  static func check(_ file: [UInt8]) throws {
    try check(file[...], file)
    // The front matter, which is more often YAML than a whole post.
    guard file.starts(with: "---\n".utf8) else { return }
    let lines = file.dropFirst(4).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let end = lines.first { $0.starts(with: "---".utf8) }?.startIndex ?? file.count
    try check(file[4..<end], file)
  }

  private static func check(_ text: ArraySlice<UInt8>, _ file: [UInt8]) throws {
    do {
      let document = try Document(utf8: text)
      for key in document.duplicateKeys { try check(key.location, in: text, "a key") }
      if let root = document.root { try check(root, in: text, file, depth: 0) }
    } catch let error as YAMLError {
      try check(error.location, in: text, "a problem")
    }
  }

  private static func check(
    _ node: Node, in text: ArraySlice<UInt8>, _ file: [UInt8], depth: Int
  ) throws {
    guard depth <= Document.maxDepth else { throw Properties.Violation(description: "deeper than it may be") }
    try check(node.location, in: text, "a value")
    switch node {
    case .scalar(let scalar): try check(scalar, file)
    case .sequence(let items):
      for item in items { try check(item, in: text, file, depth: depth + 1) }
    case .mapping(let entries):
      for (key, value) in entries {
        try check(key, in: text, file, depth: depth + 1)
        try check(value, in: text, file, depth: depth + 1)
      }
    }
  }

  private static func check(_ location: Node.Location, in text: ArraySlice<UInt8>, _ what: String) throws {
    guard location.line >= 1, location.column >= 1, location.bytes.lowerBound >= text.startIndex,
      location.bytes.upperBound <= text.endIndex
    else { throw Properties.Violation(description: "\(what) outside its text: \(location)") }
  }

  private static func check(_ scalar: Node.Scalar, _ file: [UInt8]) throws {
    let found = scalar.bytes(of: scalar.string, in: file)
    if let found {
      guard scalar.location.bytes.contains(found.lowerBound),
        found.upperBound <= scalar.location.bytes.upperBound,
        file[found].elementsEqual(scalar.string.utf8)
      else { throw Properties.Violation(description: "a text that its place does not hold: \(scalar)") }
    }
    // Line ends fold, and those of Unicode do too.
    let isOneLine = String(decoding: file[scalar.location.bytes], as: UTF8.self).allSatisfy { !$0.isNewline }
    if found == nil, scalar.style == .plain, isOneLine, !scalar.string.isEmpty {
      throw Properties.Violation(description: "a plain text that is not found: \(scalar)")
    }
  }
}
