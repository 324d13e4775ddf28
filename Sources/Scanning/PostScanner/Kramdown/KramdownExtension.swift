/// kramdown's extension tags: `{::comment}`, `{::nomarkdown}`, `{::options … /}`.
struct KramdownExtension {
  var name: String
  /// The range of the options.
  var options: Range<Int>
  /// Whether it ends in `/}` and so has no body.
  var isClosed: Bool
  /// The position behind `}`.
  var end: Int

  /// Reads the start tag at `position` (`EXT_START_STR`).
  init?(_ bytes: [UInt8], at position: Int) {
    guard bytes.has("{::", at: position) else { return nil }
    let nameEnd = bytes.wordEnd(from: position + 3)
    guard nameEnd > position + 3, let close = bytes.closingBrace(from: nameEnd) else { return nil }
    isClosed = bytes[close - 1] == .slash
    let optionsEnd = isClosed ? close - 1 : close
    guard optionsEnd == nameEnd || (nameEnd < bytes.count && bytes[nameEnd].isWhitespace) else { return nil }
    name = bytes.string((position + 3)..<nameEnd)
    options = min(nameEnd, optionsEnd)..<optionsEnd
    end = close + 1
  }

  /// The line that ends a block extension: its start and the position behind it.
  fileprivate func blockStop(_ bytes: [UInt8], from position: Int) -> (start: Int, end: Int)? {
    var line = position
    while line < bytes.count {
      let start = bytes.skipOptionalSpace(from: line)
      if let close = stopEnd(bytes, at: start), let end = bytes.restIsBlank(from: close) {
        return (line, end)
      }
      line = bytes.lineEnd(from: line)
    }
    return nil
  }

  /// The end of a span extension: its start and the position behind it.
  fileprivate func spanStop(_ bytes: [UInt8], from position: Int) -> (start: Int, end: Int)? {
    var i = position
    while let start = bytes.find("{:/", from: i) {
      if let end = stopEnd(bytes, at: start) { return (start, end) }
      i = start + 3
    }
    return nil
  }

  private func stopEnd(_ bytes: [UInt8], at position: Int) -> Int? {
    guard bytes.has("{:/", at: position) else { return nil }
    let nameEnd = bytes.wordEnd(from: position + 3)
    guard nameEnd < bytes.count, bytes[nameEnd] == .closeBrace else { return nil }
    guard nameEnd == position + 3 || bytes.string((position + 3)..<nameEnd) == name else { return nil }
    return nameEnd + 1
  }
}

/// Finds where extensions end, and remembers failed searches.
struct ExtensionEndFinder {
  private var none: [String: Int] = [:]

  /// The line that ends a block extension: its start and the position behind it.
  mutating func blockStop(
    of tag: KramdownExtension,
    in bytes: [UInt8],
    from position: Int
  ) -> (start: Int, end: Int)? {
    search(tag.name, position) { tag.blockStop(bytes, from: position) }
  }

  /// The end of a span extension: its start and the position behind it.
  mutating func spanStop(
    of tag: KramdownExtension,
    in bytes: [UInt8],
    from position: Int
  ) -> (start: Int, end: Int)? {
    search(tag.name, position) { tag.spanStop(bytes, from: position) }
  }

  private mutating func search(
    _ name: String,
    _ position: Int,
    _ find: () -> (start: Int, end: Int)?
  ) -> (start: Int, end: Int)? {
    if let from = none[name], position >= from { return nil }
    if let range = find() { return range }
    none[name] = position
    return nil
  }
}
