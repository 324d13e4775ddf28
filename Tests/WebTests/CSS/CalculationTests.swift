import Testing

@testable import Web

/// Lengths in stylesheets, in a window of 1000 pixels, in a box of 500, with letters of 20 and 16 pixels.
struct CalculationTests {
  private static let variables = [
    "--gap": "10px", "$side": "2em", "--self": "var(--self)", "--two": "2",
    "--circle": "calc(var(--b) + 1px)",
    "--b": "max(var(--circle), var(--circle))",
  ]

  private static func pixels(_ text: String, rootSize: Double? = 16, isSass: Bool = true) -> Double? {
    var units = LengthUnits()
    (units.viewportWidth, units.whole) = (1_000, 500)
    (units.fontSize, units.rootFontSize) = (20, rootSize)
    let calculation = CSSCalculation(units, isSass: isSass) { name in
      variables[name].map { ComponentValue.parse($0) }
    }
    return calculation.length(of: ComponentValue.parse(text, isSass: isSass))
  }

  @Test(
    arguments: [
      ("12px", 12), ("0", 0), ("50%", 250), ("2em", 40), ("2rem", 32), ("10vw", 100), ("1in", 96),
      ("3pt", 4),
      ("2.54cm", 96), ("-5px", -5), ("+.5px", 0.5),
      ("calc(100% - 2 * 20px)", 460), ("calc((1em + 5px) / 5)", 5), ("calc(10px*2)", 20),
      ("calc(1px - -1px)", 2),
      ("min(300px, 10vw)", 100), ("max(1em, 10vw, 5px)", 100), ("clamp(10px, 50%, 200px)", 200),
      ("clamp(300px, 50%, 400px)", 300), ("min(calc(1px + 2px), 4px)", 3),
      ("var(--gap)", 10), ("calc(2 * var(--gap))", 20), ("var(--none, 7px)", 7),
      ("var(--gap, 7px)", 10), ("$side", 40), ("calc(var(--two) * 4px)", 8), ("1e2px", 100),
      ("calc(1e1px + 2e-1em)", 14), ("1pc", 16),
      // What cannot be known.
      ("auto", nil), ("1foo", nil), ("12vh", nil), ("calc(1px", nil), ("calc(1px / 0)", nil),
      ("10px 20px", nil),
      ("65ch", nil), ("12", nil), ("calc(1px * 1px)", nil), ("var(--circle)", nil),
      ("var(--none)", nil), ("var(--self)", nil), ("clamp(1px, 2px)", nil),
      ("fit-content(2px)", nil), ("", nil),
    ] as [(String, Double?)])
  func aLength(text: String, expected: Double?) {
    #expect(
      Self.pixels(text).map { ($0 * 1_000).rounded() } == expected.map { ($0 * 1_000).rounded() })
  }

  /// SCSS computes outside functions and without spaces; CSS does not, and there numbers are no lengths.
  @Test(
    arguments: [
      ("10px + 5px", 15, nil), ("10px+5px", 15, nil), ("calc(1px -1px)", 0, nil), ("calc(1px - 1px)", 0, 0),
      ("-$side", -40, nil), ("10px / 4", 2.5, nil), ("calc(10px/4)", 2.5, 2.5), ("10px + 5", 15, nil),
      ("calc(10px + 5)", 15, nil), ("- - - 5px", -5, nil),
    ] as [(String, Double?, Double?)])
  func sassComputesMore(text: String, sass: Double?, css: Double?) {
    #expect(Self.pixels(text) == sass)
    #expect(Self.pixels(text, isSass: false) == css)
  }

  @Test func anUnknownFontIsAnUnknownLength() { #expect(Self.pixels("1rem", rootSize: nil) == nil) }

  /// Each way through the variables tried anew would be 50 to the power of 12.
  @Test func variablesOfVariablesComeToAnEnd() {
    let sum = { (name: String) in
      "calc(" + Array(repeating: "var(\(name))", count: 50).joined(separator: " + ") + ")"
    }
    let calculation = CSSCalculation(LengthUnits()) { name in
      let level = Int(name.dropFirst(3)) ?? 0
      return ComponentValue.parse(level == 12 ? "1px" : sum("--v\(level + 1)"))
    }
    #expect(calculation.length(of: ComponentValue.parse("var(--v9)")) == 125_000)
    #expect(calculation.length(of: ComponentValue.parse("var(--v0)")) != nil)
  }

  @Test func deepBracketsAreNoLength() {
    let text = String(repeating: "calc(", count: 100_000) + "1px"
    #expect(Self.pixels(text) == nil)
    #expect(Self.pixels(text + String(repeating: ")", count: 100_000)) == nil)
    let deep = String(repeating: "(", count: 60) + "1px" + String(repeating: ")", count: 60)
    #expect(Self.pixels("calc\(deep)") == 1)
  }
}
