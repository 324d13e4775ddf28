/// How wide the images of a page are shown, by the page's stylesheets and by its own attributes and styles.
package struct PageSlots {
  private let page: PageTree
  private let rules: LayoutRules
  private let matcher: SelectorMatcher
  private let memory: Memory
  /// Whether a box stands alone in what it stands in.
  private let isAlone: [Bool]

  /// Styles of elements, of which many images have the same around them.
  private final class Memory {
    var styles: [Int: ElementStyle] = [:]
    /// How many more rules are looked at for elements of the page. Behind that nothing is known of its images: a page can have as
    /// many images as it has rules for each of them.
    var work = 20_000_000
  }

  /// - Parameters:
  ///   - page: the page's elements.
  ///   - rules: its stylesheets'.
  package init(_ page: PageTree, rules: LayoutRules) {
    self.page = page
    self.rules = rules
    memory = Memory()
    let isScripted = page.nodes.contains { $0.name == "script" }
    var tree = StyleTree()
    var boxes = page.nodes.map { $0.hasText ? 2 : 0 }
    let unshown = GumboTree.unshown.union(["style", "link", "meta", "source", "br"]).subtracting(["iframe"])
    for element in page.nodes {
      let classes = element["class"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
      var subject = StyleTree.Element(element.name, classes: classes, id: element["id"])
      subject.attributes = element.element.attributes
      subject.isScripted = isScripted && (element.name == "html" || element.name == "body")
      tree.add(subject, to: element.parent)
      if let parent = element.parent, !unshown.contains(element.name) { boxes[parent] += 1 }
    }
    isAlone = page.nodes.map { node in node.parent.map { boxes[$0] == 1 } ?? true }
    matcher = SelectorMatcher(tree: tree, canOccur: { _ in false }, isState: PageState.contains)
  }

  /// Elements around an image that are looked at; no page that people read has as many.
  private static let maxDepth = 128

  /// What the width of an image depends on; nil where it stands too deep in the page, or has too much before it.
  ///
  /// - Parameter image: the index of the element.
  package func computation(of image: Int) -> SlotComputation? {
    var chain: [Int] = [image]
    while let parent = page.nodes[chain[chain.count - 1]].parent {
      guard chain.count < Self.maxDepth else { return nil }
      chain.append(parent)
    }
    let styles = chain.lazy.map { page.nodes[$0]["style"]?.utf8.count ?? 0 }
    guard styles.allSatisfy({ $0 <= StyleSheet.mostInline }) else { return nil }
    for element in chain where memory.styles[element] == nil {
      memory.work -= rules.candidateCount(for: page.nodes[element].element) + 1
    }
    guard memory.work > 0 else { return nil }
    let computation = SlotComputation(
      chain: chain.reversed().map { SlotComputation.Element(style: style(of: $0), isAlone: isAlone[$0]) },
      ruled: ElementStyle(page.nodes[image].element, image, rules, matcher, hints: ""), rules: rules)
    memory.work -= computation.key.utf8.count / 8
    return computation
  }

  private func style(of index: Int) -> ElementStyle {
    if let style = memory.styles[index] { return style }
    let element = page.nodes[index].element
    let style = ElementStyle(
      element, index, rules, matcher, hints: BrowserStyle.declarations(for: element))
    memory.styles[index] = style
    return style
  }
}
