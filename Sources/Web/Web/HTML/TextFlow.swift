/// How high the text of a page is at least, up to a point of it: its paragraphs and headings, line by line.
package struct TextFlow: Hashable, Sendable {
  /// CSS pixels in the window of a phone, and in wide ones.
  package private(set) var narrow = 0
  package private(set) var wide = 0
  /// The letters since the last paragraph; those of East Asian scripts are as wide as two.
  private var pending = 0
  /// How many elements stand around the one whose text is not counted.
  private var skippedDepth: Int?
  private var isPreformatted = false

  /// Letters of a line in columns that are as wide as people make them.
  private static let (narrowLetters, wideLetters) = (46, 100)
  /// A small font's line, and what parts two paragraphs.
  private static let (lineHeight, gap) = (21, 8)
  private static let blocks: Set<String> = [
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "figcaption", "main", "article",
  ]
  /// What may stand beside the rest, or not be shown.
  private static let besides: Set<String> = ["aside", "nav", "details", "dialog", "svg", "math", "select"]

  /// - Parameter depth: how many elements stand around it.
  mutating func begin(_ element: HTMLElement, depth: Int) {
    guard skippedDepth == nil else { return }
    if Self.besides.contains(element.name) || element["hidden"] != nil { skippedDepth = depth }
    if Self.blocks.contains(element.name) { closeBlock() }
    if element.name == "pre" { isPreformatted = true }
  }

  mutating func end(_ name: String, depth: Int) {
    if let skipped = skippedDepth {
      if depth <= skipped { skippedDepth = nil }
      return
    }
    if Self.blocks.contains(name) { closeBlock() }
    if name == "pre" { isPreformatted = false }
  }

  /// Takes text in.
  ///
  /// - Returns: how many letters it has.
  mutating func add(_ text: String) -> Int {
    var (letters, weight, lines) = (0, 0, 0)
    for scalar in text.unicodeScalars {
      if scalar == "\n" { lines += 1 }
      guard !scalar.properties.isWhitespace else { continue }
      letters += 1
      weight += scalar.value >= 0x1100 ? 2 : 1
    }
    // Lines of code are not broken.
    if skippedDepth == nil { pending += isPreformatted ? lines * Self.narrowLetters : weight }
    return letters
  }

  private mutating func closeBlock() {
    guard pending > 0 else { return }
    func lines(_ letters: Int) -> Int { (pending + letters - 1) / letters }
    narrow += lines(Self.narrowLetters) * Self.lineHeight + Self.gap
    wide += lines(Self.wideLetters) * Self.lineHeight + Self.gap
    pending = 0
  }
}
