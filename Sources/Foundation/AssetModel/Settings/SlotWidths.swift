/// How wide an image may get in a layout, as a function of the viewport's width: linear pieces.
public struct SlotWidths: Codable, Hashable, Sendable {
  /// A piece.
  public struct Piece: Codable, Hashable, Sendable {
    /// The viewport's width in CSS pixels from which it holds, up to the next piece's.
    public var from: Int
    /// The part of the width that grows with the viewport, per pixel of it.
    public var slope: Double
    /// The part that does not, in CSS pixels.
    public var offset: Double

    /// Makes a piece.
    public init(from: Int, slope: Double, offset: Double) {
      self.from = from
      self.slope = slope
      self.offset = offset
    }

    /// The width at a viewport's width.
    public func width(at viewport: Double) -> Double { slope * viewport + offset }
  }

  /// The pieces, narrowest viewport first; the first holds for whatever is narrower as well.
  public var pieces: [Piece]

  /// Makes a function of pieces.
  public init(pieces: [Piece]) { self.pieces = pieces }

  /// Finds the pieces in a width for each viewport width.
  ///
  /// - Parameter from: the viewport's width of the first point, in CSS pixels.
  package init(points: [Double], from: Int) {
    pieces = []
    var start = 0
    while start < points.count {
      guard start + 1 < points.count else {
        pieces.append(Piece(from: from + start, slope: 0, offset: points[start]))
        break
      }
      var slope = points[start + 1] - points[start]
      var end = start + 1
      while end + 1 < points.count, abs(points[end + 1] - points[end] - slope) < 1e-6 { end += 1 }
      // A jump between two points is no slope: it is where the next piece starts.
      if end == start + 1, start + 2 < points.count {
        slope = pieces.last?.slope ?? 0
        pieces.append(
          Piece(from: from + start, slope: slope, offset: points[start] - slope * Double(from + start)))
        start += 1
        continue
      }
      slope = (slope * 1e6).rounded() / 1e6
      let offset = points[start] - slope * Double(from + start)
      pieces.append(Piece(from: from + start, slope: slope, offset: (offset * 1e4).rounded() / 1e4))
      start = end + 1
    }
    pieces = pieces.reduce(into: []) { merged, piece in
      var piece = piece
      if let last = merged.last {
        if abs(last.slope - piece.slope) < 1e-6, abs(last.offset - piece.offset) < 1e-3 { return }
        // Where two pieces meet, the wider viewport's holds as well.
        let before = Double(piece.from - 1)
        if abs(last.width(at: before) - piece.width(at: before)) < 1e-3 { piece.from -= 1 }
      }
      merged.append(piece)
    }
  }

  /// The width at a viewport's width, in CSS pixels.
  public func width(at viewport: Double) -> Double {
    (pieces.last { Double($0.from) <= viewport } ?? pieces.first)?.width(at: viewport) ?? viewport
  }

  /// The `sizes` attribute of an image that is shown at its own width, or as wide as the slot where that is narrower.
  ///
  /// - Parameter own: the image's own width in CSS pixels.
  public func sizes(own: Int) -> String {
    var parts: [(from: Int, text: String)] = []
    func add(_ from: Int, _ text: String) {
      if parts.last?.text == text { return }
      parts.append((from, text))
    }
    for (index, piece) in pieces.enumerated() {
      let next = index + 1 < pieces.count ? pieces[index + 1].from : Int.max
      let width = { (viewport: Int) in piece.width(at: Double(viewport)) }
      let isWide = width(piece.from) >= Double(own)
      guard piece.slope > 0 else {
        add(piece.from, isWide ? "\(own)px" : Self.text(piece))
        continue
      }
      add(piece.from, isWide ? "\(own)px" : Self.text(piece))
      if !isWide {
        let meeting = Int(((Double(own) - piece.offset) / piece.slope).rounded(.up))
        if meeting < next { add(meeting, "\(own)px") }
      }
    }
    guard let last = parts.first?.text else { return "100vw" }
    let conditions = parts.dropFirst().reversed().map { "(min-width: \($0.from)px) \($0.text), " }
    return conditions.joined() + last
  }

  static func text(_ piece: Piece) -> String {
    let offset = number(abs(piece.offset))
    if piece.slope == 0 { return "\(number(piece.offset))px" }
    let share = "\(number(piece.slope * 100))vw"
    if offset == "0" { return share }
    return "calc(\(share) \(piece.offset < 0 ? "-" : "+") \(offset)px)"
  }

  /// A number with two decimals at most.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    if hundredths % 100 == 0 { return "\(hundredths / 100)" }
    let fraction = String(abs(hundredths % 100) + 100).dropFirst()
    return "\(hundredths / 100)." + (fraction.hasSuffix("0") ? fraction.dropLast() : fraction)
  }
}

extension SlotWidths.Piece: CompactRecord {
  package static var blank: SlotWidths.Piece { SlotWidths.Piece(from: 0, slope: 0, offset: 0) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&from)
    try fields.exchange(&slope)
    try fields.exchange(&offset)
  }
}
