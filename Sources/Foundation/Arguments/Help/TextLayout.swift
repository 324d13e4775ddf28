/// Text broken into lines for a terminal.
enum TextLayout {
  /// Breaks text between words, and between Chinese, Japanese or Korean characters.
  ///
  /// A word that is longer than a line, such as a path, stays whole: a terminal breaks it, and it can be copied. The
  /// last column stays free, because some terminals start a new line once something stands there.
  ///
  /// - Parameters:
  ///   - columns: how wide a line may be.
  ///   - first: what the first line starts with.
  ///   - rest: what the lines below start with.
  static func wrap(_ text: String, columns: Int, first: String = "", rest: String = "") -> [String] {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += fill(line, columns, lines.isEmpty ? first : rest, rest)
    }
    return lines
  }

  private static func fill(_ text: Substring, _ columns: Int, _ first: String, _ rest: String) -> [String] {
    var lines: [String] = []
    var line = first
    var width = first.columns
    var isEmpty = true
    for piece in pieces(of: text) {
      let gap = piece.isAfterSpace && !isEmpty ? 1 : 0
      if !isEmpty, width + gap + piece.columns >= columns {
        lines.append(line)
        line = rest
        width = rest.columns
      } else if gap > 0 {
        line += " "
        width += 1
      }
      line += piece.text
      width += piece.columns
      isEmpty = false
    }
    // What only indents an empty line would be spaces at its end.
    lines.append(isEmpty && lines.isEmpty ? "" : line)
    return lines
  }

  /// What must stand in one line.
  private struct Piece {
    var text: Substring
    var columns: Int
    var isAfterSpace: Bool
  }

  private static func pieces(of text: Substring) -> [Piece] {
    var pieces: [Piece] = []
    var isAfterSpace = false
    var isAfterWide = false
    for index in text.indices {
      let character = text[index]
      guard character != " " else {
        isAfterSpace = true
        continue
      }
      let columns = character.columns
      let isWide = columns == 2
      let joins = !isAfterSpace && (closing.contains(character) || !isWide && !isAfterWide)
      if joins, let last = pieces.indices.last {
        pieces[last].text = text[pieces[last].text.startIndex...index]
        pieces[last].columns += columns
      } else {
        pieces.append(Piece(text: text[index...index], columns: columns, isAfterSpace: isAfterSpace))
      }
      (isAfterSpace, isAfterWide) = (false, isWide)
    }
    return pieces
  }

  /// What no line starts with.
  private static let closing: Set<Character> = [
    "、", "。", "，", "．", "」", "』", "）", "】", "》", "！", "？", "：", "；", "・", "ー", ".", ",", ")", "]", ":",
    ";", "!", "?",
  ]
}
