/// A built page as the stream of tokens that its tree is written as: what comparisons and checks read.
package struct RenderedPage: Hashable, Sendable {
  /// The tokens in document order.
  package let tokens: [Token]

  /// One step through a page's tree.
  package enum Token: Hashable, Sendable {
    case start(HTMLElement)
    case end(name: String)
    /// A run of text with character references decoded.
    case text(String)
    /// A comment without its delimiters.
    case comment(String)
  }

  init(tokens: [Token]) { self.tokens = tokens }

  /// Parses a page. Any bytes make a page: what is not UTF-8 is read as U+FFFD.
  ///
  /// - Returns: nil where the elements nest more than ``GumboTree/deepestNesting`` deep.
  package init?(_ bytes: [UInt8]) {
    var tokens: [Token] = []
    let isParsed = GumboTree.walk(bytes) { event in
      switch event {
      case .start(let element): tokens.append(.start(HTMLElement(element)))
      case .end(let name): tokens.append(.end(name: name))
      case .text(let text): tokens.append(.text(text.string))
      case .comment(let text): tokens.append(.comment(text.string))
      }
      return .inside
    }
    guard isParsed else { return nil }
    self.tokens = tokens
  }

  /// The elements in document order.
  package var elements: some Sequence<HTMLElement> {
    tokens.lazy.compactMap { if case .start(let element) = $0 { element } else { nil } }
  }
}
