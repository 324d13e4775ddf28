import AssetModel

/// Explicit markup: directives, the definitions of substitutions, footnotes, targets and comments.
extension ReStructuredTextBlocks {
  /// Reads what begins with two dots, and returns the line behind it.
  mutating func explicit(_ lines: ArraySlice<Line>, _ i: Int, _ depth: Int) -> Int {
    let line = lines[i]
    var start = line.lowerBound + 2
    while start < line.upperBound, text.bytes[start] == .space { start += 1 }
    let width = start - line.lowerBound
    guard start < line.upperBound else {
      // An empty comment does not take in what follows it.
      if i + 1 >= lines.endIndex || lines[i + 1].isEmpty { return i + 1 }
      return indented(lines, i, first: width).next
    }
    switch text.bytes[start] {
    case .openBracket:
      guard let close = text.bytes.find(.closeBracket, in: start..<line.upperBound), close > start + 1,
        close + 1 == line.upperBound || text.bytes[close + 1] == .space
      else { break }
      addTarget(start + 1..<close)
      let block = indented(lines, i, first: min(close + 2, line.upperBound) - line.lowerBound)
      read(block.lines[...], depth: depth + 1)
      return block.next
    case .underscore where start + 1 < line.upperBound && text.bytes[start + 1] != .space:
      var end = start + 1
      while end < line.upperBound, text.bytes[end] != .colon || text.bytes[end - 1] == .backslash { end += 1 }
      addTarget(start + 1..<end)
      return indented(lines, i, first: width, untilBlank: true).next
    case .pipe where start + 1 < line.upperBound && text.bytes[start + 1] != .space:
      return substitution(lines, i, from: start + 1)
    default:
      guard let directive = Self.directive(text.bytes, start..<line.upperBound) else { break }
      let block = indented(lines, i, first: directive.end - line.lowerBound)
      run(directive.name, ReStructuredTextDirective(text, block.lines, start: line.lowerBound), depth)
      return block.next
    }
    return indented(lines, i, first: width).next
  }

  /// `name:: ` at the start of a range, and its end.
  private static func directive(_ bytes: [UInt8], _ range: Range<Int>) -> (name: String, end: Int)? {
    guard let nameEnd = ReStructuredTextSpans.nameEnd(bytes, from: range.lowerBound) else { return nil }
    var colons = nameEnd
    if colons < range.upperBound, bytes[colons] == .space { colons += 1 }
    guard bytes.has("::", at: colons), colons + 2 <= range.upperBound else { return nil }
    var end = colons + 2
    guard end == range.upperBound || bytes[end] == .space else { return nil }
    while end < range.upperBound, bytes[end] == .space { end += 1 }
    return (bytes.string(range.lowerBound..<nameEnd).lowercased(), end)
  }

  private mutating func substitution(_ lines: ArraySlice<Line>, _ i: Int, from start: Int) -> Int {
    let line = lines[i]
    var close = start
    let bytes = text.bytes
    while close < line.upperBound,
      bytes[close] != .pipe || bytes[close - 1] == .space || bytes[close - 1] == .backslash
        || (close + 1 < line.upperBound && bytes[close + 1] != .space)
    { close += 1 }
    guard close < line.upperBound else { return indented(lines, i, first: start - line.lowerBound).next }
    var first = close + 1
    while first < line.upperBound, bytes[first] == .space { first += 1 }
    guard let directive = Self.directive(bytes, first..<line.upperBound) else {
      return indented(lines, i, first: first - line.lowerBound).next
    }
    let block = indented(lines, i, first: directive.end - line.lowerBound)
    let words = bytes.string(start..<close).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let content = ReStructuredTextDirective(text, block.lines, start: line.lowerBound, substitution: words)
    switch directive.name {
    case "image": substitutions[words] = content.image().map { .image($0) }
    case "replace": substitutions[words] = .text(text.joined(content.lines))
    case "raw" where content.isHTML: substitutions[words] = .html(text.joined(content.rawContent))
    default: break
    }
    return block.next
  }

  // MARK: Directives

  private mutating func run(_ name: String, _ directive: ReStructuredTextDirective, _ depth: Int) {
    switch name {
    case "image":
      if let image = directive.image() { pieces.append(.image(image)) }
    case "figure", "thumbnail":
      guard let image = directive.image(isFigure: true) else { return }
      pieces.append(.image(image))
      let content = directive.content
      if isCaption(content) { read(content[...], depth: depth + 1) }
    case "raw":
      if directive.isHTML { pieces.append(.html(text.joined(directive.rawContent))) }
    case "role": if let role = directive.htmlRole(htmlRoles) { htmlRoles.insert(role) }
    case "parsed-literal": pieces.append(.text(text.joined(directive.body)))
    case "list-table":
      // Anything but a list is an error, and the table is not shown.
      let isList = directive.content.allSatisfy { line in
        line.isEmpty || text.indent(line) > 0 || "-+*".utf8.contains(text.bytes[line.lowerBound])
      }
      if isList { read(directive.content[...], depth: depth + 1) }
    case "rubric", "csv-table": pieces.append(.text(text.joined(directive.lines)))
    default:
      hasText = hasText || !["class", "default-role", "meta", "title"].contains(name)
      if Self.containers.contains(name) {
        if directive.hasPlainOptions { read(directive.body[...], depth: depth + 1) }
      } else if Self.silent.contains(name) {
        read(directive.content[...], depth: depth + 1)
      } else if name == "admonition" || name == "topic", !directive.hasPlainOptions {
        return
      } else if Self.titled.contains(name) {
        pieces.append(.text(text.joined(directive.arguments)))
        read(directive.content[...], depth: depth + 1)
      }
    }
  }

  /// Directives whose text begins at once.
  private static let containers: Set<String> = [
    "attention", "caution", "compound", "danger", "epigraph", "error", "highlights", "hint", "important",
    "note",
    "pull-quote", "seealso", "tip", "warning",
  ]

  /// Directives with a line of their own in front of their text, which is shown; some of them only Sphinx has.
  private static let titled: Set<String> = [
    "admonition", "card", "collapse", "deprecated", "details", "dropdown", "grid-item-card", "sidebar",
    "tab-item", "table", "topic", "versionadded", "versionchanged",
  ]

  /// Those with such a line that is not shown.
  private static let silent: Set<String> = ["class", "container", "grid", "grid-item", "only", "tab-set"]

  /// A figure's text begins with a paragraph, or with an empty comment in its place; else docutils drops it.
  private func isCaption(_ lines: [Line]) -> Bool {
    guard let first = lines.first(where: { !$0.isEmpty }) else { return false }
    let bytes = text.bytes
    if bytes.has("..", at: first.lowerBound) { return first.count == 2 }
    guard bytes[first.lowerBound] != .space, bytes[first.lowerBound] != .pipe else { return false }
    let rest = bytes[first].drop { "-+*".utf8.contains($0) }
    return rest.count == first.count || rest.first != .space || first.count - rest.count != 1
  }
}
