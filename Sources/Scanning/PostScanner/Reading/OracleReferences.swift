import AssetModel

/// Reads constructs that the generator has confirmed as images, without another oracle. Constructs that cannot be read
/// exactly (with template code, a line break, an attribute list) are left out.
struct OracleReferences {
  let file: [UInt8]
  /// The same with template code masked.
  let masked: [UInt8]
  let body: Range<Int>
  let dialect: Post.Dialect

  /// The references at the offsets, in order.
  func candidates(at offsets: Set<Int>) -> [Candidate] {
    offsets.sorted().flatMap { offset -> [Candidate] in
      guard body.contains(offset) else { return [] }
      return switch masked[offset] {
      case .less: tag(at: offset)
      case .bang: image(at: offset).map { [$0] } ?? []
      default: []
      }
    }
  }

  private func tag(at offset: Int) -> [Candidate] {
    // Tags longer than this are not written by hand.
    let text = SourceText(masked: masked, range: offset..<min(body.upperBound, offset + 8192))
    guard let tag = HTMLTag(text.bytes, at: 0, grammar: .browser),
      isWhole(text, tag.range, from: offset)
    else { return [] }
    return HTMLReferences.candidates(tag, in: text, file: file, contexts: [])
  }

  private func image(at offset: Int) -> Candidate? {
    let text = SourceText(masked: masked, range: offset..<min(body.upperBound, file.lineEnd(from: offset)))
    let bytes = text.bytes
    guard let close = labelEnd(bytes), close + 1 < bytes.count, bytes[close + 1] == .openParen else {
      return nil
    }
    var lexer = DestinationLexer(bytes)
    guard let destination = lexer.read(at: close + 1), !destination.url.isEmpty,
      !bytes.has("{:", at: destination.end),
      isWhole(text, 0..<destination.end, from: offset),
      dialect == .kramdown || isPlain(bytes[(close + 2)..<destination.end - 1])
    else { return nil }
    return Candidate(
      kind: .markdownInline,
      range: text.fileRange(0..<destination.end),
      urlRange: text.fileRange(destination.url),
      url: text.written(destination.url, in: file),
      alt: Entities.decode(KramdownText.unescape(text.written(2..<close, in: file))),
      title: destination.title.map { Entities.decode(text.written($0, in: file)) }
    )
  }

  /// Whether a destination is read alike by every dialect: a URL and nothing else, without escapes.
  private func isPlain(_ destination: ArraySlice<UInt8>) -> Bool {
    !destination.contains { byte in
      byte.isWhitespace || byte == .openParen || byte == .closeParen || byte == .less || byte == .backslash
    }
  }

  /// The `]` of a label that begins at 2, behind `![`.
  private func labelEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.has("![", at: 0) else { return nil }
    var depth = 1
    var i = 2
    while i < bytes.count {
      switch bytes[i] {
      case .backslash: i += 1
      case .backtick: return nil
      case .openBracket: depth += 1
      case .closeBracket:
        depth -= 1
        if depth == 0 { return i }
      default: break
      }
      i += 1
    }
    return nil
  }

  /// Whether nothing was masked out of a part, so that its bytes are the file's.
  private func isWhole(_ text: SourceText, _ part: Range<Int>, from offset: Int) -> Bool {
    part.upperBound <= text.count && text.fileRange(part) == ByteRange(offset, offset + part.count)
  }
}
