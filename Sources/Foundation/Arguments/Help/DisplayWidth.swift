extension Character {
  /// How many columns of a terminal it takes: 0, 1 or 2 (Unicode's East Asian Width, emoji included).
  var columns: Int {
    var columns = 0
    for scalar in unicodeScalars {
      // A variation selector makes a picture of the character before it.
      if scalar == "\u{FE0F}" { return 2 }
      columns = max(columns, scalar.columns)
    }
    return columns
  }
}

extension StringProtocol {
  /// How many columns of a terminal it takes.
  var columns: Int {
    // Plain ASCII, which nearly all text is, has a column for each byte.
    utf8.allSatisfy { (0x20..<0x7F).contains($0) } ? utf8.count : reduce(0) { $0 + $1.columns }
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    if Self.wide.contains(where: { $0.contains(value) }) || properties.isEmojiPresentation { return 2 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }

  /// The blocks of wide characters: Hangul, kana, Chinese characters and full-width forms.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18DFF,
    0x1AFF0...0x1B2FF, 0x20000...0x3FFFD,
  ]
}
