/// Names on the left, and what they mean on the right.
struct HelpTable {
  private let columns: Int
  /// Where meanings start.
  private let indent: Int
  private let isNarrow: Bool

  init(columns: Int) {
    self.columns = columns
    // Beside names there is no room for meanings in a narrow terminal, so they stand below.
    isNarrow = columns < 60
    indent = isNarrow ? 6 : 26
  }

  func rows(_ name: String, _ meaning: String) -> [String] {
    let label = "  " + name
    guard !meaning.isEmpty else { return [label] }
    let rest = String(repeating: " ", count: indent)
    if !isNarrow, label.columns < indent {
      return TextLayout.wrap(meaning, columns: columns, first: Self.padded(label, to: indent), rest: rest)
    }
    return [label] + TextLayout.wrap(meaning, columns: columns, first: rest, rest: rest)
  }

  static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - text.columns))
  }
}
