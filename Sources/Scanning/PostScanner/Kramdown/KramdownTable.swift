/// The rows of a kramdown table.
enum KramdownTable {
  /// A line of `-`, `|`, `:` and `+`, or of `=`: it separates and holds no cells.
  static func isSeparator(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var hasDash = false
    var hasEquals = false
    for i in line {
      switch bytes[i] {
      case .dash: hasDash = true
      case .equals: hasEquals = true
      case .pipe, .colon, UInt8(ascii: "+"), .space, .tab: continue
      default: return false
      }
    }
    return hasDash != hasEquals
  }

  /// Whether every line has a `|` outside code: otherwise it is no table after all.
  static func hasPipeOnEveryLine(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var masked = Array(bytes[range])
    maskCode(&masked)
    maskTags(&masked)
    var line = 0
    while line < masked.count {
      guard let end = masked.tableLineEnd(from: line) else { return false }
      line = end
    }
    return true
  }

  /// The cells of a row. A `\|` is a `|` in its cell.
  static func cells(_ text: SourceText, _ row: Range<Int>) -> [SourceText] {
    var masked = Array(text.bytes[row])
    maskCode(&masked)
    maskCodeElements(&masked)
    var cells = [SourceText()]
    var i = 0
    while i < masked.count {
      if masked[i] == .backslash, i + 1 < masked.count, masked[i + 1] == .pipe {
        cells[cells.count - 1].append(.pipe, from: text.origins[row.lowerBound + i + 1])
        i += 2
      } else if masked[i] == .pipe {
        cells.append(SourceText())
        i += 1
      } else {
        cells[cells.count - 1].append(text, (row.lowerBound + i)..<(row.lowerBound + i + 1))
        i += 1
      }
    }
    return cells.filter { $0.count > 0 }
  }

  /// Fills code spans, so that a `|` in them separates nothing.
  private static func maskCode(_ bytes: inout [UInt8]) {
    var finder = CodeSpanFinder()
    var i = 0
    while i < bytes.count {
      switch bytes[i] {
      case .backtick:
        let run = finder.read(bytes, at: i)
        if run.isCode { fill(&bytes, i..<run.end) }
        i = run.end
      default: i += 1
      }
    }
  }

  private static func maskTags(_ bytes: inout [UInt8]) {
    var i = 0
    while let start = bytes.find(.less, from: i) {
      if let tag = HTMLTag(bytes, at: start, grammar: .kramdown) {
        fill(&bytes, tag.range)
        i = tag.range.upperBound
      } else {
        i = start + 1
      }
    }
  }

  private static func maskCodeElements(_ bytes: inout [UInt8]) {
    var i = 0
    while let start = bytes.find("<code", from: i) {
      guard let end = bytes.find("</code>", from: start) else { return }
      fill(&bytes, start..<(end + 7))
      i = end + 7
    }
  }

  private static func fill(_ bytes: inout [UInt8], _ range: Range<Int>) {
    for i in range where bytes[i] != .newline { bytes[i] = .filler }
  }
}

/// Finds code spans by kramdown's rule: any later run of as many backticks ends one, also as part of a longer run.
struct CodeSpanFinder {
  private var none: [Int: Int] = [:]

  /// What begins at the backtick at `position`: code and its end, or text and the end of its backticks.
  mutating func read(_ bytes: [UInt8], at position: Int) -> (isCode: Bool, end: Int) {
    var open = position
    while open < bytes.count, bytes[open] == .backtick { open += 1 }
    let length = open - position
    // A single backtick between spaces is a backtick.
    if length == 1, position == 0 || bytes[position - 1].isWhitespace, open < bytes.count,
      bytes[open].isWhitespace
    {
      return (false, open)
    }
    if let from = none[length], open >= from { return (false, open) }
    var run = 0
    var i = open
    while i < bytes.count {
      run = bytes[i] == .backtick ? run + 1 : 0
      i += 1
      if run == length { return (true, i) }
    }
    none[length] = open
    return (false, open)
  }
}
