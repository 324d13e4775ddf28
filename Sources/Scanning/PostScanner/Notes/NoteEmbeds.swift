import AssetModel

/// Images that notes embed: `![[a.jpg]]`, `![[folder/a.jpg|300]]`, `![[a.jpg|A field|300x200]]` (Obsidian, and what
/// publishes its vaults).
enum NoteEmbeds {
  /// The images of a body that are not shown as code. An embed of another note is none.
  static func candidates(_ file: [UInt8], _ masked: [UInt8], _ body: Range<Int>) -> [Candidate] {
    var embeds: [Candidate] = []
    var at = body.lowerBound
    while let start = masked.find("![[", from: at), start < body.upperBound {
      at = start + 3
      guard let end = end(masked, from: at, to: body.upperBound),
        let candidate = candidate(file, start..<end + 2, at..<end)
      else { continue }
      embeds.append(candidate)
      at = end + 2
    }
    guard !embeds.isEmpty else { return [] }
    let visible = TagVisibility.visible(
      embeds.map(\.range.range), masked, body, prefix: CmarkOracle.tokenPrefix(for: file))
    return embeds.indices.filter { visible.contains($0) }.map { embeds[$0] }
  }

  /// Where the brackets close on the same line.
  private static func end(_ bytes: [UInt8], from start: Int, to limit: Int) -> Int? {
    var i = start
    while i + 1 < limit, bytes[i] != .newline, !bytes.has("[[", at: i) {
      if bytes.has("]]", at: i) { return i }
      i += 1
    }
    return nil
  }

  private static func candidate(_ file: [UInt8], _ range: Range<Int>, _ inner: Range<Int>) -> Candidate? {
    let parts = file[inner].split(separator: .pipe, omittingEmptySubsequences: false)
    guard let first = parts.first else { return nil }
    var target = first.startIndex..<first.endIndex
    while let last = target.last, file[last].isBlank || file[last] == .backslash { target.removeLast() }
    while let start = target.first, file[start].isBlank { target.removeFirst() }
    let url = file.string(target)
    // A hash is part of a name, or what stands behind it a part of the file.
    let isImage = ImageFormat(fileName: url) != nil || ImageFormat(fileName: url.prefix { $0 != "#" }) != nil
    guard isImage else { return nil }
    var candidate = Candidate(
      kind: .templateTag, range: ByteRange(range.lowerBound, range.upperBound),
      urlRange: ByteRange(target.lowerBound, target.upperBound), url: url, syntax: .plain, field: "embed",
      keptBecause: "what publishes the notes makes the markup of what they embed")
    for part in parts.dropFirst() {
      let text = file.string(part.startIndex..<part.endIndex).trimmed
      let sides = text.split(separator: "x", omittingEmptySubsequences: false)
      if sides.count <= 2, sides.allSatisfy({ Int($0) != nil }) {
        candidate.attributes["width"] = String(sides[0])
        if sides.count == 2 { candidate.attributes["height"] = String(sides[1]) }
      } else if candidate.alt == nil {
        candidate.alt = text
      }
    }
    return candidate
  }
}
