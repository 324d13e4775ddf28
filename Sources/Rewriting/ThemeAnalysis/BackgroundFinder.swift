import Web

/// Finds backgrounds that a site's templates make of images that posts name in their front matter, and that are shown at
/// the image's own size: there a file with fewer pixels would show another part of the picture.
struct BackgroundFinder {
  /// The stylesheets of the site's pages.
  let rules: [StyleSheet.Rule]

  /// The first such background in a template.
  func finding(in template: String, file: String) -> ThemeFinding? {
    guard template.contains("url(") else { return nil }
    let text = TemplateText.masked(template) { _ in nil }
    var rest = text[...]
    while let match = rest.firstRange(of: "url(") {
      rest = rest[match.upperBound...]
      let address = rest.drop { $0 == "'" || $0 == "\"" || $0 == "&" || $0.isWhitespace }
      guard let first = address.first, first == TemplateText.mark || first == TemplateText.branch,
        !isScaled(text, at: match.lowerBound)
      else { continue }
      return ThemeFinding(
        file: file, line: text[..<match.lowerBound].count(where: \.isNewline) + 1,
        message: "shows an image that posts name as a background of the image's own size")
    }
    return nil
  }

  /// Whether the element with the background states its size: in the same declaration block, or in a rule that always
  /// applies.
  private func isScaled(_ text: String, at index: String.Index) -> Bool {
    let before = text[..<index]
    let tag = before.lastIndex(of: "<")
    if let block = before.lastIndex(of: "{"), tag.map({ $0 < block }) ?? true {
      let inside = text[block...].prefix { $0 != "}" }
      let start = before[..<block].lastIndex { $0 == "}" || $0 == ">" || $0 == ";" } ?? before.startIndex
      return Self.saysSize(inside) || hasRule(for: Self.words(before[start..<block], after: "."))
    }
    guard let tag else { return false }
    let element = text[tag...].prefix { $0 != ">" }
    guard let list = element.firstRange(of: "class=") else { return Self.saysSize(element) }
    let quoted = element[list.upperBound...].dropFirst().prefix { $0 != "\"" && $0 != "'" }
    return Self.saysSize(element)
      || hasRule(for: Set(quoted.split(whereSeparator: \.isWhitespace).map(String.init)))
  }

  private static func saysSize(_ text: Substring) -> Bool {
    text.contains("background-size")
      || ["cover", "contain"].contains { word in text.firstRange(of: word) != nil && text.contains("/") }
  }

  private static func words(_ text: Substring, after mark: Character) -> Set<String> {
    Set(
      text.split(separator: mark).dropFirst().map { part in
        String(part.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
      })
  }

  /// Whether a rule for one of the classes, in windows of all sizes, says how large a background is.
  private func hasRule(for classes: Set<String>) -> Bool {
    rules.contains { rule in
      rule.media.isEmpty && !rule.isUncertain && rule.declarations.contains(where: Self.scales)
        && rule.selectors.contains { selector in
          selector.parts.last.map { part in
            !part.compound.classes.isEmpty && classes.isSuperset(of: part.compound.classes)
              && part.compound.pseudos.isEmpty && part.compound.pseudoElement == nil
          } ?? false
        }
    }
  }

  private static func scales(_ declaration: StyleSheet.Declaration) -> Bool {
    let value = declaration.text.lowercased()
    switch declaration.name {
    case "background-size": return !["auto", "auto auto", "initial", "unset"].contains(value)
    case "background": return value.contains("cover") || value.contains("contain")
    default: return false
    }
  }
}
