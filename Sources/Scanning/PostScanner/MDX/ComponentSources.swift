import AssetModel

/// Images that elements of JSX name in a constant `src`: `<Figure src="/a.jpg" />`, `<Photo src={'/a.jpg'}>`, also in the
/// properties and among the children of others.
struct ComponentSources {
  private let file: [UInt8]
  private let end: Int
  /// Elements without an end are looked for up to the end of the text; after some such searches the text is none of MDX.
  private var budget: Int
  private var images: [Candidate] = []

  /// The images of a body. In MDX only fences and spans are code, however far a line is indented; elsewhere Markdown decides,
  /// and the tags of HTML are others' to read.
  static func candidates(
    _ file: [UInt8], _ masked: [UInt8], _ body: Range<Int>, of dialect: Post.Dialect
  ) -> [Candidate] {
    guard file.find("src", from: body.lowerBound) != nil else { return [] }
    var reader = ComponentSources(file, body.upperBound)
    reader.read(from: body.lowerBound)
    guard dialect != .mdx else { return reader.images }
    let images = reader.images.filter { $0.isOfComponent(in: file) }
    guard !images.isEmpty else { return [] }
    let visible = TagVisibility.visible(
      images.map(\.range.range), masked, body, prefix: CmarkOracle.tokenPrefix(for: file))
    return images.indices.filter { visible.contains($0) }.map { images[$0] }
  }

  private init(_ file: [UInt8], _ end: Int) {
    self.file = file
    self.end = end
    budget = 8 * file.count + 65_536
  }

  private mutating func read(from start: Int) {
    var at = fenceEnd(from: start) ?? start
    while at < end {
      switch file[at] {
      case .newline: at = fenceEnd(from: at + 1) ?? at + 1
      case .backtick: at = spanEnd(from: at)
      case .openBrace where file.has("{/*", at: at): at = file.find("*/", from: at + 3).map { $0 + 2 } ?? end
      case .less where file.has("<!--", at: at): at = file.find("-->", from: at + 4).map { $0 + 3 } ?? end
      case .less:
        if at + 1 < end, file[at + 1].isLetter, budget > 0, let image = image(at) { images.append(image) }
        at += 1
      default: at += 1
      }
    }
  }

  // MARK: Code

  /// The end of the fenced code that a line begins; nil where it begins none.
  private func fenceEnd(from line: Int) -> Int? {
    guard let open = run(from: line), open.length >= 3 else { return nil }
    var next = file.lineEnd(from: line)
    while next < end {
      if let close = run(from: next), close.byte == open.byte, close.length >= open.length {
        // The line feed behind it begins another line.
        return min(max(file.lineEnd(from: next) - 1, next), end)
      }
      next = file.lineEnd(from: next)
    }
    return end
  }

  private func run(from line: Int) -> (byte: UInt8, length: Int)? {
    let first = file.skipBlanks(from: line)
    guard first < end, file[first] == .backtick || file[first] == UInt8(ascii: "~") else { return nil }
    let length = file[first..<end].prefix { $0 == file[first] }.count
    // Backticks behind them make it a span.
    let rest = file[(first + length)..<min(file.lineEnd(from: first), end)]
    return file[first] == .backtick && rest.contains(.backtick) ? nil : (file[first], length)
  }

  /// The end of a span of code, or of the backticks where none closes it in their paragraph.
  private mutating func spanEnd(from start: Int) -> Int {
    let opened = start + file[start..<end].prefix { $0 == .backtick }.count
    guard budget > 0 else { return opened }
    var i = opened
    while i < end {
      if file[i] == .newline, file.blankLineEnd(from: i + 1) != nil { break }
      guard file[i] == .backtick else {
        i += 1
        continue
      }
      let length = file[i..<end].prefix { $0 == .backtick }.count
      i += length
      if length == opened - start { return i }
    }
    budget -= i - start
    return opened
  }

  // MARK: Elements

  /// The image of the element that begins at `<`; nil where it names none.
  private mutating func image(_ start: Int) -> Candidate? {
    var i = start + 1
    while i < end, Self.isOfName(file[i]) { i += 1 }
    let name = file.string(start + 1..<i)
    var attributes: [String: String] = [:]
    var source: Range<Int>?
    while true {
      i = file.skipWhitespace(from: i)
      guard i < end else {
        budget -= i - start
        return nil
      }
      if file[i] == .greater || file.has("/>", at: i) { break }
      if file[i] == .openBrace {
        guard let close = expressionEnd(from: i) else { return nil }
        i = close
        continue
      }
      let from = i
      while i < end, Self.isOfName(file[i]) { i += 1 }
      guard i > from else { return nil }
      let key = file.string(from..<i).lowercased()
      let sign = file.skipWhitespace(from: i)
      guard sign < end, file[sign] == .equals else { continue }
      guard let value = value(from: file.skipWhitespace(from: sign + 1)) else { return nil }
      i = value.end
      guard let constant = value.constant, attributes[key] == nil else { continue }
      attributes[key] = Entities.decode(file.string(constant))
      if key == "src" { source = constant }
    }
    guard let source, case let url = file.string(source),
      ImageFormat(fileName: url.prefix { $0 != "?" && $0 != "#" }) != nil
    else { return nil }
    return Candidate(
      kind: .templateTag, range: ByteRange(start, i + (file[i] == .slash ? 2 : 1)),
      urlRange: ByteRange(source.lowerBound, source.upperBound), url: url, alt: attributes["alt"],
      title: attributes["title"], attributes: attributes, field: name,
      keptBecause: "a component makes its markup")
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case .dash, .underscore, .colon, .dollar, UInt8(ascii: "."), UInt8(ascii: "@"): true
    default: byte.isLetter || byte.isDigit
    }
  }

  /// A property's value: where it ends, and the text or number that it is; nil where it has no end.
  private mutating func value(from start: Int) -> (end: Int, constant: Range<Int>?)? {
    guard start < end else { return nil }
    switch file[start] {
    case .quote, .apostrophe:
      guard let close = file.find(file[start], in: start + 1..<end) else {
        budget -= end - start
        return nil
      }
      return (close + 1, start + 1..<close)
    case .openBrace:
      guard let close = expressionEnd(from: start) else { return nil }
      return (close, constant(in: start + 1..<close - 1))
    default:
      let close = file[start..<end].firstIndex { $0.isWhitespace || $0 == .greater } ?? end
      return (close, start..<close)
    }
  }

  /// The text or number that an expression is, without quotes; nil for code.
  private func constant(in expression: Range<Int>) -> Range<Int>? {
    var inner = expression
    while let first = inner.first, file[first].isWhitespace { inner.removeFirst() }
    while let last = inner.last, file[last].isWhitespace { inner.removeLast() }
    guard let first = inner.first, let last = inner.last else { return nil }
    if file[inner].allSatisfy(\.isDigit) { return inner }
    let mark = file[first]
    guard mark == .quote || mark == .apostrophe || mark == .backtick, inner.count > 1, file[last] == mark
    else {
      return nil
    }
    let text = first + 1..<last
    return file[text].contains { $0 == mark || $0 == .backslash || $0 == .dollar } ? nil : text
  }

  /// The position behind the brace that closes the one at `start`; strings hide braces.
  private mutating func expressionEnd(from start: Int) -> Int? {
    var (i, depth) = (start, 0)
    while i < end {
      switch file[i] {
      case .openBrace: depth += 1
      case .closeBrace:
        depth -= 1
        if depth == 0 { return i + 1 }
      case .quote, .apostrophe, .backtick:
        // An apostrophe in text is no quote: it has no other on its line.
        let line = file[i] == .backtick ? end : min(file.lineEnd(from: i), end)
        i = file.find(file[i], in: i + 1..<max(line, i + 1)) ?? i
      default: break
      }
      i += 1
    }
    budget -= end - start
    return nil
  }
}

extension Candidate {
  /// Whether a tag is that of a component: components have capitals or dots in their names, elements of HTML have neither.
  func isOfComponent(in file: [UInt8]) -> Bool {
    guard file.indices.contains(range.start + 1), file[range.start] == .less else { return false }
    let name = file[(range.start + 1)...].prefix {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: ".") || $0 == .dash
    }
    return name.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: ".") }
      || name.contains(.dash)
  }
}
