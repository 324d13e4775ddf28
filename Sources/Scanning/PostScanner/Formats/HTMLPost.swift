import AssetModel

/// A post of Pelican's that is an HTML document: its head holds metadata, its body the text (`pelican/readers.py`).
struct HTMLPost {
  private let file: [UInt8]
  private let start: Int

  init(_ file: [UInt8], from start: Int) {
    self.file = file
    self.start = start
  }

  /// What stands between `<body>` and its end; nothing where one of them is missing.
  var body: Range<Int> {
    var tags = BrowserTags(file)
    let nothing = file.count..<file.count
    guard let open = tag("body", &tags) else { return nothing }
    var body = nothing
    var i = open.upperBound
    while let next = file.find("</", from: i) {
      if tags.endTag(file, at: next)?.name == "body" { body = open.upperBound..<next }
      i = next + 2
    }
    return body
  }

  /// The title and the values of `<meta name content>`.
  var metadata: FrontMatter? {
    var tags = BrowserTags(file)
    let end = tag("body", &tags)?.lowerBound ?? file.count
    var entries: [(key: String, value: FrontMatterValue)] = []
    var lines = LineCounter(file)
    var i = start
    while let next = file.find(.less, from: i), next < end {
      i = next + 1
      if file.has("<!--", at: next) {
        i = file.find("-->", from: next + 4) ?? end
        continue
      }
      guard let tag = tags.tag(file, at: next) else { continue }
      i = tag.range.upperBound
      if tag.name == "title", let close = file.find("</", from: i) {
        let text = file.string(i..<close).trimmed
        entries.append(
          ("title", .scalar(FrontMatterValue.Scalar(text: text, line: lines.position(of: next).line))))
      } else if tag.name == "meta",
        let name = tag.attribute("name")?.value ?? tag.attribute("property")?.value,
        let content = tag.attribute("content")?.value ?? tag.attribute("contents")?.value
      {
        let scalar = FrontMatterValue.Scalar(
          text: Entities.decode(file.string(content)), range: content,
          line: lines.position(of: content.lowerBound).line)
        entries.append((file.string(name).lowercased(), .scalar(scalar)))
      }
    }
    return entries.isEmpty ? nil : FrontMatter(entries, bodyStart: start)
  }

  private func tag(_ name: String, _ tags: inout BrowserTags) -> Range<Int>? {
    var i = start
    while let next = file.find(.less, from: i) {
      i = next + 1
      if file.has("<!--", at: next) {
        guard let end = file.find("-->", from: next + 4) else { return nil }
        i = end
      } else if let tag = tags.tag(file, at: next), tag.name == name {
        return tag.range
      }
    }
    return nil
  }
}
