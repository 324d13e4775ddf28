import AssetModel

/// The blocks of reStructuredText, as far as they matter to images (`docutils/parsers/rst/states.py`, whose order of
/// constructs is kept).
struct ReStructuredTextBlocks {
  typealias Line = Range<Int>

  let text: MarkupText
  /// What the page shows, in order.
  var pieces: [ReStructuredTextPiece] = []
  /// What names between bars stand for.
  var substitutions: [String: ReStructuredTextPiece] = [:]
  /// Roles whose text is HTML.
  var htmlRoles: Set<String> = []
  /// The names that links can lead to, in small letters.
  var targets: Set<String> = []
  /// The pieces of the fields that a document begins with: they are metadata, and not shown.
  private var metadata = 0..<0
  /// Whether something is shown that is none of the pieces.
  var hasText = false
  /// The signs of each title's rules, and its piece: a title that the document begins with, and that no other is level
  /// with, becomes the page's and is not shown in its text.
  private var titles: [(rules: [UInt8], piece: Int)] = []
  private let bytes: [UInt8]
  /// docutils itself gives up where blocks are nested so deep.
  static let deepest = 48

  init(_ text: MarkupText) {
    self.text = text
    bytes = text.bytes
  }

  /// Reads a document.
  mutating func readDocument() {
    read(text.lines[...], depth: 0)
    let first = titles.first.flatMap { $0.piece == 0 ? $0 : nil }
    let isPageTitle =
      first.map { title in titles.dropFirst().allSatisfy { $0.rules != title.rules } } ?? false
    if isPageTitle || first == nil { pieces.removeSubrange(metadata) }
    if isPageTitle { pieces.removeFirst() }
  }

  private mutating func addTitle(_ line: Line, rules: [UInt8]) {
    titles.append((rules, pieces.count))
    addTarget(line)
    pieces.append(.text(text.joined([line])))
  }

  /// Adds a name that links can lead to.
  mutating func addTarget(_ range: Range<Int>) {
    let name = bytes.string(range).filter { $0 != "`" }.lowercased()
    targets.insert(name.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  /// Whether nothing but a title and what is not shown came so far.
  private var isAtStart: Bool {
    !hasText
      && pieces.enumerated().allSatisfy { number, piece in
        if case .html = piece { return true }
        return number == 0 && titles.count == 1 && titles[0].piece == 0
      }
  }

  /// Reads lines that stand in one block.
  mutating func read(_ lines: ArraySlice<Line>, depth: Int) {
    guard depth < Self.deepest else { return }
    var i = lines.startIndex
    while i < lines.endIndex { i = lines[i].isEmpty ? i + 1 : block(lines, i, depth) }
  }

  /// Reads the block that begins at a line, and returns the line behind it.
  private mutating func block(_ lines: ArraySlice<Line>, _ i: Int, _ depth: Int) -> Int {
    let line = lines[i]
    if bytes[line.lowerBound] == .space {
      let block = indented(lines, i)
      read(block.lines[...], depth: depth + 1)
      return block.next
    }
    if let width = listMark(lines, i) { return item(lines, i, width, depth) }
    if let end = Self.fieldMark(bytes, line) ?? optionMark(line) {
      let isMetadata =
        depth == 0 && bytes[line.lowerBound] == .colon
        && (isAtStart || (!metadata.isEmpty && metadata.upperBound == pieces.count))
      let first = pieces.count
      let block = indented(lines, i, first: end - line.lowerBound)
      read(block.lines[...], depth: depth + 1)
      if isMetadata { metadata = (metadata.isEmpty ? first : metadata.lowerBound)..<pieces.count }
      return block.next
    }
    if isMark(">>>", line) {
      hasText = true
      return behindParagraph(lines, i)
    }
    if bytes[line.lowerBound] == .pipe, isMark("|", line) { return lineBlock(lines, i) }
    if let next = table(lines, i, depth) { return next }
    if isMark("..", line) { return explicit(lines, i, depth) }
    if isMark("__", line) { return indented(lines, i, first: 2, untilBlank: true).next }
    if isRule(line), bytes.string(line) != "::" {
      if let next = overlined(lines, i, depth) { return next }
    }
    return paragraph(lines, i, depth)
  }

  /// Whether a line is a mark, and then blank or the line's end.
  private func isMark(_ mark: StaticString, _ line: Line) -> Bool {
    let end = line.lowerBound + mark.utf8CodeUnitCount
    return bytes.has(mark, at: line.lowerBound) && end <= line.upperBound
      && (end == line.upperBound || bytes[end] == .space)
  }

  // MARK: Pieces that are set in

  /// `StringList.get_indented`: the lines of a piece that is set in, without their indent.
  ///
  /// - Parameters:
  ///   - first: the width of what the first line begins with, which the others are not measured by.
  ///   - required: the indent of all lines; nil for the least that there is.
  func indented(
    _ lines: ArraySlice<Line>, _ start: Int, first: Int? = nil, required: Int? = nil, untilBlank: Bool = false
  ) -> (lines: [Line], next: Int) {
    var end = first == nil ? start : start + 1
    var least = required
    while end < lines.endIndex {
      let line = lines[end]
      if line.isEmpty {
        if untilBlank { break }
      } else {
        let indent = text.indent(line)
        if indent == 0 || indent < required ?? 0 { break }
        if required == nil { least = min(least ?? indent, indent) }
      }
      end += 1
    }
    var block: [Line] = []
    for i in start..<end {
      block.append(MarkupText.dropping(i == start ? first ?? least ?? 0 : least ?? 0, lines[i]))
    }
    while block.last?.isEmpty == true { block.removeLast() }
    return (block, end)
  }

  // MARK: Lists

  private mutating func item(_ lines: ArraySlice<Line>, _ i: Int, _ width: Int, _ depth: Int) -> Int {
    let isEmpty = lines[i].count <= width
    let block = indented(lines, i, first: width, required: isEmpty ? nil : width)
    read(block.lines[...], depth: depth + 1)
    return block.next
  }

  /// The width of the mark of an item, with the blanks behind it.
  private func listMark(_ lines: ArraySlice<Line>, _ i: Int) -> Int? {
    let line = lines[i]
    let rest = bytes[line.lowerBound]
    var end = line.lowerBound
    if "-+*".utf8.contains(rest) {
      end += 1
    } else if bytes.has("•", at: end) || bytes.has("‣", at: end) || bytes.has("⁃", at: end) {
      end += 3
    } else {
      guard let mark = enumeratorEnd(line) else { return nil }
      // The next line is set in, blank, or an item as well; else the line is text.
      if i + 1 < lines.endIndex, !lines[i + 1].isEmpty, bytes[lines[i + 1].lowerBound] != .space,
        enumeratorEnd(lines[i + 1]) == nil
      {
        return nil
      }
      end = mark
    }
    guard end >= line.upperBound || bytes[end] == .space else { return nil }
    while end < line.upperBound, bytes[end] == .space { end += 1 }
    return end - line.lowerBound
  }

  private func enumeratorEnd(_ line: Line) -> Int? {
    var i = line.lowerBound
    guard i < line.upperBound else { return nil }
    let hasParen = bytes[i] == .openParen
    if hasParen { i += 1 }
    let first = i
    while i < line.upperBound, bytes[i].isDigit || bytes[i].isLetter || bytes[i] == .hash { i += 1 }
    let word = bytes.string(first..<i)
    let isNumber = !word.isEmpty && word.utf8.allSatisfy(\.isDigit)
    let isRoman = !word.isEmpty && word.lowercased().utf8.allSatisfy("ivxlcdm".utf8.contains)
    guard isNumber || isRoman || word == "#" || (word.utf8.count == 1 && word.utf8.allSatisfy(\.isLetter)),
      i < line.upperBound, bytes[i] == .closeParen || (bytes[i] == UInt8(ascii: ".") && !hasParen)
    else { return nil }
    i += 1
    return i == line.upperBound || bytes[i] == .space ? i : nil
  }

  /// The end of `:name: `.
  static func fieldMark(_ bytes: [UInt8], _ line: Line) -> Int? {
    guard let colon = fieldName(bytes, line)?.upperBound else { return nil }
    var end = colon + 1
    while end < line.upperBound, bytes[end] == .space { end += 1 }
    return end
  }

  /// The name between the colons of a field.
  static func fieldName(_ bytes: [UInt8], _ line: Line) -> Range<Int>? {
    let first = line.lowerBound + 1
    guard first < line.upperBound, bytes[line.lowerBound] == .colon, bytes[first] != .colon,
      bytes[first] != .space
    else { return nil }
    var i = first
    while i < line.upperBound {
      if bytes[i] == .backslash {
        i += 2
        continue
      }
      if bytes[i] == .colon, bytes[i - 1] != .space, i + 1 == line.upperBound || bytes[i + 1] == .space {
        return first..<i
      }
      if bytes[i] == .colon, i + 1 < line.upperBound, bytes[i + 1] == .backtick { return nil }
      i += 1
    }
    return nil
  }

  /// The end of `-a, --all=ARG  `.
  private func optionMark(_ line: Line) -> Int? {
    guard bytes[line.lowerBound] == .dash || bytes[line.lowerBound] == .slash else { return nil }
    var end = line.lowerBound
    while end < line.upperBound, !bytes.has("  ", at: end) { end += 1 }
    let options = bytes.string(line.lowerBound..<end).split(separator: ", ", omittingEmptySubsequences: false)
    let areOptions = options.allSatisfy { option in
      let words = option.split(separator: " ", omittingEmptySubsequences: false)
      let name = Array(words[0].utf8)
      let first = name.has("--", at: 0) ? 2 : 1
      guard words.count <= 2, name.count > first, name[0] == .dash || name[0] == .slash else { return false }
      return name[first].isLetter || name[first].isDigit
    }
    guard areOptions else { return nil }
    while end < line.upperBound, bytes[end] == .space { end += 1 }
    return end
  }

  // MARK: Text

  private mutating func lineBlock(_ lines: ArraySlice<Line>, _ start: Int) -> Int {
    var i = start
    while i < lines.endIndex, !lines[i].isEmpty, bytes[lines[i].lowerBound] == .pipe {
      let first = i
      i += 1
      while i < lines.endIndex, !lines[i].isEmpty, bytes[lines[i].lowerBound] == .space { i += 1 }
      let rest = [MarkupText.dropping(2, lines[first])] + lines[(first + 1)..<i]
      pieces.append(.text(text.joined(rest)))
    }
    return i
  }

  /// The line behind the lines of a paragraph.
  private func behindParagraph(_ lines: ArraySlice<Line>, _ start: Int) -> Int {
    var i = start
    while i < lines.endIndex, !lines[i].isEmpty { i += 1 }
    return i
  }

  /// Whether a line is one sign of punctuation, repeated.
  private func isRule(_ line: Line) -> Bool {
    guard let first = line.first.map({ bytes[$0] }), first.isPunctuation else { return false }
    return bytes[line].allSatisfy { $0 == first }
  }

  /// A title between two rules, or a transition.
  private mutating func overlined(_ lines: ArraySlice<Line>, _ i: Int, _ depth: Int) -> Int? {
    let isLong = lines[i].count >= 4
    // Only the document itself has titles and transitions.
    guard depth == 0 else { return isLong ? i + 1 : nil }
    if i + 1 >= lines.endIndex || lines[i + 1].isEmpty { return isLong ? i + 1 : nil }
    guard i + 2 < lines.endIndex, isRule(lines[i + 2]),
      bytes[lines[i + 2].lowerBound] == bytes[lines[i].lowerBound]
    else { return isLong ? min(i + 3, lines.endIndex) : nil }
    addTitle(lines[i + 1], rules: [bytes[lines[i].lowerBound], bytes[lines[i].lowerBound]])
    return i + 3
  }

  /// A paragraph, a title with its rule, or a term with its definition.
  private mutating func paragraph(_ lines: ArraySlice<Line>, _ start: Int, _ depth: Int) -> Int {
    let second = start + 1
    if second < lines.endIndex, !lines[second].isEmpty {
      if bytes[lines[second].lowerBound] == .space {
        pieces.append(.text(text.joined([lines[start]])))
        let block = indented(lines, second)
        read(block.lines[...], depth: depth + 1)
        return block.next
      }
      if isRule(lines[second]), lines[second].count >= min(4, lines[start].count) {
        if depth == 0 { addTitle(lines[start], rules: [bytes[lines[second].lowerBound]]) }
        return second + 1
      }
    }
    var end = start
    while end < lines.endIndex, !lines[end].isEmpty, end == start || bytes[lines[end].lowerBound] != .space {
      end += 1
    }
    pieces.append(.text(text.joined(lines[start..<end])))
    let last = lines[end - 1]
    guard last.count >= 2, bytes.has("::", at: last.upperBound - 2),
      last.count < 3 || bytes[last.upperBound - 3] != .backslash
    else { return end }
    return behindLiteral(lines, end)
  }

  /// The line behind the block of code that two colons announce.
  private func behindLiteral(_ lines: ArraySlice<Line>, _ start: Int) -> Int {
    var i = start
    while i < lines.endIndex, lines[i].isEmpty { i += 1 }
    guard i < lines.endIndex else { return i }
    let first = bytes[lines[i].lowerBound]
    if first == .space { return indented(lines, i).next }
    guard first.isPunctuation else { return i }
    while i < lines.endIndex, !lines[i].isEmpty, bytes[lines[i].lowerBound] == first { i += 1 }
    return i
  }
}
