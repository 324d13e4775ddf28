import Manifest

/// Markdown as Python-Markdown reads it (MkDocs, Pelican).
///
/// There is no library to ask, and Python-Markdown lies between two dialects that there are: blocks of raw HTML run to
/// their end tag as in kramdown, while emphasis, links and code follow Markdown.pl, from which CommonMark was made. A
/// place is an image where both readers say so; the rest is left alone.
struct PythonMarkdownReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    let agreed = Set(
      KramdownReader().candidates(file: file, masked: masked, body: body).map { Place(of: $0) })
    guard !agreed.isEmpty else { return [] }
    return CommonMarkReader().candidates(file: file, masked: masked, body: body)
      .filter { agreed.contains(Place(of: $0)) }
      .map { candidate in
        var candidate = candidate
        // Whether a list behind an image is its attributes or text depends on an extension being loaded.
        let isMarkdown = candidate.kind == .markdownInline || candidate.kind == .markdownReference
        if isMarkdown, candidate.range.end < file.count, file[candidate.range.end] == .openBrace {
          candidate.keptBecause = "followed by an attribute list, which only some sites' Markdown reads"
        }
        return candidate
      }
  }

  private struct Place: Hashable {
    var range: ByteRange
    var urlRange: ByteRange

    init(of candidate: Candidate) {
      range = candidate.range
      urlRange = candidate.urlRange
    }
  }
}
