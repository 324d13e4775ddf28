import AssetModel

/// Reads a post's body and finds the images that its page shows.
///
/// A dialect is one type of this protocol; nothing else in the scanner knows about dialects.
protocol BodyReader: Sendable {
  /// The images of a body, in the order of their positions.
  ///
  /// - Parameters:
  ///   - file: the post's bytes.
  ///   - masked: the same with template code masked, for lexing.
  ///   - body: where the body stands.
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate]

  /// Why the format's own tool cannot read a body, and the offset; nil where it can.
  func defect(file: [UInt8], body: Range<Int>) -> (offset: Int, message: String)?
}

extension BodyReader {
  func defect(file: [UInt8], body: Range<Int>) -> (offset: Int, message: String)? { nil }
}

extension Post.Dialect {
  /// The reader of the dialect.
  var reader: any BodyReader {
    switch self {
    case .kramdown: KramdownReader()
    case .commonmark: CommonMarkReader()
    case .pythonMarkdown: PythonMarkdownReader()
    case .mdx: MDXReader()
    case .html, .page: HTMLReader()
    case .asciiDoc: AsciiDocReader()
    case .notebook: NotebookReader()
    case .org: OrgReader()
    case .reStructuredText: ReStructuredTextReader()
    case .textile: TextileReader()
    }
  }
}

/// HTML with template code masked.
struct HTMLReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    guard ImageHint.hasTag(masked, body) else { return [] }
    let text = SourceText(masked: masked, range: body)
    return HTMLScanner.tags(in: text.bytes).flatMap { match in
      HTMLReferences.candidates(match.tag, in: text, file: file, contexts: match.contexts)
    }
  }
}

/// Markdown as kramdown reads it.
struct KramdownReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    guard ImageHint.hasMarkdown(masked, body) || ImageHint.hasTag(masked, body) else { return [] }
    let blocks = KramdownBlocks(SourceText(masked: masked, range: body))
    let prefix = CmarkOracle.tokenPrefix(for: file)
    var footnotes = FootnoteUse()
    var matches: [(candidate: Candidate, token: Int?, footnote: String?)] = []
    var oracleText: [UInt8] = []
    var nextToken = 0
    for leaf in blocks.leaves where ImageHint.mayMatter(leaf.text.bytes) {
      let spans = KramdownSpans(
        leaf,
        file: file,
        blocks: blocks,
        tokenPrefix: prefix,
        firstToken: nextToken
      )
      footnotes.add(spans.footnotes, in: leaf.footnote)
      guard !spans.candidates.isEmpty else { continue }
      for (candidate, token) in zip(spans.candidates, spans.tokens) {
        matches.append((candidate, token, leaf.footnote))
        if let token { nextToken = max(nextToken, token + 1) }
      }
      oracleText += spans.oracleText
    }
    let footnotesUsed = footnotes.shownNames
    let verdicts = nextToken > 0 ? CmarkOracle.judge(oracleText, prefix: prefix) : [:]
    var images: [Candidate] = []
    for (candidate, token, footnote) in matches {
      if let footnote, !footnotesUsed.contains(footnote) { continue }
      var image = candidate
      if let token {
        guard let verdict = verdicts[token] else { continue }
        image.contexts.formUnion(verdict.contexts)
      }
      images.append(image)
    }
    for raw in blocks.rawTags {
      if let footnote = raw.footnote, !footnotesUsed.contains(footnote) { continue }
      images += HTMLReferences.candidates(raw.tag, in: raw.text, file: file, contexts: raw.contexts)
    }
    return images.sorted { ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start) }
  }
}

/// Which footnotes a page shows: those that its text uses, and those that these use.
private struct FootnoteUse {
  private var used: [String?: Set<String>] = [:]

  /// Records the footnotes that a text uses.
  mutating func add(_ names: Set<String>, in footnote: String?) {
    guard !names.isEmpty else { return }
    used[footnote, default: []].formUnion(names)
  }

  /// The names of the footnotes shown.
  var shownNames: Set<String> {
    var names: Set<String> = []
    var next = Array(used[nil] ?? [])
    while let name = next.popLast() {
      if names.insert(name).inserted { next += used[name] ?? [] }
    }
    return names
  }
}

/// Quick looks at a text that spare most posts the rest.
enum ImageHint {
  /// Whether the text holds `![`.
  static func hasMarkdown(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var i = range.lowerBound
      let last = range.upperBound - 1
      while i < last {
        if buffer[i] == .bang, buffer[i + 1] == .openBracket { return true }
        i += 1
      }
      return false
    }
  }

  /// Whether the text holds `<i`, `<s` or `<v`, which image tags begin with.
  static func hasTag(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var i = range.lowerBound
      let last = range.upperBound - 2
      while i < last {
        if buffer[i] == .less {
          switch (buffer[i + 1] | 0x20, buffer[i + 2] | 0x20) {
          case (UInt8(ascii: "i"), UInt8(ascii: "m")), (UInt8(ascii: "s"), UInt8(ascii: "o")),
            (UInt8(ascii: "v"), UInt8(ascii: "i")):
            return true
          default: break
          }
        }
        i += 1
      }
      return false
    }
  }

  /// Whether a block can hold an image, or use a footnote that does.
  static func mayMatter(_ bytes: [UInt8]) -> Bool {
    let range = 0..<bytes.count
    return hasMarkdown(bytes, range) || hasTag(bytes, range) || bytes.find("[^", from: 0) != nil
  }
}
