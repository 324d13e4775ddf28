import CGumbo

/// A page as gumbo parses it, node by node. gumbo follows the HTML5 parsing algorithm, so what it makes of a page is
/// what a browser makes of it, missing end tags and made-up elements included.
package enum GumboTree {
  /// What a walk comes across, in document order.
  package enum Event {
    case start(Element)
    /// The end of an element whose start the visitor went inside of.
    case end(name: String)
    case text(Text)
    case comment(Text)
  }

  /// Where a walk goes on after an element's start.
  package enum Next {
    /// With the element's content, then its end.
    case inside
    /// Behind the element, whose end is then not visited.
    case past
  }

  /// The elements whose content a browser that runs scripts does not show.
  package static let unshown: Set<String> = [
    "iframe", "noembed", "noframes", "noscript", "script", "template",
  ]

  /// Pages nested deeper than this are not parsed, because the time that takes grows with the square of the depth.
  /// Browsers do not nest deeper than 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`).
  package static let deepestNesting = 1_500

  /// Parses a page and visits its nodes. Bytes that are not UTF-8 are read as U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: the page.
  ///   - visit: called for each node. What it is given is only valid during the call.
  /// - Returns: false, without a visit, where the page is nested too deeply to be parsed in time.
  package static func walk(_ bytes: [UInt8], _ visit: (Event) -> Next) -> Bool {
    guard NestingEstimate(bytes).deepest <= deepestNesting else { return false }
    parse(bytes, visit)
    return true
  }

  /// ``walk(_:_:)`` for a page of any depth. No depth is unsafe: neither gumbo's parser nor what follows it recurses.
  static func parse(_ bytes: [UInt8], _ visit: (Event) -> Next) {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      start.withMemoryRebound(to: CChar.self, capacity: buffer.count) { text in
        var options = kGumboDefaultOptions
        // Errors are not asked for, and a hostile page could fill the memory with them.
        options.max_errors = 0
        let memory = GumboMemory()
        options.userdata = Unmanaged.passUnretained(memory).toOpaque()
        options.allocator = { memory, count in
          memory.flatMap { Unmanaged<GumboMemory>.fromOpaque($0).takeUnretainedValue().allocate(count) }
        }
        options.deallocator = { memory, block in
          guard let memory else { return }
          Unmanaged<GumboMemory>.fromOpaque(memory).takeUnretainedValue().deallocate(block)
        }
        withExtendedLifetime(memory) {
          guard let output = gumbo_parse_with_options(&options, text, buffer.count) else { return }
          Page(text: text, count: buffer.count).walk(output.pointee.document, visit)
        }
      }
    }
  }

  /// The page's bytes, which positions are counted in.
  fileprivate struct Page {
    let text: UnsafePointer<CChar>
    let count: Int

    /// A walk without recursion.
    func walk(_ document: UnsafeMutablePointer<GumboNode>?, _ visit: (Event) -> Next) {
      guard let document else { return }
      // A step without a node is the end of the element whose name it holds.
      var open: [(node: UnsafeMutablePointer<GumboNode>?, name: String)] =
        children(document.pointee.v.document.children).reversed().map { ($0, "") }
      while let (next, name) = open.popLast() {
        guard let node = next else {
          _ = visit(.end(name: name))
          continue
        }
        switch node.pointee.type {
        case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
          let element = Element(element: node.pointee.v.element, page: self)
          guard visit(.start(element)) == .inside else { continue }
          open.append((nil, element.name))
          for child in children(node.pointee.v.element.children).reversed() { open.append((child, "")) }
        case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
          _ = visit(.text(Text(text: node.pointee.v.text)))
        case GUMBO_NODE_COMMENT: _ = visit(.comment(Text(text: node.pointee.v.text)))
        default: continue
        }
      }
    }

    func children(_ vector: GumboVector) -> [UnsafeMutablePointer<GumboNode>] {
      (0..<Int(vector.length)).compactMap { vector.data[$0]?.assumingMemoryBound(to: GumboNode.self) }
    }

    /// The piece's place in the page; nil where it points elsewhere, as that of an element made up does.
    func range(_ piece: GumboStringPiece) -> Range<Int>? {
      guard let data = piece.data else { return nil }
      let offset = data - text
      guard offset >= 0, offset + piece.length <= count else { return nil }
      return offset..<offset + piece.length
    }

    /// gumbo's range of a value includes its quotes.
    func unquoted(_ piece: GumboStringPiece) -> Range<Int> {
      guard let range = range(piece), !range.isEmpty else { return 0..<0 }
      let first = UInt8(bitPattern: text[range.lowerBound])
      let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
      guard isQuoted, range.count > 1, text[range.upperBound - 1] == text[range.lowerBound] else {
        return range
      }
      return range.lowerBound + 1..<range.upperBound - 1
    }
  }
}

extension GumboTree {
  /// An element, during a visit.
  package struct Element {
    /// The tag's name in lower case. `<image>` is named `img`, which is what browsers make of it.
    package let name: String
    private let element: GumboElement
    private let page: Page

    fileprivate init(element: GumboElement, page: Page) {
      self.element = element
      self.page = page
      name = Self.name(of: element)
    }

    /// Whether it is an HTML element, and not one of SVG or MathML.
    package var isHTML: Bool { element.tag_namespace == GUMBO_NAMESPACE_HTML }

    /// The bytes of the start tag, `<` to `>`; nil for an element that the parser made up (a missing `<tbody>`).
    package var range: Range<Int>? { page.range(element.original_tag).flatMap { $0.count > 1 ? $0 : nil } }

    /// The attributes in the order in which they are written; a name written twice counts once.
    package var attributes: [Attribute] {
      (0..<Int(element.attributes.length)).compactMap { index in
        guard let pointer = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self),
          let name = pointer.pointee.name, let value = pointer.pointee.value
        else { return nil }
        return Attribute(
          name: String(cString: name).lowercased(), value: String(cString: value),
          range: page.unquoted(pointer.pointee.original_value))
      }
    }

    /// The bytes of the first text inside, for elements whose content is text (`<style>`).
    package var textRange: Range<Int>? {
      page.children(element.children).first { $0.pointee.type == GUMBO_NODE_TEXT }
        .flatMap { page.range($0.pointee.v.text.original_text) }
    }

    private static func name(of element: GumboElement) -> String {
      guard element.tag != GUMBO_TAG_UNKNOWN else {
        var piece = element.original_tag
        gumbo_tag_from_original_text(&piece)
        guard let start = piece.data else { return "" }
        return String(
          decoding: UnsafeRawBufferPointer(start: start, count: piece.length), as: UTF8.self
        ).lowercased()
      }
      return String(cString: gumbo_normalized_tagname(element.tag))
    }
  }

  /// An attribute of an element.
  package struct Attribute {
    /// The name in lower case.
    package let name: String
    /// The value with character references decoded.
    package let value: String
    /// The bytes of the value without its quotes; empty where there is none.
    package let range: Range<Int>
  }

  /// A text or a comment, during a visit.
  package struct Text {
    private let text: GumboText

    fileprivate init(text: GumboText) { self.text = text }

    /// The text with character references decoded; a comment's without its delimiters.
    package var string: String { text.text.map { String(cString: $0) } ?? "" }
  }
}
