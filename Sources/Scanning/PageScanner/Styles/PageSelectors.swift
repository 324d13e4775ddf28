import Web

/// Matches selectors against the elements of a page.
final class PageSelectors {
  let tree: StyleTree
  private let matcher: SelectorMatcher
  private var parsed: [String: [Selector]] = [:]

  init(_ tree: StyleTree) {
    self.tree = tree
    matcher = SelectorMatcher(tree: tree, canOccur: { _ in false }, isState: { _ in true })
  }

  convenience init(_ page: PageTree) { self.init(Self.tree(of: page, wrapping: []).tree) }

  /// Whether a list of selectors may match an element. What is not understood may match any.
  func matches(_ text: String, _ element: Int) -> Bool {
    let selectors = parsed[text] ?? SelectorParser.list(text)
    parsed[text] = selectors
    return selectors.isEmpty || selectors.contains { certainty($0, element) != .no }
  }

  /// Whether so much was asked that each further answer is that anything may match.
  var isSpent: Bool { matcher.isSpent }

  func certainty(_ selector: Selector, _ element: Int) -> Certainty { matcher.matches(selector, element) }

  /// The elements of a page as selectors see them.
  ///
  /// - Parameters:
  ///   - images: those around which a `<picture>` is put.
  ///   - gainsStates: whether scripts may give `<html>` and `<body>` any class, to tell a state of the page.
  /// - Returns: the tree, where each element of the page is in it, and where the new ones are.
  static func tree(
    of page: PageTree, wrapping images: Set<Int>, gainsStates: Bool = false
  ) -> (tree: StyleTree, positions: [Int], pictures: [Int: Int]) {
    var tree = StyleTree()
    var positions: [Int] = []
    var pictures: [Int: Int] = [:]
    for (index, element) in page.nodes.enumerated() {
      let classes = element["class"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
      var subject = StyleTree.Element(element.name, classes: classes, id: element["id"])
      subject.attributes = element.element.attributes
      subject.isScripted = gainsStates && (element.name == "html" || element.name == "body")
      var parent = element.parent.map { positions[$0] }
      if images.contains(index) {
        let picture = tree.add(StyleTree.Element("picture"), to: parent)
        tree.add(StyleTree.Element("source"), to: picture)
        pictures[index] = picture
        parent = picture
      }
      positions.append(tree.add(subject, to: parent))
    }
    return (tree, positions, pictures)
  }
}
