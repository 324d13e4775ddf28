import AssetModel

/// AsciiDoc as Asciidoctor reads it (2.0): block and inline image macros, posters of videos, and raw HTML.
struct AsciiDocReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    let text = MarkupText(masked: masked, range: body)
    var blocks = AsciiDocBlocks(text, file: file)
    var conditions = AsciiDocConditions()
    let lines = text.lines.filter { conditions.shows(text.string($0)) }
    blocks.readDocument(lines)
    return blocks.candidates.sorted {
      ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start)
    }
  }
}
