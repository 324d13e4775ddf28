import AssetModel

/// Markdown as Python-Markdown 3 reads it with the extensions that its sites load: fenced code, Markdown in HTML,
/// attribute lists, tables, admonitions (MkDocs, Pelican).
///
/// There is no library to ask, so its block parser and the inline patterns that matter are followed here.
struct PythonMarkdownReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    guard ImageHint.hasMarkdown(masked, body) || ImageHint.hasTag(masked, body) else { return [] }
    let hasMark = body.lowerBound == 0 && masked.starts(with: [0xEF, 0xBB, 0xBF])
    let text = SourceText(masked: masked, range: (hasMark ? 3 : body.lowerBound)..<body.upperBound)
    let source = PythonMarkdownSource(text)
    var definitions: [String: PythonMarkdownBlocks.Definition] = [:]
    var leaves: [PythonMarkdownBlocks.Leaf] = []
    for piece in source.pieces {
      let blocks = PythonMarkdownBlocks(piece, definitions: definitions)
      definitions = blocks.definitions
      leaves += blocks.leaves.filter { ImageHint.mayMatter($0.text.bytes) }
    }
    var candidates: [Candidate] = []
    for leaf in leaves {
      candidates += PythonMarkdownSpans(leaf, file: file, definitions: definitions).candidates
    }
    for raw in source.rawTags {
      candidates += HTMLReferences.candidates(raw.tag, in: raw.text, file: file, contexts: raw.contexts)
    }
    return candidates.sorted { ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start) }
  }
}
