import AssetModel

/// The images of MyST's directives, which stand in what is a code block for CommonMark: ` ```{figure} a.png `, `:::{image} a.png`,
/// and whatever Markdown a note or a card holds.
struct MySTDirectives {
  let file: [UInt8]
  let masked: [UInt8]

  /// Directives whose text is no Markdown.
  private static let literal: Set<String> = [
    "code", "code-block", "code-cell", "sourcecode", "literalinclude", "math", "mermaid", "toctree", "raw",
    "eval-rst",
    "csv-table", "list-table", "include", "bibliography", "graphviz", "contents", "parsed-literal", "prompt",
    "programoutput", "ipython", "plot", "autosummary", "glossary", "tableofcontents", "postlist",
  ]

  /// - Parameters:
  ///   - body: where the text stands.
  ///   - depth: how many directives it stands in.
  func candidates(_ body: Range<Int>, depth: Int = 0) -> [Candidate] {
    guard depth < 8 else { return [] }
    var images: [Candidate] = []
    var line = body.lowerBound
    while line < body.upperBound {
      let next = min(masked.lineEnd(from: line), body.upperBound)
      guard let fence = fence(line..<next) else {
        line = next
        continue
      }
      let isBlock = fence.mark != .colon
      let close = isBlock ? self.close(fence, from: next, body) : (start: next, end: next)
      if let name = fence.name {
        if name == "image" || name == "figure" {
          images += [image(fence, line..<next)].compactMap(\.self)
        }
        if isBlock, !Self.literal.contains(name) {
          let inner = next..<close.start
          images += CommonMarkReader().candidates(file: file, masked: masked, body: inner)
          images += candidates(inner, depth: depth + 1)
        }
      }
      line = close.end
    }
    return images
  }

  /// A line that opens a block.
  private struct Fence {
    var mark: UInt8
    var length: Int
    /// The directive's name, and its argument; nil where it is plain code.
    var name: String?
    var argument: Range<Int>
  }

  private func fence(_ line: Range<Int>) -> Fence? {
    let start = min(masked.skipBlanks(from: line.lowerBound), line.upperBound)
    guard start + 2 < line.upperBound else { return nil }
    let mark = masked[start]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") || mark == .colon else { return nil }
    var at = start
    while at < line.upperBound, masked[at] == mark { at += 1 }
    guard at - start >= 3 else { return nil }
    var fence = Fence(mark: mark, length: at - start, argument: at..<at)
    let info = min(masked.skipBlanks(from: at), line.upperBound)
    if info < line.upperBound, masked[info] == .openBrace,
      let close = masked.find(.closeBrace, in: info..<line.upperBound)
    {
      var end = line.upperBound
      while end > close + 1, masked[end - 1].isWhitespace { end -= 1 }
      fence.name = masked.string(info + 1..<close)
      fence.argument = min(masked.skipBlanks(from: close + 1), end)..<end
    } else if mark == UInt8(ascii: "`"), masked.find(mark, in: at..<line.upperBound) != nil {
      return nil
    }
    return fence
  }

  /// The line that closes a block; the end of the text where none does.
  private func close(_ fence: Fence, from start: Int, _ body: Range<Int>) -> (start: Int, end: Int) {
    var line = start
    while line < body.upperBound {
      let next = min(masked.lineEnd(from: line), body.upperBound)
      var at = min(masked.skipBlanks(from: line), next)
      let first = at
      while at < next, masked[at] == fence.mark { at += 1 }
      if at - first >= fence.length, masked[at..<next].allSatisfy(\.isWhitespace) { return (line, next) }
      line = next
    }
    return (body.upperBound, body.upperBound)
  }

  private func image(_ fence: Fence, _ line: Range<Int>) -> Candidate? {
    guard !fence.argument.isEmpty else { return nil }
    let range = ByteRange(fence.argument.lowerBound, fence.argument.upperBound)
    return Candidate(
      kind: .markup, range: ByteRange(line.lowerBound, fence.argument.upperBound), urlRange: range,
      url: file.string(fence.argument), syntax: .plain)
  }
}
