/// Tables, whose cells are text, or blocks where their column says so.
extension AsciiDocBlocks {
  /// Reads the lines of a table.
  mutating func readTable(
    _ lines: ArraySlice<Line>, _ style: AsciiDocBlockStyle, separator: UInt8, _ depth: Int
  ) {
    guard let first = lines.first, let last = lines.last else { return }
    let format = style.values["format"] ?? (separator == .pipe || separator == .bang ? "psv" : "csv")
    guard format == "psv" else { return show(lines) }
    let sign = style.values["separator"]?.utf8.first ?? separator
    let columns = Self.columns(style.values["cols"] ?? "")
    let options = (style.values["options"] ?? style.values["opts"] ?? "") + style.flags
    // The cells of a head are text, whatever their column is.
    var headCells = options.contains("header") ? columns.count : 0
    var column = 0
    for cell in cells(first.lowerBound..<last.upperBound, sign) {
      for _ in 0..<cell.count {
        var cellStyle = cell.style ?? (columns.isEmpty ? nil : columns[column % columns.count])
        if headCells > 0 { cellStyle = nil }
        headCells -= cell.width
        column += cell.width
        switch cellStyle {
        case UInt8(ascii: "a"): read(blockLines(cell.text)[...], depth: depth + 1)
        case UInt8(ascii: "l"): break
        default: show(cell.text)
        }
      }
    }
  }

  /// The letters of the styles of columns: `1a,2*,<3`.
  private static func columns(_ text: String) -> [UInt8?] {
    var columns: [UInt8?] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let spec = part.trimmingCharacters(in: .whitespaces)
      let style = spec.utf8.last.flatMap { $0.isLetter ? $0 : nil }
      let star = spec.firstIndex(of: "*").flatMap { Int(spec[..<$0]) } ?? 1
      columns += Array(repeating: style, count: min(max(star, 1), 1000))
    }
    return columns
  }

  private struct Cell {
    var text: Line
    var style: UInt8?
    /// How many columns it takes.
    var width = 1
    /// How often it is there.
    var count = 1
  }

  private func cells(_ range: Range<Int>, _ sign: UInt8) -> [Cell] {
    let bytes = text.bytes
    var cells: [Cell] = []
    for i in range where bytes[i] == sign && (i == range.lowerBound || bytes[i - 1] != .backslash) {
      var start = i
      while start > range.lowerBound, i - start < 16, Self.isSpec(bytes[start - 1]) { start -= 1 }
      var cell = Cell(text: i + 1..<range.upperBound)
      let isAlone = start == range.lowerBound || bytes[start - 1].isWhitespace
      if start < i, isAlone, let spec = Self.spec(bytes.string(start..<i)) {
        cell.style = spec.style
        (cell.width, cell.count) = (spec.width, spec.count)
      } else {
        start = i
      }
      if !cells.isEmpty { cells[cells.count - 1].text = cells[cells.count - 1].text.lowerBound..<start }
      cells.append(cell)
    }
    return cells
  }

  private static func isSpec(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter || ".+*<>^".utf8.contains(byte)
  }

  /// `2.3+^.>a` or `3*`.
  private static func spec(_ text: String) -> (style: UInt8?, width: Int, count: Int)? {
    var bytes = Array(text.utf8)
    var style: UInt8?
    if let last = bytes.last, last.isLetter {
      guard "adehlmsv".utf8.contains(last) else { return nil }
      style = last
      bytes.removeLast()
    }
    guard !bytes.contains(where: \.isLetter) else { return nil }
    let number = bytes.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
    let rest = bytes.dropFirst(number.count)
    let columns = Int(String(decoding: number.prefix { $0.isDigit }, as: UTF8.self)) ?? 1
    if rest.first == UInt8(ascii: "*") { return (style, 1, min(columns, 100)) }
    if rest.first == UInt8(ascii: "+") { return (style, min(columns, 1000), 1) }
    return number.isEmpty || rest.isEmpty && number.allSatisfy({ $0 == UInt8(ascii: ".") })
      ? (style, 1, 1) : nil
  }

  /// The lines of a cell that holds blocks.
  private func blockLines(_ range: Line) -> [Line] {
    var lines: [Line] = []
    var start = text.bytes.skipBlanks(from: range.lowerBound)
    while start < range.upperBound {
      let end = min(text.bytes.find(.newline, from: start) ?? range.upperBound, range.upperBound)
      var last = end
      while last > start, text.bytes[last - 1].isWhitespace { last -= 1 }
      lines.append(start..<last)
      start = end + 1
    }
    return lines
  }
}
