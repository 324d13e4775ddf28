/// How large an SVG is where nothing says otherwise, in CSS pixels (SVG 2, 8.2 and 7.2; CSS Values 4, 6.2).
package struct SVGSize: Hashable {
  package var width: Double
  package var height: Double

  /// The size that a root element's attributes give; nil where they do not give both sides.
  ///
  /// A side that is missing, or a percentage of an unknown length, follows from the other by the shape of the
  /// `viewBox`; where both are, the `viewBox` itself is the size.
  init?(attributes: [SVGAttribute]) {
    // The first of two counts, as in HTML. XML has no two.
    let value = { (name: String) in attributes.first { $0.name.lowercased() == name }?.value }
    let box = value("viewbox").flatMap(Self.box)
    switch (value("width").flatMap(Self.length), value("height").flatMap(Self.length), box) {
    case (let width?, let height?, _): (self.width, self.height) = (width, height)
    case (let width?, nil, let box?): (self.width, self.height) = (width, width * box.height / box.width)
    case (nil, let height?, let box?): (self.width, self.height) = (height * box.width / box.height, height)
    case (nil, nil, let box?): (self.width, self.height) = box
    default: return nil
    }
    guard width < 1e9, height < 1e9 else { return nil }
  }

  /// CSS pixels in a unit. `em` and similar units depend on the font of the page, which an image cannot know: browsers
  /// use the medium size of 16 px.
  private static let units: [String: Double] = [
    "": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6, "pt": 96.0 / 72, "pc": 16,
    "em": 16,
    "rem": 16, "ex": 8, "ch": 8,
  ]

  /// A length in CSS pixels; nil for percentages and for what is none, or none above zero.
  static func length(_ text: String) -> Double? {
    guard let (number, unit) = number(text[...]), number > 0, let factor = units[unit.lowercased()] else {
      return nil
    }
    return number * factor
  }

  private static func box(_ text: String) -> (width: Double, height: Double)? {
    let parts = text.split { $0.isWhitespace || $0 == "," }
    guard parts.count == 4, let width = Double(parts[2]), let height = Double(parts[3]), width > 0,
      height > 0,
      width.isFinite, height.isFinite
    else { return nil }
    return (width, height)
  }

  /// A number and the text after it. `Double` alone would also read `inf`, `nan` and `0x1p3`.
  private static func number(_ text: Substring) -> (Double, unit: String)? {
    var rest = text
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    guard rest.utf8.count <= 64 else { return nil }
    let isDigit = { (character: Character) in ("0"..."9").contains(character) }
    var end = rest.startIndex
    func digits() {
      while end < rest.endIndex, isDigit(rest[end]) { end = rest.index(after: end) }
    }
    if let sign = rest.first, sign == "+" || sign == "-" { end = rest.index(after: end) }
    digits()
    if end < rest.endIndex, rest[end] == "." {
      end = rest.index(after: end)
      digits()
    }
    // `1em` is a unit, `1e2` and `1e-2em` are exponents.
    if end < rest.endIndex, rest[end] == "e" || rest[end] == "E" {
      var next = rest[rest.index(after: end)...]
      if let sign = next.first, sign == "+" || sign == "-" { next = next.dropFirst() }
      if let digit = next.first, isDigit(digit) {
        end = next.startIndex
        digits()
      }
    }
    guard let number = Double(rest[..<end]), number.isFinite else { return nil }
    return (number, String(rest[end...]))
  }
}
