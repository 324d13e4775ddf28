import AssetModel
import ThemeAnalysis

extension SlotContainer {
  /// What a reference of a Markdown post stands in, by the beginning of its line: the item of a list (`- ![…]`, `1. ![…]`)
  /// or a quotation (`> ![…]`). A line that only goes on with an item is taken for a paragraph, which is wider: what a
  /// screen downloads is then rather said to be too much.
  init(of reference: Reference, in text: [UInt8]) {
    self = .paragraph
    guard reference.range.start <= text.count else { return }
    let before = text[..<reference.range.start]
    let start = before.lastIndex { $0 == UInt8(ascii: "\n") }.map { $0 + 1 } ?? 0
    let line = before[start...].drop { $0 == UInt8(ascii: " ") }
    guard let first = line.first else { return }
    if first == UInt8(ascii: ">") { self = .quote }
    let bullet = "-*+".utf8.contains(first) ? line.dropFirst() : Self.afterNumber(line)
    if bullet?.first == UInt8(ascii: " ") { self = .list }
  }

  /// What follows `12.` or `12)`; nil where the text begins with neither.
  private static func afterNumber(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let rest = line.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard rest.count < line.count, let end = rest.first, ".)".utf8.contains(end) else { return nil }
    return rest.dropFirst()
  }
}
