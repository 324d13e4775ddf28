import AssetModel

/// The inline markup of Org mode (`go-org/org/inline.go`), as far as it shows pictures or hides them.
struct OrgSpans {
  private var candidates: [(candidate: Candidate, footnote: String?)] = []
  private var used: [String?: Set<String>] = [:]
  private let file: [UInt8]
  /// How many bytes may still be searched for the ends of markup.
  private var budget: Int

  init(file: [UInt8]) {
    self.file = file
    budget = 32 * file.count + 65_536
  }

  /// What the page shows.
  var shown: [Candidate] {
    var names: Set<String> = []
    var next = Array(used[nil] ?? [])
    while let name = next.popLast() {
      if names.insert(name).inserted { next += used[name] ?? [] }
    }
    return candidates.filter { $0.footnote.map(names.contains) ?? true }.map(\.candidate)
  }

  mutating func readHTML(_ text: SourceText, _ footnote: String?) {
    candidates += HTMLReferences.candidates(in: text, file: file).map { ($0, footnote) }
  }

  /// Reads text with inline markup.
  mutating func read(_ text: SourceText, footnote: String?) {
    let bytes = text.bytes
    var i = 0
    while i < bytes.count, budget > 0 {
      switch bytes[i] {
      case .openBracket where bytes.has("[[", at: i): i = link(text, i, footnote) ?? i + 1
      case .openBracket where bytes.has("[fn:", at: i): i = reference(text, i, footnote)
      case .equals, UInt8(ascii: "~"): i = verbatimEnd(bytes, i) ?? i + 1
      case UInt8(ascii: "@") where bytes.has("@@", at: i): i = snippet(text, i, footnote) ?? i + 2
      case .colon where bytes.has("://", at: i): i = address(text, i, footnote)
      case .openBrace where bytes.has("{{{", at: i): i = end(of: "}}}", bytes, from: i + 3) ?? i + 3
      case .backslash where bytes.has("\\(", at: i): i = end(of: "\\)", bytes, from: i + 2) ?? i + 2
      case .backslash where bytes.has("\\[", at: i): i = end(of: "\\]", bytes, from: i + 2) ?? i + 2
      case .underscore where bytes.has("_{", at: i): i = scriptEnd(bytes, i)
      case .caret where bytes.has("^{", at: i): i = scriptEnd(bytes, i)
      case .dollar where bytes.has("$$", at: i): i = end(of: "$$", bytes, from: i + 2) ?? i + 2
      default: i += 1
      }
    }
  }

  private mutating func end(of mark: StaticString, _ bytes: [UInt8], from start: Int) -> Int? {
    let end = bytes.find(mark, from: start)
    budget -= (end ?? bytes.count) - start
    return end.map { $0 + mark.utf8CodeUnitCount }
  }

  /// `_{text}` or `^{text}`, in which nothing is read.
  private mutating func scriptEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var i = start + 2
    while i < bytes.count, bytes[i] != .closeBrace, bytes[i] != .openBrace { i += 1 }
    budget -= i - start
    return i < bytes.count && bytes[i] == .closeBrace ? i + 1 : start + 2
  }

  /// `=text=` or `~text~`, over two lines at most.
  private mutating func verbatimEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard start + 1 < bytes.count, !bytes[start + 1].isWhitespace,
      start == 0 || bytes[start - 1].isWhitespace || "-({'\"".utf8.contains(bytes[start - 1])
    else { return nil }
    var i = start + 1
    var lines = 0
    while i < bytes.count {
      budget -= 1
      if bytes[i] == .newline { lines += 1 }
      guard lines < 2, budget > 0 else { return nil }
      if bytes[i] == bytes[start], i > start + 1, !bytes[i - 1].isWhitespace,
        i + 1 == bytes.count || bytes[i + 1].isWhitespace || "-.,:!?;'\")}[".utf8.contains(bytes[i + 1])
      {
        return i + 1
      }
      i += 1
    }
    return nil
  }

  /// `@@html:…@@`.
  private mutating func snippet(_ text: SourceText, _ start: Int, _ footnote: String?) -> Int? {
    guard let end = end(of: "@@", text.bytes, from: start + 2) else { return nil }
    if text.bytes.has("@@html:", at: start) {
      readHTML(text.part(start + 7..<max(end - 2, start + 7)), footnote)
    }
    return end
  }

  /// `[fn:name]` or `[fn:name:text]`.
  private mutating func reference(_ text: SourceText, _ start: Int, _ footnote: String?) -> Int {
    let bytes = text.bytes
    var name = start + 4
    while name < bytes.count, bytes[name] == .dash || bytes.wordEnd(from: name) > name {
      name = max(name + 1, bytes.wordEnd(from: name))
    }
    guard name < bytes.count else { return start + 1 }
    guard let close = bytes.find(.closeBracket, in: name..<min(bytes.count, name + 4096)) else {
      return start + 4
    }
    if close == name { used[footnote, default: []].insert(bytes.string(start + 4..<name)) }
    // Text of its own ends at the first bracket, so that no link fits in.
    if bytes[name] == .colon { read(text.part(name + 1..<close), footnote: footnote) }
    return bytes[name] == .colon || close == name ? close + 1 : start + 4
  }

  // MARK: Links

  private mutating func link(_ text: SourceText, _ start: Int, _ footnote: String?) -> Int? {
    let bytes = text.bytes
    guard start + 2 < bytes.count, bytes[start + 2] != .openBracket,
      let end = end(of: "]]", bytes, from: start + 2)
    else { return nil }
    let inner = start + 2..<end - 2
    guard let middle = bytes[inner].firstRange(of: [.closeBracket, .openBracket]) else {
      return bytes[inner].contains(.newline)
        ? nil : added(text, start..<end, inner, isDescribed: false, footnote)
    }
    let target = inner.lowerBound..<middle.lowerBound
    guard !bytes[target].contains(.newline) else { return nil }
    let description = middle.upperBound..<inner.upperBound
    if description.isEmpty || bytes[description].firstRange(of: [.closeBracket, .openBracket]) != nil {
      return added(text, start..<end, target, isDescribed: false, footnote)
    }
    if Self.isPicture(bytes.string(description), needsProtocol: true) {
      return added(text, start..<end, description, isDescribed: true, footnote)
    }
    read(text.part(description), footnote: footnote)
    return end
  }

  private mutating func added(
    _ text: SourceText, _ range: Range<Int>, _ target: Range<Int>, isDescribed: Bool, _ footnote: String?
  ) -> Int {
    let written = text.bytes.string(target)
    if isDescribed || Self.isPicture(written, needsProtocol: false) {
      let start = written.hasPrefix("file:") ? target.lowerBound + 5 : target.lowerBound
      let url = start..<target.upperBound
      var image = Candidate.markup(text, range, url: url, text.written(url, in: file))
      if isDescribed { image.contexts.insert(.link) }
      candidates.append((image, footnote))
    }
    return range.upperBound
  }

  /// `RegularLink.Kind`.
  private static func isPicture(_ target: String, needsProtocol: Bool) -> Bool {
    let parts = target.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count > 1 ? parts[0] : ""
    guard ["file", "http", "https"].contains(name) || (name.isEmpty && !needsProtocol) else { return false }
    let last = target.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = last.lastIndex(of: ".") else { return false }
    return ["png", "gif", "jpg", "jpeg", "svg", "tif", "tiff"].contains(last[last.index(after: dot)...])
  }

  /// An address in the text, which is a link by itself.
  private mutating func address(_ text: SourceText, _ colon: Int, _ footnote: String?) -> Int {
    let bytes = text.bytes
    var start = colon
    while start > 0, bytes[start - 1].isLetter { start -= 1 }
    guard ["http", "https", "ftp", "file"].contains(bytes.string(start..<colon)) else { return colon + 3 }
    var end = colon + 3
    while end < bytes.count,
      bytes[end].isLetter || bytes[end].isDigit || Self.addressSigns.contains(bytes[end])
    {
      end += 1
    }
    guard end > colon + 3 else { return end }
    _ = added(text, start..<end, start..<end, isDescribed: false, footnote)
    return end
  }

  private static let addressSigns = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)
}
