import AssetModel

/// A notebook as nbconvert and Quarto show it: cells of Markdown, read as CommonMark, what code printed, and the pictures
/// that are inside the file.
struct NotebookReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    var reader = NotebookJSONReader(file, from: body.lowerBound)
    guard let notebook = try? reader.read() else { return [] }
    var cells = NotebookCells(file: file)
    for cell in Self.cells(notebook) { cells.read(cell) }
    return cells.candidates.sorted {
      ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start)
    }
  }

  func defect(file: [UInt8], body: Range<Int>) -> (offset: Int, message: String)? {
    var reader = NotebookJSONReader(file, from: body.lowerBound)
    do throws(NotebookJSON.Defect) {
      let notebook = try reader.read()
      if notebook["cells"] != nil || notebook["worksheets"] != nil { return nil }
      return (body.lowerBound, "the notebook has no cells")
    } catch {
      return (error.offset, "the notebook is not valid JSON: \(error.message)")
    }
  }

  /// The cells of a notebook, and of the sheets that older ones have.
  static func cells(_ notebook: NotebookJSON) -> [NotebookJSON] {
    (notebook["cells"]?.items ?? [])
      + (notebook["worksheets"]?.items ?? []).flatMap { $0["cells"]?.items ?? [] }
  }

  /// The text of the cell that holds the page's metadata, where the first one does.
  static func metadata(_ file: [UInt8], from: Int) -> SourceText? {
    var reader = NotebookJSONReader(file, from: from)
    guard let notebook = try? reader.read(), let first = cells(notebook).first,
      ["raw", "markdown"].contains(NotebookCells.word(first["cell_type"], file))
    else { return nil }
    let text = first["source"]?.string(in: file)
    guard let text else { return nil }
    return text.bytes.starts(with: Array("---\n".utf8)) ? text : listed(text)
  }

  /// What nbdev's cell with the title says in a list (`- image: a.png`), as lines of YAML; nil where there is none. Only plain
  /// words are taken: in another notebook the list is text.
  private static func listed(_ text: SourceText) -> SourceText? {
    guard text.bytes.has("# ", at: 0) else { return nil }
    let lines = MarkupText(text).lines.filter { line in
      guard text.bytes.has("- ", at: line.lowerBound), let colon = text.bytes.find(.colon, in: line),
        colon + 2 < line.upperBound, text.bytes[colon + 1] == .space
      else { return false }
      let value = text.bytes[colon + 2..<line.upperBound]
      return text.bytes[line.lowerBound + 2..<colon].allSatisfy { $0.isLetter || $0 == .underscore }
        && value.allSatisfy { $0 > 0x20 && $0 != .colon && $0 != .hash }
        && value.first.map { $0.isLetter || $0.isDigit || "./_".utf8.contains($0) } == true
    }
    guard let first = lines.first else { return nil }
    var matter = SourceText()
    let origin = text.origins[first.lowerBound]
    for byte in "---\n".utf8 { matter.append(byte, from: origin) }
    for line in lines {
      matter.append(text, line.lowerBound + 2..<line.upperBound)
      matter.append(.newline, from: text.origins[line.upperBound - 1])
    }
    for byte in "---\n".utf8 { matter.append(byte, from: matter.origins.last ?? origin) }
    return matter
  }
}

/// The cells of a notebook, and the images that they show.
private struct NotebookCells {
  let file: [UInt8]
  private(set) var candidates: [Candidate] = []

  init(file: [UInt8]) { self.file = file }

  static func word(_ value: NotebookJSON?, _ file: [UInt8]) -> String {
    guard let text = value?.string(in: file) else { return "" }
    return text.bytes.string(0..<text.count)
  }

  mutating func read(_ cell: NotebookJSON) {
    let text = cell["source"]?.string(in: file) ?? SourceText()
    switch Self.word(cell["cell_type"], file) {
    case "markdown": readMarkdown(text, cell["attachments"])
    case "raw":
      let metadata = cell["metadata"]
      let kind = Self.word(metadata?["raw_mimetype"] ?? metadata?["format"], file)
      if kind == "text/html" { readHTML(text) }
    case "code":
      guard !Self.isHidden(text.bytes.string(0..<min(text.count, 4096))) else { return }
      for output in cell["outputs"]?.items ?? [] { readOutput(output) }
    default: break
    }
  }

  /// Whether the first lines of a cell keep what it prints from the page (Quarto, nbdev).
  private static func isHidden(_ text: String) -> Bool {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.filter { $0 != " " }
      guard words.hasPrefix("#|") else { return false }
      if ["#|include:false", "#|output:false", "#|hide"].contains(words) { return true }
    }
    return false
  }

  // MARK: What is shown

  /// Reads the text of a cell as a file of its own, and gives what is in it the offsets of the notebook.
  private mutating func add(_ text: SourceText, _ reader: any BodyReader, _ attachments: NotebookJSON? = nil)
  {
    let bytes = text.bytes
    let masked = Self.withoutMath(bytes)
    for var image in reader.candidates(file: bytes, masked: masked, body: 0..<bytes.count) {
      image.range = text.fileRange(image.range.range)
      image.urlRange = text.fileRange(image.urlRange.range)
      image.attributeListRange = nil
      if image.url.hasPrefix("attachment:") {
        let name = String(image.url.dropFirst(11))
        guard let file = attachments?[URLResolver.percentDecoded(name) ?? name]?.entries.first else {
          continue
        }
        image.target = "data:\(file.key);base64,"
        image.embeddedBytes = file.value.base64Count(in: self.file) * 3 / 4
      }
      candidates.append(image)
    }
  }

  /// The text with a filler in the place of what stands between `$$` and `$$`.
  private static func withoutMath(_ bytes: [UInt8]) -> [UInt8] {
    var masked = bytes
    var i = 0
    while let open = bytes.find("$$", from: i), let close = bytes.find("$$", from: open + 2) {
      for j in open..<close + 2 where bytes[j] != .newline { masked[j] = .filler }
      i = close + 2
    }
    return masked
  }

  private mutating func readMarkdown(_ text: SourceText, _ attachments: NotebookJSON?) {
    add(text, CommonMarkReader(), attachments)
  }

  private mutating func readHTML(_ text: SourceText) { add(text, HTMLReader()) }

  /// What a cell printed, in the richest form that a page can show.
  private mutating func readOutput(_ output: NotebookJSON) {
    guard ["display_data", "execute_result", "pyout"].contains(Self.word(output["output_type"], file)) else {
      return
    }
    // Older notebooks have the forms beside the other keys, by short names.
    let data = output["data"] ?? output
    for (kind, short) in [
      ("text/html", "html"), ("text/markdown", "markdown"), ("image/svg+xml", "svg"), ("text/latex", "latex"),
      ("image/png", "png"), ("image/jpeg", "jpeg"),
    ] {
      guard let value = data[kind] ?? data[short] else { continue }
      switch kind {
      case "text/html": readHTML(value.string(in: file))
      case "text/markdown": readMarkdown(value.string(in: file), nil)
      case "image/png", "image/jpeg", "image/svg+xml": addPicture(value, kind)
      default: break
      }
      return
    }
  }

  private mutating func addPicture(_ value: NotebookJSON, _ kind: String) {
    guard let range = value.range else { return }
    let bytes = ByteRange(range.lowerBound, range.upperBound)
    var image = Candidate(
      kind: .markup, range: bytes, urlRange: bytes, url: "data:\(kind);base64", syntax: .plain)
    image.target = "data:\(kind);base64,"
    let isText = kind == "image/svg+xml"
    image.embeddedBytes = isText ? value.string(in: file).count : value.base64Count(in: file) * 3 / 4
    candidates.append(image)
  }
}
