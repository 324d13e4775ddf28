/// Finds every position in a post's body that any Markdown reader could read as an image. It ignores blocks: the
/// generator decides what is code, a comment or text.
struct OracleCandidateFinder {
  private let bytes: [UInt8]
  private let body: Range<Int>
  private let syntax: OraclePost.Syntax
  /// For each `[` of the body its `]`.
  private let closings: [Int: Int]
  /// The labels that have a definition, normalized.
  private let labels: Set<String>
  private var candidates: [OracleCandidate] = []
  /// The line and the column in Unicode scalars of the byte that is read, from 1.
  private var line: Int
  private var column: Int

  /// Finds the candidates.
  static func candidates(in bytes: [UInt8], body: Range<Int>, syntax: OraclePost.Syntax) -> [OracleCandidate]
  {
    var finder = OracleCandidateFinder(bytes, body, syntax)
    finder.read()
    return finder.candidates
  }

  private init(_ bytes: [UInt8], _ body: Range<Int>, _ syntax: OraclePost.Syntax) {
    self.bytes = bytes
    self.body = body
    self.syntax = syntax
    closings = syntax.hasMarkdown ? Self.closings(bytes, body) : [:]
    labels = syntax.hasMarkdown ? Self.labels(bytes, body) : []
    line = 1 + bytes[..<body.lowerBound].count { $0 == UInt8(ascii: "\n") }
    var lineStart = bytes[..<body.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // A byte order mark is no character of the first line.
    if lineStart == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lineStart = min(3, body.lowerBound) }
    column = 1 + bytes[lineStart..<body.lowerBound].count { $0 & 0xC0 != 0x80 }
  }

  private mutating func read() {
    var backslashes = 0
    for i in body {
      let byte = bytes[i]
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        column = 0
      case UInt8(ascii: "!") where syntax.hasMarkdown && backslashes % 2 == 0: markdown(i)
      case UInt8(ascii: "<") where backslashes % 2 == 0: tag(i)
      default: break
      }
      backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
      if byte & 0xC0 != 0x80 { column += 1 }
    }
  }

  private func byte(_ i: Int) -> UInt8? { i < body.upperBound ? bytes[i] : nil }

  private mutating func add(_ kind: OracleCandidate.Kind, _ offset: Int, insertion: Int, _ form: TokenForm) {
    candidates.append(
      OracleCandidate(kind, offset: offset, at: (line, column), insertion: insertion, form: form))
  }

  // MARK: Tags

  private mutating func tag(_ i: Int) {
    for name in ["image", "img"] {
      let end = i + 1 + name.utf8.count
      guard end < body.upperBound, bytes[(i + 1)..<end].elementsEqual(name.utf8, by: { $0 | 0x20 == $1 })
      else { continue }
      // `<image-gallery>` is another element.
      guard
        bytes[end] <= UInt8(ascii: " ") || bytes[end] == UInt8(ascii: ">") || bytes[end] == UInt8(ascii: "/")
      else { return }
      add(.tag, i, insertion: end, .attribute)
      return
    }
  }

  // MARK: Markdown

  private mutating func markdown(_ i: Int) {
    guard byte(i + 1) == UInt8(ascii: "["), let first = byte(i + 2) else { return }
    let close = closings[i + 1]
    let next = close.flatMap { byte($0 + 1) }
    if first == UInt8(ascii: "^") {
      // kramdown makes a footnote of it; CommonMark an image where a URL follows.
      guard syntax == .commonMark, next == UInt8(ascii: "(") else { return }
    }
    let form = Self.form(before: first)
    guard let close, next != UInt8(ascii: "(") else {
      add(.markdown, i, insertion: i + 2, form)
      return
    }
    let id = idStart(after: close)
    let label = (i + 2)..<close
    if byte(id) == UInt8(ascii: "["), byte(id + 1) != UInt8(ascii: "]") {
      add(.markdown, i, insertion: i + 2, form)
    } else if labels.contains(Self.normalize(bytes[label])),
      !bytes[label].contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") })
    {
      var candidate = OracleCandidate(
        .markdownByLabel, offset: i, at: (line, column), insertion: i + 2, form: form)
      let isCollapsed = byte(id) == UInt8(ascii: "[")
      candidate.label = (isCollapsed ? id + 1 : close + 1, label)
      candidate.labelNeedsBrackets = !isCollapsed
      candidates.append(candidate)
    } else {
      // Text, unless template code defines the label or the bracket is in code: the build decides.
      add(.markdownByLabel, i, insertion: i + 2, form)
    }
  }

  /// Where an id would begin behind a label: in some dialects behind a gap, which holds no blank line.
  private func idStart(after close: Int) -> Int {
    guard syntax.allowsSpaceBeforeID else { return close + 1 }
    var id = close + 1
    var newlines = 0
    while let byte = byte(id), byte <= UInt8(ascii: " ") {
      if byte == UInt8(ascii: "\n") { newlines += 1 }
      id += 1
    }
    // A definition on the next line is no id.
    let isDefinition = closings[id].flatMap { self.byte($0 + 1) } == UInt8(ascii: ":")
    return newlines > 1 || isDefinition ? close + 1 : id
  }

  /// A letter in front of `_`, `*` or a quotation mark changes what it means; a space does not.
  private static func form(before byte: UInt8) -> TokenForm {
    switch byte {
    case UInt8(ascii: "]"): .glued
    case UInt8(ascii: "!")...UInt8(ascii: "/"), UInt8(ascii: ":")...UInt8(ascii: "@"),
      UInt8(ascii: "[")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
      .spaced
    default: .glued
    }
  }

  private static func closings(_ bytes: [UInt8], _ body: Range<Int>) -> [Int: Int] {
    var closings: [Int: Int] = [:]
    var open: [Int] = []
    var i = body.lowerBound
    while i < body.upperBound {
      switch bytes[i] {
      case UInt8(ascii: "\\"): i += 1
      case UInt8(ascii: "["): open.append(i)
      case UInt8(ascii: "]"):
        if let start = open.popLast() { closings[start] = i }
      default: break
      }
      i += 1
    }
    return closings
  }

  /// The labels in front of every `]:`.
  private static func labels(_ bytes: [UInt8], _ body: Range<Int>) -> Set<String> {
    var labels: Set<String> = []
    var open: Int?
    var i = body.lowerBound
    while i + 1 < body.upperBound {
      if bytes[i] == UInt8(ascii: "[") {
        open = i
      } else if bytes[i] == UInt8(ascii: "]") {
        if bytes[i + 1] == UInt8(ascii: ":"), let start = open {
          labels.insert(normalize(bytes[(start + 1)..<i]))
        }
        open = nil
      }
      i += 1
    }
    return labels
  }

  /// Labels are equal whatever their letters' case and the length of their gaps.
  private static func normalize(_ label: ArraySlice<UInt8>) -> String {
    String(decoding: label, as: UTF8.self).lowercased().split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}
