/// Detects whether emphasis that begins in a link's label ends after it. kramdown then reads the emphasis and not the
/// link: `![*a](x.png) b*` is no image.
struct EmphasisFinder {
  /// For a delimiter: there is no end from here on.
  private var none: [[UInt8]: Int] = [:]

  /// Whether emphasis crosses the end of a label.
  mutating func crosses(_ bytes: [UInt8], label: Range<Int>) -> Bool {
    var i = label.lowerBound
    while i < label.upperBound {
      let byte = bytes[i]
      if byte == .backslash {
        i += 2
      } else if byte == .backtick || byte == .less {
        // Code and tags hide their content; labels with either are rare, and read as if they had no emphasis.
        return false
      } else if byte == .underscore || byte == UInt8(ascii: "*") {
        let isDouble = i + 1 < bytes.count && bytes[i + 1] == byte
        guard let end = end(bytes, at: i, isDouble: isDouble) else {
          i += isDouble ? 2 : 1
          continue
        }
        if end > label.upperBound { return true }
        i = end
      } else {
        i += 1
      }
    }
    return false
  }

  /// The position behind the emphasis that begins at `start`; nil where none does (`parse_emphasis`).
  private mutating func end(_ bytes: [UInt8], at start: Int, isDouble: Bool) -> Int? {
    let mark = bytes[start]
    let after = start + (isDouble ? 2 : 1)
    guard after < bytes.count, !bytes[after].isWhitespace else { return nil }
    if mark == .underscore, Self.isInWord(bytes, start) { return nil }
    if isDouble, let end = close(bytes, mark: mark, length: 2, from: after) { return end }
    return close(bytes, mark: mark, length: 1, from: start + 1)
  }

  /// Whether letters stand before a `_` (`[[:alpha:]]-?[[:alpha:]]*\z`).
  private static func isInWord(_ bytes: [UInt8], _ position: Int) -> Bool {
    var i = position - 1
    if i >= 1, bytes[i] == .dash { i -= 1 }
    guard i >= 0 else { return false }
    while i > 0, bytes[i] & 0xC0 == 0x80 { i -= 1 }
    return bytes.scalar(at: i)?.scalar.isAlphabetic ?? false
  }

  private mutating func close(_ bytes: [UInt8], mark: UInt8, length: Int, from start: Int) -> Int? {
    let delimiter = [UInt8](repeating: mark, count: length)
    if let from = none[delimiter], start >= from { return nil }
    var i = start
    while i < bytes.count {
      if bytes[i] == .backslash {
        i += 2
        continue
      }
      guard bytes[i] == mark else {
        i += 1
        continue
      }
      var run = i
      while run < bytes.count, bytes[run] == mark { run += 1 }
      let count = run - i
      let isClosed =
        i > start && !bytes[i - 1].isWhitespace && count >= length && !(length == 1 && count == 2)
        && !(mark == .underscore && run < bytes.count && bytes.isAlphanumeric(at: run))
      if isClosed { return i + length }
      i = run
    }
    none[delimiter] = start
    return nil
  }
}

extension [UInt8] {
  /// Whether Ruby's `[[:alnum:]]` matches at a position.
  fileprivate func isAlphanumeric(at position: Int) -> Bool {
    guard let scalar = scalar(at: position)?.scalar else { return false }
    return scalar.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
  }
}
