import AssetModel

/// What a post says of itself in the way of its format, where it has no front matter.
struct FormatMetadata {
  private let text: MarkupText
  private let bytes: [UInt8]
  private var entries: [(key: String, value: FrontMatterValue)] = []

  /// The metadata of a post; nil where its format has none, or the post.
  static func read(_ file: [UInt8], from: Int, _ dialect: Post.Dialect, _ kind: Site.Kind) -> FrontMatter? {
    // Only the beginning of a post is looked at.
    let end = min(file.count, from + 65_536)
    switch dialect {
    case .notebook:
      guard let text = NotebookReader.metadata(file, from: from) else { return nil }
      var matter = FrontMatter(text.bytes, from: 0, forms: [.yaml])
      matter.move(to: text, in: file, bodyStart: from)
      return matter
    case .html where kind == .pelican: return HTMLPost(file, from: from).metadata
    case .reStructuredText, .asciiDoc, .org:
      var metadata = FormatMetadata(MarkupText(masked: file, range: from..<end))
      switch dialect {
      case .reStructuredText: metadata.readReStructuredText()
      // Hugo reads no metadata of Asciidoctor's.
      case .asciiDoc: if kind != .hugo { metadata.readAsciiDoc() }
      default: metadata.readOrg()
      }
      return metadata.entries.isEmpty ? nil : FrontMatter(metadata.entries, bodyStart: from)
    case .html, .pythonMarkdown, .textile:
      // Nikola's head is a comment of HTML.
      guard kind == .nikola else { return nil }
      var metadata = FormatMetadata(MarkupText(masked: file, range: from..<end))
      metadata.readReStructuredText()
      return metadata.entries.isEmpty ? nil : FrontMatter(metadata.entries, bodyStart: from)
    case .commonmark where kind == .lektor:
      var metadata = FormatMetadata(MarkupText(masked: file, range: from..<end))
      metadata.readLektor()
      return metadata.entries.isEmpty ? nil : FrontMatter(metadata.entries, bodyStart: from)
    case .commonmark, .kramdown, .mdx, .page: return nil
    }
  }

  private init(_ text: MarkupText) {
    self.text = text
    bytes = text.bytes
  }

  private mutating func add(_ name: Range<Int>, _ value: Range<Int>) {
    let start = min(bytes.skipBlanks(from: value.lowerBound), value.upperBound)
    add(bytes.string(name).lowercased(), start..<value.upperBound)
  }

  private mutating func add(_ key: String, _ value: Range<Int>) {
    guard !value.isEmpty else { return }
    let range = text.source.fileRange(value).range
    let line = 1 + text.lines.prefix { $0.upperBound < value.lowerBound }.count
    let scalar = FrontMatterValue.Scalar(text: bytes.string(value), range: range, line: line)
    entries.append((key, .scalar(scalar)))
  }

  // MARK: Formats

  /// Nikola's comments (`.. title: A`), the title, and the fields below it, as Pelican has them.
  private mutating func readReStructuredText() {
    let lines = text.lines
    var i = 0
    while i < lines.count {
      let line = lines[i]
      if line.isEmpty || bytes.has("<!--", at: line.lowerBound) {
        i += 1
      } else if bytes.has(".. ", at: line.lowerBound) {
        if let colon = bytes.find(.colon, in: line),
          colon + 1 == line.upperBound || bytes[colon + 1] == .space
        {
          add(line.lowerBound + 3..<colon, colon + 1..<line.upperBound)
        }
        i += 1
      } else if let field = ReStructuredTextBlocks.fieldName(bytes, line) {
        add(field, field.upperBound + 1..<line.upperBound)
        i += 1
      } else if isRule(line), i + 2 < lines.count, isRule(lines[i + 2]) {
        addTitle(lines[i + 1])
        i += 3
      } else if i + 1 < lines.count, isRule(lines[i + 1]), !entries.contains(where: { $0.key == "title" }) {
        addTitle(line)
        i += 2
      } else {
        return
      }
    }
  }

  private mutating func addTitle(_ line: Range<Int>) {
    add("title", MarkupText.dropping(text.indent(line), line))
  }

  private func isRule(_ line: Range<Int>) -> Bool {
    guard let first = line.first.map({ bytes[$0] }), first.isPunctuation else { return false }
    return bytes[line].allSatisfy { $0 == first }
  }

  /// The title and the attributes of the header, those of Jekyll and Antora without `page-`.
  private mutating func readAsciiDoc() {
    for line in text.lines.drop(while: \.isEmpty) {
      guard !line.isEmpty else { return }
      if bytes.has("= ", at: line.lowerBound) {
        add("title", line.lowerBound + 2..<line.upperBound)
      } else if bytes[line.lowerBound] == .colon,
        let colon = bytes.find(.colon, in: line.lowerBound + 1..<line.upperBound)
      {
        let prefix = bytes.has("page-", at: line.lowerBound + 1) ? 6 : 1
        add(line.lowerBound + prefix..<max(colon, line.lowerBound + prefix), colon + 1..<line.upperBound)
      }
    }
  }

  /// `key: value` at the beginning and behind each `---`.
  private mutating func readLektor() {
    var isNext = true
    for line in text.lines where !line.isEmpty {
      if isNext, let colon = bytes.find(.colon, in: line) {
        add(line.lowerBound..<colon, colon + 1..<line.upperBound)
      }
      isNext = line.count == 3 && bytes.has("---", at: line.lowerBound)
    }
  }

  /// `#+KEY: value`.
  private mutating func readOrg() {
    for line in text.lines where !line.isEmpty {
      guard bytes.has("#", at: line.lowerBound) else { return }
      guard bytes.has("#+", at: line.lowerBound), let colon = bytes.find(.colon, in: line) else { continue }
      add(line.lowerBound + 2..<max(colon, line.lowerBound + 2), colon + 1..<line.upperBound)
    }
  }
}
