/// How deeply a page's elements nest, from its tags alone.
///
/// For each start tag a parser looks through the elements that are open, so its time grows with the depth: 100,000
/// open `<div>` took gumbo over two minutes. The estimate is what such pages are turned away by before they are
/// parsed. It reads tags as the HTML tokenizer does (quoted values, comments and scripts hold none) and knows of the
/// tree only that an end tag closes the nearest open element of its name.
struct NestingEstimate {
  /// The deepest nesting that was seen.
  private(set) var deepest = 0

  private let bytes: [UInt8]
  private var position = 0
  /// The open elements, by the hashes of their names.
  private var open: [UInt64] = []
  /// How many of them are `<svg>` or `<math>`, inside which `<x/>` closes itself and every element nests.
  private var foreign = 0

  /// Reads a page.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")), start + 1 < bytes.count {
      position = start + 1
      readMarkup()
    }
  }

  private mutating func readMarkup() {
    switch bytes[position] {
    case UInt8(ascii: "!"):
      guard bytes[position...].starts(with: "!--".utf8) else { return }
      position += 3
      skip(past: Array("-->".utf8))
    case UInt8(ascii: "/"):
      position += 1
      if let name = readName() { close(name) }
    case let byte where Self.isLetter(byte):
      guard let name = readName() else { return }
      let isSelfClosed = skipAttributes()
      if foreign > 0 {
        if !isSelfClosed { push(name) }
      } else if Self.rawText.contains(name) {
        skipRawText(name)
      } else if !Self.flat.contains(name) {
        push(name)
      }
    default: return
    }
  }

  private mutating func push(_ name: UInt64) {
    if Self.foreignRoots.contains(name) { foreign += 1 }
    open.append(name)
    deepest = max(deepest, open.count)
  }

  private mutating func close(_ name: UInt64) {
    // An end tag that matches nothing near is ignored; looking further would take the time that is to be saved.
    guard let match = open.suffix(Self.reach).lastIndex(of: name) else { return }
    for closed in open[match...] where Self.foreignRoots.contains(closed) { foreign -= 1 }
    open.removeSubrange(match...)
  }

  /// How far up an end tag is looked for.
  private static let reach = 32

  // MARK: Reading tags

  /// The hash of the name that starts here; nil where none does.
  private mutating func readName() -> UInt64? {
    guard position < bytes.count, Self.isLetter(bytes[position]) else { return nil }
    let start = position
    while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
    return Self.hash(bytes[start..<position])
  }

  /// Goes past a tag's `>`.
  ///
  /// - Returns: whether it is `/>`.
  private mutating func skipAttributes() -> Bool {
    var isValue = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: ">"): return bytes[position - 2] == UInt8(ascii: "/")
      case UInt8(ascii: "="): isValue = true
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isValue { skip(past: [byte]) }
        isValue = false
      case let byte where Self.isSpace(byte): continue
      default: isValue = false
      }
    }
    return false
  }

  /// Goes to the end tag of an element whose content is text.
  private mutating func skipRawText(_ name: UInt64) {
    while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = start + 1
      guard position < bytes.count, bytes[position] == UInt8(ascii: "/") else { continue }
      position += 1
      if readName() == name { return }
    }
    position = bytes.count
  }

  private mutating func skip(past text: [UInt8]) {
    while let start = bytes[position...].firstIndex(of: text[0]) {
      if bytes[start...].starts(with: text) {
        position = start + text.count
        return
      }
      position = start + 1
    }
    position = bytes.count
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
  }

  /// FNV-1a (Fowler, Noll, Vo) of a name in lower case.
  private static func hash(_ name: some Sequence<UInt8>) -> UInt64 {
    name.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in
      let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      return (hash ^ UInt64(lower)) &* 0x100_0000_01B3
    }
  }

  private static func hashes(_ names: String...) -> Set<UInt64> { Set(names.map { hash($0.utf8) }) }

  private static let foreignRoots = hashes("svg", "math")
  private static let rawText = hashes(
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
  /// Elements without an end tag, and those whose end tag authors leave out: the next one of its kind closes it.
  private static let flat = hashes(
    "area", "base", "br", "col", "embed", "hr", "img", "image", "input", "link", "meta", "param", "source",
    "track", "wbr", "li", "p", "dt", "dd", "tr", "td", "th", "option")
}
