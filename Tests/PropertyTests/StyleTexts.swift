import Web

/// What holds for every text that is read as a stylesheet, an attribute or a value.
enum StyleTexts {
  static func check(_ file: [UInt8]) throws {
    try tokens(file)
    let text = String(decoding: file, as: UTF8.self)
    for isSass in [false, true] { rules(StyleSheetParser.parse(text, file: "a", isSass: isSass)) }
    for screen in Screen.standard {
      let slot = SizesAttribute.slot(text, on: screen)
      guard slot >= 0 else { throw Properties.Violation(description: "a slot of \(slot)") }
      _ = MediaQueryList(text).matches(screen)
    }
    _ = SourceCandidate.parse(text)
  }

  /// Tokens stand one behind the other, inside the part that was read.
  private static func tokens(_ file: [UInt8]) throws {
    let part = (file.count / 4)..<file.count
    for isSass in [false, true] {
      var end = part.lowerBound
      for token in CSSTokenizer.tokens(in: file, part, isSass: isSass) {
        guard token.range.lowerBound >= end, token.range.upperBound <= part.upperBound else {
          throw Properties.Violation(description: "\(token) begins before \(end), or ends behind \(part)")
        }
        end = token.range.upperBound
      }
    }
  }

  /// Every value, query and selector of a stylesheet comes to something or to nothing.
  private static func rules(_ sheet: StyleSheet) {
    var tree = StyleTree()
    let root = tree.add(StyleTree.Element("html"), to: nil)
    let leaf = tree.add(StyleTree.Element("img", classes: ["a"], isOpen: true), to: root)
    let matcher = SelectorMatcher(tree: tree, canOccur: { _ in true }, isState: { _ in false })
    var units = LengthUnits()
    units.fontSize = 16
    let calculation = CSSCalculation(units, isSass: true) { sheet.variables[$0] }
    for rule in sheet.rules {
      for selector in rule.selectors { _ = (matcher.matches(selector, leaf), selector.specificity) }
      for media in rule.media { _ = media.holds(in: MediaEnvironment(width: 400)) }
      for declaration in rule.declarations {
        _ = (calculation.length(of: declaration.value), declaration.text)
      }
    }
  }
}
