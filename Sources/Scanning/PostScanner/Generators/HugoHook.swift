import AssetModel

/// Hugo's templates for Markdown images.
enum HugoHook {
  /// The files that a generated hook consists of, which must not be the author's.
  static let files = RenderHookFiles.all

  /// Whether a hook of the site's own prints the image's address and does nothing else with it, so that it may be another
  /// file's.
  static func printsPath(_ template: String) -> Bool {
    var rest = template[...]
    var uses = 0
    while let open = rest.firstRange(of: "{{") {
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { return false }
      let code = rest[open.upperBound..<close.lowerBound].filter { $0 != "-" }
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let before = rest[..<open.lowerBound]
      if code.contains("Destination") {
        guard [".Destination", ".Destination | safeURL"].contains(code),
          before.hasSuffix(" src=\"") || before.hasSuffix(" src='")
        else { return false }
        uses += 1
      } else if !isHarmless(code) {
        return false
      }
      rest = rest[close.upperBound...]
    }
    return uses > 0
  }

  /// Whether code prints or asks for the image's texts and nothing else.
  private static func isHarmless(_ code: String) -> Bool {
    if code.hasPrefix("/*") { return true }
    let words: Set<String> = [
      "if", "with", "else", "end", "|", ".", ".Title", ".Text", ".PlainText", "$.Title", "$.Text",
      "$.PlainText",
      "safeHTML", "safeHTMLAttr", "htmlEscape", "plainify", "markdownify",
    ]
    return code.split(separator: " ").allSatisfy { words.contains(String($0)) }
  }
}
