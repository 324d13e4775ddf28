/// A built page as the stream of tokens that its tree is written as: what comparisons and checks read.
package struct RenderedPage: Hashable, Sendable {
  /// The tokens in document order.
  package let tokens: [Token]

  /// One step through a page's tree.
  package enum Token: Hashable, Sendable {
    case start(Element)
    case end(name: String)
    /// A run of text with character references decoded.
    case text(String)
    /// A comment without its delimiters.
    case comment(String)
  }

  /// An element's start.
  package struct Element: Hashable, Sendable {
    /// The tag's name in lower case.
    package var name: String
    /// The attributes by name, names in lower case, values decoded. Their order means nothing to a page.
    package var attributes: [String: String]

    /// Makes an element.
    package init(_ name: String, _ attributes: [String: String] = [:]) {
      self.name = name
      self.attributes = attributes
    }

    /// An attribute's value.
    package subscript(_ name: String) -> String? { attributes[name] }
  }

  /// Parses a page. Any bytes make a page: what is not UTF-8 is read as U+FFFD.
  ///
  /// - Returns: nil where the elements nest more than ``GumboTree/deepestNesting`` deep.
  package init?(_ bytes: [UInt8]) {
    var tokens: [Token] = []
    let isParsed = GumboTree.walk(bytes) { event in
      switch event {
      case .start(let element):
        let attributes = element.attributes.map { ($0.name, $0.value) }
        tokens.append(
          .start(Element(element.name, Dictionary(attributes, uniquingKeysWith: { first, _ in first }))))
      case .end(let name): tokens.append(.end(name: name))
      case .text(let text): tokens.append(.text(text.string))
      case .comment(let text): tokens.append(.comment(text.string))
      }
      return .inside
    }
    guard isParsed else { return nil }
    self.tokens = tokens
  }
}
