/// A line that begins and ends a block.
struct AsciiDocDelimiter {
  enum Kind { case comment, compound, passthrough, table, verbatim }

  var kind: Kind
  /// What stands between the cells of a table.
  var separator = UInt8.pipe

  init?(_ bytes: [UInt8], _ line: Range<Int>) {
    guard line.count > 1 else { return nil }
    let sign = bytes[line.lowerBound]
    let run = bytes[line].prefix { $0 == sign }.count
    if sign == .backtick, run >= 3 {
      let rest = bytes[(line.lowerBound + run)..<line.upperBound]
      guard !rest.contains(.backtick), !rest.contains(.space) else { return nil }
      kind = .verbatim
      return
    }
    if "|,:!".utf8.contains(sign), run == 1, line.count >= 4,
      bytes[line].dropFirst().allSatisfy({ $0 == .equals })
    {
      kind = .table
      separator = sign
      return
    }
    guard run == line.count, run >= 4 || (sign == .dash && run == 2) else { return nil }
    switch sign {
    case .slash: kind = .comment
    case .dash: kind = run == 2 ? .compound : .verbatim
    case UInt8(ascii: "."): kind = .verbatim
    case .equals, UInt8(ascii: "*"), .underscore: kind = .compound
    case UInt8(ascii: "+"): kind = .passthrough
    default: return nil
    }
  }

  /// Whether a line ends the block that another began: the same line, or the same run of backticks.
  func closes(_ bytes: [UInt8], _ line: Range<Int>, _ open: Range<Int>) -> Bool {
    guard bytes[open.lowerBound] == .backtick else { return bytes[line].elementsEqual(bytes[open]) }
    return bytes[line].elementsEqual(bytes[open].prefix { $0 == .backtick })
  }
}
