/// A page as a tree: its elements in document order, each with the one around it and the bytes that it stands at.
///
/// What a browser that runs scripts does not show (`GumboTree.unshown`) is listed without its content.
package struct PageTree: Sendable {
  /// An element in its tree.
  package struct Node: Sendable {
    package var element: HTMLElement
    /// The index of the element around it; nil for the root.
    package var parent: Int?
    /// Whether it is an HTML element, and not one of SVG or MathML.
    package var isHTML = true
    /// The bytes of the start tag, `<` to `>`; nil for one that the parser made up (a missing `<tbody>`).
    package var tag: Range<Int>?
    /// The bytes of each attribute's value, without its quotes; empty where there is none.
    package var values: [String: Range<Int>] = [:]
    /// Of a `<style>`: its text, and the bytes where that stands.
    package var style = ""
    package var styleRange: Range<Int>?
    /// Whether text other than spaces stands directly in it.
    package var hasText = false
    /// How many letters of text stand before it in the page.
    package var lettersBefore = 0
    /// The text before it in the page.
    fileprivate(set) var flow = TextFlow()

    /// Makes an element that stands nowhere.
    package init(_ element: HTMLElement, in parent: Int?) {
      self.element = element
      self.parent = parent
    }

    package var name: String { element.name }
    package subscript(_ name: String) -> String? { element[name] }
  }

  /// The elements in document order.
  package private(set) var nodes: [Node] = []
  /// The `<source>` elements of each `<picture>`, by its index: the first ``mostSources``.
  private var sources: [Int: [Int]] = [:]

  private static let mostSources = 256

  /// Makes a tree of elements.
  package init(_ nodes: [Node]) {
    self.nodes = nodes
    for (index, node) in nodes.enumerated() where node.name == "source" {
      guard let parent = node.parent, nodes[parent].name == "picture",
        sources[parent]?.count ?? 0 < Self.mostSources
      else { continue }
      sources[parent, default: []].append(index)
    }
  }

  /// Parses a page. Any bytes make one: what is not UTF-8 is read as U+FFFD.
  ///
  /// - Returns: nil where the elements nest more than ``GumboTree/deepestNesting`` deep.
  package init?(_ bytes: [UInt8]) {
    var elements: [Node] = []
    var open: [Int] = []
    var letters = 0
    var flow = TextFlow()
    let isParsed = GumboTree.walk(bytes) { event in
      switch event {
      case .start(let element):
        elements.append(Node(element, in: open.last))
        let last = elements.count - 1
        elements[last].lettersBefore = letters
        guard !GumboTree.unshown.contains(element.name) else { return .past }
        flow.begin(elements[last].element, depth: open.count)
        elements[last].flow = flow
        open.append(last)
      case .end(let name):
        open.removeLast()
        flow.end(name, depth: open.count)
      case .text(let text):
        guard let last = open.last else { break }
        let text = text.string
        if elements[last].name == "style" {
          elements[last].style += text
        } else if !["title", "textarea"].contains(elements[last].name) {
          let count = flow.add(text)
          letters += count
          if count > 0 { elements[last].hasText = true }
        }
      case .comment: break
      }
      return .inside
    }
    guard isParsed else { return nil }
    self.init(elements)
  }

  /// What the page says of its own URL.
  package var location: PageLocation { PageLocation(nodes.lazy.map(\.element)) }

  /// The elements around one, innermost first.
  package func ancestors(of index: Int) -> [Node] {
    var ancestors: [Node] = []
    var next = nodes[index].parent
    while let parent = next {
      ancestors.append(nodes[parent])
      next = nodes[parent].parent
    }
    return ancestors
  }

  /// CSS pixels that the text above an element in its article takes at least, in a phone's window and in wide ones: in the
  /// outermost element that says it holds the page's content. 0 where none does: what stands around content stands anywhere.
  package func textAbove(_ index: Int) -> (narrow: Int, wide: Int) {
    var article: Int?
    var next = nodes[index].parent
    while let at = next {
      let node = nodes[at]
      if ["main", "article"].contains(node.name) || ["main", "content"].contains(node["id"] ?? "")
        || node["role"] == "main"
      {
        article = at
      }
      next = node.parent
    }
    guard let article else { return (0, 0) }
    let (all, before) = (nodes[index].flow, nodes[article].flow)
    return (all.narrow - before.narrow, all.wide - before.wide)
  }

  /// The `<source>` elements that a browser tries before an `<img>` in a `<picture>`.
  package func sources(before image: Int) -> [HTMLElement] {
    guard let parent = nodes[image].parent else { return [] }
    return (sources[parent] ?? []).prefix { $0 < image }.map { nodes[$0].element }
  }
}

extension PageTree.Node {
  fileprivate init(_ element: GumboTree.Element, in parent: Int?) {
    self.init(HTMLElement(element), in: parent)
    isHTML = element.isHTML
    tag = element.range
    values = Dictionary(
      element.attributes.map { ($0.name, $0.range) }, uniquingKeysWith: { first, _ in first })
    styleRange = element.name == "style" ? element.textRange : nil
  }
}
