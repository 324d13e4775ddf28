import AssetModel

/// A line that takes another file in, in a format whose tool puts it there before it reads anything.
struct IncludeDirective {
  /// The file, as it is written.
  var target: String
  /// Where the directive ends, with its options.
  var end: Int
  /// The blanks in front of it, which stand in front of each line that it takes in.
  var indent = 0..<0
  /// Which lines of the file are taken in, from 0.
  var lines: (_ all: [Substring]) -> [Range<Int>]

  /// Reads the directive that begins a line; nil where there is none, or where what it takes in shows no image.
  init?(_ text: [UInt8], line: Range<Int>, body end: Int, _ dialect: Post.Dialect) {
    switch dialect {
    case .asciiDoc: self.init(asciiDoc: text, line)
    case .reStructuredText: self.init(reStructuredText: text, line, end)
    default: return nil
    }
  }

  /// Whether a text holds any.
  static func mayBe(in text: [UInt8], _ dialect: Post.Dialect) -> Bool {
    switch dialect {
    case .asciiDoc, .reStructuredText: text.find("include::", from: 0) != nil
    default: false
    }
  }

  // MARK: AsciiDoc

  /// `include::target[lines=1..3]`, `include::target[tag=name]`.
  private init?(asciiDoc text: [UInt8], _ line: Range<Int>) {
    guard text.has("include::", at: line.lowerBound) else { return nil }
    let written = text.string(line).trimmed
    guard written.hasSuffix("]"), let open = written.firstIndex(of: "[") else { return nil }
    target = String(written[..<open].dropFirst(9))
    guard !target.isEmpty, target == target.trimmed, !target.contains("://") else { return nil }
    end = line.upperBound
    let list = AsciiDocAttributeList(String(written[written.index(after: open)...].dropLast()))
    let names = list.named["tags"] ?? list.named["tag"] ?? ""
    let tags = names.split { ",;".contains($0) }.map { String($0).trimmed }
    if let ranges = list.named["lines"], !ranges.isEmpty {
      lines = { Self.numbered(ranges, of: $0.count) }
    } else if !tags.isEmpty, tags.allSatisfy({ !$0.contains("*") && !$0.hasPrefix("!") }) {
      lines = { all in tags.flatMap { Self.tagged($0, in: all) } }
    } else {
      lines = { [0..<$0.count] }
    }
  }

  private static func numbered(_ text: String, of count: Int) -> [Range<Int>] {
    text.split { ",;".contains($0) }.compactMap { part in
      let ends = String(part).trimmed.replacing("..", with: " ").split(
        separator: " ", omittingEmptySubsequences: false)
      guard let first = ends.first.flatMap({ Int($0) }), first > 0 else { return nil }
      let last = ends.count > 1 ? Int(ends[1]) ?? -1 : first
      let end = min(last < 0 ? count : last, count)
      return first <= end ? first - 1..<end : nil
    }
  }

  private static func tagged(_ name: String, in lines: [Substring]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (number, line) in lines.enumerated() {
      if line.contains("tag::\(name)[]") {
        start = number + 1
      } else if line.contains("end::\(name)[]"), let first = start {
        ranges.append(first..<number)
        start = nil
      }
    }
    return ranges
  }

  // MARK: reStructuredText

  /// `.. include:: target` with its options in the lines below.
  private init?(reStructuredText text: [UInt8], _ line: Range<Int>, _ body: Int) {
    let first = Self.firstNotBlank(text, line)
    guard text.has(".. include::", at: first) else { return nil }
    indent = line.lowerBound..<first
    target = text.string(first + 12..<max(line.upperBound, first + 12)).trimmed
    // docutils' own files stand in angle brackets.
    guard !target.isEmpty, !target.hasPrefix("<") else { return nil }
    var options: [String: String] = [:]
    var position = line.upperBound
    while position < body {
      let start = position + 1
      let stop = text.find(.newline, from: start) ?? body
      guard start < stop, stop <= body, Self.firstNotBlank(text, start..<stop) - start > indent.count else {
        break
      }
      let words = text.string(start..<stop).trimmed.split(separator: ":", maxSplits: 1)
      if words.count > 0 { options[words[0].lowercased()] = words.count > 1 ? String(words[1]).trimmed : "" }
      position = stop
    }
    end = position
    let shown = options
    guard ["literal", "code", "parser"].allSatisfy({ shown[$0] == nil }) else { return nil }
    lines = { Self.between(shown, $0) }
  }

  private static func firstNotBlank(_ text: [UInt8], _ line: Range<Int>) -> Int {
    line.first { !text[$0].isBlank } ?? line.upperBound
  }

  private static func between(_ options: [String: String], _ all: [Substring]) -> [Range<Int>] {
    func number(_ name: String, _ otherwise: Int) -> Int {
      let value = options[name].flatMap { Int($0) } ?? otherwise
      return min(max(value < 0 ? all.count + value : value, 0), all.count)
    }
    var (first, last) = (number("start-line", 0), number("end-line", all.count))
    if let mark = options["start-after"] {
      guard let line = all.firstIndex(where: { $0.contains(mark) }) else { return [] }
      first = max(first, line + 1)
    }
    if let mark = options["end-before"],
      let line = all.indices.dropFirst(first).first(where: { all[$0].contains(mark) })
    {
      last = min(last, line)
    }
    return first < last ? [first..<last] : []
  }
}
