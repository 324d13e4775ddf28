extension SlotWidths {
  /// The `sizes` attribute of an image that is as wide as the slot, whatever its own width is.
  public var text: String {
    guard let first = pieces.first else { return "100vw" }
    let wider = pieces.dropFirst().reversed().map { "(min-width: \($0.from)px) \(Self.text($0)), " }
    return wider.joined() + Self.text(first)
  }

  /// Reads what ``text`` writes: lengths in `px`, `vw` or `calc(… vw ± … px)` after conditions `(min-width: …px)`, the widest
  /// first and none at the end; nil for any other `sizes` attribute.
  public init?(text: String) {
    var pieces: [Piece] = []
    var upper = Int.max
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimming(while: \.isWhitespace) }
    for (index, part) in parts.enumerated() {
      var length = part
      var from = 0
      if index < parts.count - 1 {
        let prefix = "(min-width:"
        guard part.hasPrefix(prefix), let end = part.firstIndex(of: ")"), !part.hasPrefix(prefix + ")"),
          let width = Self.number(part[..<end].dropFirst(prefix.count), unit: "px"), width >= 1, width < 1e5
        else { return nil }
        from = Int(width.rounded(.up))
        length = part[part.index(after: end)...].trimming(while: \.isWhitespace)
      }
      guard from < upper, let (slope, offset) = Self.length(length) else { return nil }
      upper = from
      pieces.append(Piece(from: from, slope: slope, offset: offset))
    }
    self.init(pieces: pieces.reversed())
  }

  /// The slope and the offset of a length.
  private static func length(_ text: Substring) -> (Double, Double)? {
    if let pixels = number(text, unit: "px") { return (0, pixels) }
    if let share = number(text, unit: "vw") { return (share / 100, 0) }
    guard text.hasPrefix("calc("), text.hasSuffix(")") else { return nil }
    let words = text.dropFirst(5).dropLast().split(separator: " ")
    guard words.count == 3, let share = number(words[0], unit: "vw"),
      let pixels = number(words[2], unit: "px")
    else { return nil }
    switch words[1] {
    case "+": return (share / 100, pixels)
    case "-": return (share / 100, -pixels)
    default: return nil
    }
  }

  /// A number that is not negative, before a unit.
  private static func number(_ text: Substring, unit: String) -> Double? {
    let text = text.trimming(while: \.isWhitespace)
    guard text.hasSuffix(unit), let number = Double(text.dropLast(unit.count)), number >= 0, number.isFinite
    else { return nil }
    return number
  }
}

extension Substring {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
    var text = self[...]
    while let first = text.first, predicate(first) { text.removeFirst() }
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}
