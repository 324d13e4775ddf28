import Manifest

/// Markdown with JSX (Docusaurus, Astro): CommonMark once the JavaScript is taken out.
///
/// Lines of `import` and `export` and expressions in braces are masked. What a component shows is not known here: the
/// images it is given by name are found by ``ImportReferences``.
struct MDXReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    let hidden = Self.withoutJavaScript(masked, body)
    return CommonMarkReader().candidates(file: file, masked: hidden, body: body)
      .filter { !$0.url.contains("{") }
  }

  /// The bytes with JavaScript masked, their number and line ends kept. Code, fenced or in a span, stays for the
  /// judge to see.
  static func withoutJavaScript(_ bytes: [UInt8], _ body: Range<Int>) -> [UInt8] {
    var out = bytes
    var i = body.lowerBound
    var fence: (mark: UInt8, length: Int)?
    while i < body.upperBound {
      let end = bytes[i..<body.upperBound].firstIndex(of: .newline) ?? body.upperBound
      let run = fenceRun(bytes, i..<end)
      if let open = fence {
        if let run, run.mark == open.mark, run.length >= open.length { fence = nil }
      } else if let run {
        fence = run
      } else if bytes.has("import ", at: i) || bytes.has("export ", at: i) {
        // A statement ends with its paragraph.
        var at = i
        while at < body.upperBound, !(bytes[at] == .newline && isBlank(bytes, after: at, body)) {
          if out[at] != .newline { out[at] = .space }
          at += 1
        }
        i = at + 1
        continue
      } else {
        maskExpressions(&out, i..<end)
      }
      i = end + 1
    }
    return out
  }

  private static func isBlank(_ bytes: [UInt8], after newline: Int, _ body: Range<Int>) -> Bool {
    var i = newline + 1
    while i < body.upperBound, bytes[i].isBlank || bytes[i] == UInt8(ascii: "\r") { i += 1 }
    return i >= body.upperBound || bytes[i] == .newline
  }

  /// The mark of a line that opens or closes fenced code.
  private static func fenceRun(_ bytes: [UInt8], _ line: Range<Int>) -> (mark: UInt8, length: Int)? {
    guard let first = line.first(where: { !bytes[$0].isBlank }) else { return nil }
    let mark = bytes[first]
    guard mark == .backtick || mark == UInt8(ascii: "~") else { return nil }
    let length = bytes[first..<line.upperBound].prefix { $0 == mark }.count
    return length >= 3 ? (mark, length) : nil
  }

  /// Masks `{…}` within a line, nested braces included, outside code spans.
  private static func maskExpressions(_ out: inout [UInt8], _ line: Range<Int>) {
    var depth = 0
    var inCode = false
    for i in line {
      switch out[i] {
      case .backtick where depth == 0: inCode.toggle()
      case .openBrace where !inCode:
        depth += 1
        out[i] = .filler
      case .closeBrace where depth > 0:
        depth -= 1
        out[i] = .filler
      default:
        if depth > 0 { out[i] = .filler }
      }
    }
  }
}
