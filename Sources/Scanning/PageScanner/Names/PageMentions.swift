/// How the pages of a built site mention image files whose URLs stand in scripts.
package enum PageMentions {
  /// The files that a page mentions otherwise than by one URL in its markup: by a URL that was made of that one, or in a script
  /// of its own, which may compare the two.
  ///
  /// - Parameters:
  ///   - page: the page's bytes.
  ///   - urls: the URL by what `FilenameMentions` finds the file by.
  /// - Returns: what they are found by.
  package static func otherMentions(in page: [UInt8], of urls: [String: String]) -> Set<String> {
    guard !urls.isEmpty else { return [] }
    var others: Set<String> = []
    var script = false
    for index in page.indices {
      switch page[index] {
      case UInt8(ascii: "<"):
        if script { script = !isTag("/script", index, page) } else { script = isCode(index, page) }
      case UInt8(ascii: "."):
        guard let word = FilenameMentions.word(atDot: index, in: page) else { continue }
        for name in ScriptText.names(word) {
          guard let url = urls[name], script || !isWhole(url, atDot: index, page) else { continue }
          others.insert(name)
        }
      default: break
      }
    }
    return others
  }

  private static func isTag(_ name: String, _ index: Int, _ page: [UInt8]) -> Bool {
    let end = index + 1 + name.utf8.count
    return end < page.count
      && zip(page[(index + 1)..<end], name.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }

  /// Whether a script begins, which is not the description of the page for search engines.
  private static func isCode(_ index: Int, _ page: [UInt8]) -> Bool {
    guard isTag("script", index, page) else { return false }
    let tag = page[index...].prefix { $0 != UInt8(ascii: ">") }
    return tag.firstRange(of: Array("application/ld+json".utf8)) == nil
  }

  /// Whether what stands around a dot is a URL, or the same on a host, and nothing else.
  private static func isWhole(_ url: String, atDot dot: Int, _ page: [UInt8]) -> Bool {
    var (start, end) = (dot, dot)
    while start > 0, dot - start < 1_024, !isDelimiter(page[start - 1]) { start -= 1 }
    while end < page.count, end - dot < 1_024, !isDelimiter(page[end]) { end += 1 }
    let text = String(decoding: page[start..<end], as: UTF8.self)
    guard text.hasSuffix(url) else { return false }
    let rest = text.dropLast(url.count)
    if rest.isEmpty || rest == "src=" { return true }
    let host =
      rest.hasPrefix("https://") ? rest.dropFirst(8) : rest.hasPrefix("http://") ? rest.dropFirst(7) : ""
    return !host.isEmpty && !host.contains { "/?#".contains($0) }
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool { byte <= 0x20 || "\"'`()<>,".utf8.contains(byte) }
}
