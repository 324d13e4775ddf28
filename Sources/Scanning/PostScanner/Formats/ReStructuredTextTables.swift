/// Tables: each cell holds blocks of its own.
extension ReStructuredTextBlocks {
  /// Reads the table that begins at a line, and returns the line behind it; nil where none begins.
  mutating func table(_ lines: ArraySlice<Line>, _ i: Int, _ depth: Int) -> Int? {
    let line = lines[i]
    let bytes = text.bytes
    if bytes.has("+-", at: line.lowerBound), bytes[line.upperBound - 1] == UInt8(ascii: "+"),
      bytes[line].allSatisfy({ $0 == .dash || $0 == UInt8(ascii: "+") })
    {
      var end = i
      while end < lines.endIndex, let first = lines[end].first, "+|".utf8.contains(bytes[first]) { end += 1 }
      // A block of lines may begin below the last border.
      let last = lines[i..<end].lastIndex { bytes.has("+-", at: $0.lowerBound) } ?? i
      if last > i { end = last + 1 }
      for cell in gridCells(Array(lines[i..<end])) { read(Self.trimmed(cell, text)[...], depth: depth + 1) }
      return end
    }
    guard isBorder(line), bytes[line].contains(.space) else { return nil }
    return simpleTable(lines, i, depth)
  }

  /// A cell's lines without the indent that they share.
  private static func trimmed(_ lines: [Line], _ text: MarkupText) -> [Line] {
    let lines = lines.map { line in
      var end = line.upperBound
      while end > line.lowerBound, text.bytes[end - 1] == .space { end -= 1 }
      return line.lowerBound..<end
    }
    let least = lines.filter { !$0.isEmpty }.map(text.indent).min() ?? 0
    return lines.map { $0.isEmpty ? $0 : MarkupText.dropping(least, $0) }
  }

  // MARK: Simple tables

  /// Whether a line is columns of `=`.
  private func isBorder(_ line: Line) -> Bool {
    !line.isEmpty && text.bytes[line.lowerBound] == .equals
      && text.bytes[line].allSatisfy { $0 == .equals || $0 == .space }
  }

  private mutating func simpleTable(_ lines: ArraySlice<Line>, _ start: Int, _ depth: Int) -> Int? {
    var borders = [start]
    var end = start + 1
    while end < lines.endIndex {
      if isBorder(lines[end]) {
        // Rules of two lengths are an error, and nothing of the table is shown.
        guard lines[end].count == lines[start].count else { return end + 1 }
        borders.append(end)
        if borders.count == 3 || end + 1 >= lines.endIndex || lines[end + 1].isEmpty { break }
      }
      end += 1
    }
    guard borders.count > 1, let last = borders.last else { return lines.endIndex }
    // So it is where nothing ends it.
    guard end == last else { return last + 1 }
    let columns = spans(lines[start], .equals)
    var rows: [Line] = []
    for i in (start + 1)..<last where !isBorder(lines[i]) {
      let line = lines[i]
      if !line.isEmpty, text.bytes[line].allSatisfy({ $0 == .dash || $0 == .space }),
        text.bytes[line.lowerBound] == .dash
      {
        readRow(rows, spans(line, .dash), depth)
        rows = []
        continue
      }
      // Text in the first column begins a row.
      let first = columns[0]
      let isNew = !line.isEmpty && !text.bytes[column(first, of: line)].allSatisfy { $0 == .space }
      if isNew, !rows.isEmpty, lines[(i + 1)...].first.map({ !isUnderline($0) }) ?? true {
        readRow(rows, columns, depth)
        rows = []
      }
      rows.append(line)
    }
    readRow(rows, columns, depth)
    return last + 1
  }

  private func isUnderline(_ line: Line) -> Bool {
    !line.isEmpty && text.bytes[line.lowerBound] == .dash
      && text.bytes[line].allSatisfy { $0 == .dash || $0 == .space }
  }

  private mutating func readRow(_ rows: [Line], _ columns: [Range<Int>], _ depth: Int) {
    guard !rows.isEmpty else { return }
    for (number, range) in columns.enumerated() {
      // The last column is as wide as its text, and each reaches to the next.
      let wide =
        number + 1 < columns.count
        ? range.lowerBound..<columns[number + 1].lowerBound : range.lowerBound..<1_000_000
      read(Self.trimmed(rows.map { column(wide, of: $0) }, text)[...], depth: depth + 1)
    }
  }

  /// The runs of a sign in a border, in columns.
  private func spans(_ line: Line, _ sign: UInt8) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var i = line.lowerBound
    while i < line.upperBound {
      let first = i
      while i < line.upperBound, text.bytes[i] == sign { i += 1 }
      if i > first { spans.append(first - line.lowerBound..<i - line.lowerBound) } else { i += 1 }
    }
    return spans
  }

  /// The bytes of a line in some columns.
  private func column(_ range: Range<Int>, of line: Line) -> Line {
    var column = 0
    var first = line.upperBound
    var i = line.lowerBound
    while i < line.upperBound {
      if column == range.lowerBound, first == line.upperBound { first = i }
      if column >= range.upperBound { break }
      guard let (scalar, length) = text.bytes.scalar(at: i) else { break }
      column += scalar.columns
      i += length
    }
    return min(first, i)..<max(min(first, i), min(i, line.upperBound))
  }

  // MARK: Grids

  /// The cells of a grid, each the lines between its corners (`GridTableParser`).
  private func gridCells(_ lines: [Line]) -> [[Line]] {
    let grid = lines.map(columns)
    let width = grid.map(\.count).min() ?? 0
    let isWhole = zip(lines, grid).allSatisfy { line, columns in
      columns.count == width && "+|".utf8.contains(text.bytes[line.upperBound - 1])
    }
    guard isWhole, lines.count > 2, width > 3, lines.count * width < 400_000 else { return [] }
    func sign(_ row: Int, _ column: Int) -> UInt8 {
      guard row < grid.count, column < grid[row].count else { return 0 }
      let byte = text.bytes[grid[row][column]]
      return byte == .equals ? .dash : byte
    }
    let plus = UInt8(ascii: "+")
    var cells: [[Line]] = []
    var corners = [(row: 0, column: 0)]
    var visited: Set<Int> = [0]
    while let (top, left) = corners.popLast() {
      guard let (bottom, right) = Self.cell(top, left, grid.count, sign) else { continue }
      cells.append(
        (top + 1..<bottom).map { row in
          let end = right < grid[row].count ? grid[row][right] : lines[row].upperBound
          return left + 1 < grid[row].count ? grid[row][left + 1]..<max(end, grid[row][left + 1]) : end..<end
        })
      for (row, column) in [(top, right), (bottom, left)] where sign(row, column) == plus {
        if visited.insert(row * 65_536 + column).inserted { corners.append((row, column)) }
      }
    }
    return cells
  }

  /// The corner across from a corner.
  private static func cell(
    _ top: Int, _ left: Int, _ rows: Int, _ sign: (Int, Int) -> UInt8
  ) -> (bottom: Int, right: Int)? {
    let plus = UInt8(ascii: "+")
    var right = left + 1
    while sign(top, right) == .dash || sign(top, right) == plus {
      if sign(top, right) == plus {
        var bottom = top + 1
        while bottom < rows, sign(bottom, right) == .pipe || sign(bottom, right) == plus {
          if sign(bottom, right) == plus,
            (left..<right).allSatisfy({ sign(bottom, $0) == .dash || sign(bottom, $0) == plus }),
            (top...bottom).allSatisfy({ sign($0, left) == .pipe || sign($0, left) == plus }),
            sign(bottom, left) == plus
          {
            return (bottom, right)
          }
          bottom += 1
        }
      }
      right += 1
    }
    return nil
  }

  /// The offset of each column of a line; a wide sign takes two.
  private func columns(_ line: Line) -> [Int] {
    var columns: [Int] = []
    var i = line.lowerBound
    while i < line.upperBound, let (scalar, length) = text.bytes.scalar(at: i) {
      for _ in 0..<scalar.columns { columns.append(i) }
      i += length
    }
    return columns
  }
}

extension Unicode.Scalar {
  /// How many columns of a terminal it takes: two in the scripts of East Asia, none where it is a mark on another.
  fileprivate var columns: Int {
    guard value >= 0x300 else { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
