import AssetModel

/// reStructuredText as docutils reads it (0.19): the images of directives, of substitutions that the text uses, and of raw
/// HTML.
struct ReStructuredTextReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    let text = MarkupText(masked: masked, range: body, tab: 8)
    var blocks = ReStructuredTextBlocks(text)
    blocks.readDocument()
    var shown = ReStructuredTextSpans(file: file, blocks)
    for piece in blocks.pieces { shown.add(piece) }
    return shown.candidates.sorted {
      ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start)
    }
  }
}

/// What a block gives to the page.
enum ReStructuredTextPiece {
  /// An image, by a directive.
  case image(Candidate)
  /// Text with inline markup.
  case text(SourceText)
  /// HTML that is copied to the page.
  case html(SourceText)
}
