import Testing

@testable import Web

/// A page can have as many elements in elements as it has rules of as many parts.
@Suite struct MatchingBoundTests {
  private static func matcher(_ depth: Int, steps: Int) -> SelectorMatcher {
    var tree = StyleTree()
    var parent: Int?
    for _ in 0..<depth { parent = tree.add(StyleTree.Element("div"), to: parent) }
    return SelectorMatcher(tree: tree, canOccur: { _ in false }, isState: { _ in false }, steps: steps)
  }

  @Test(arguments: ["div div div p div", "div:has(p) div", "div ~ p div"])
  func behindItAnythingMayMatch(_ text: String) {
    let selectors = SelectorParser.list(text)
    let bounded = Self.matcher(40, steps: 300)
    let answers = (0..<60).map { number in selectors.map { bounded.matches($0, number % 40) } }
    #expect(bounded.isSpent)
    #expect(answers.last == [.maybe])
    let free = Self.matcher(40, steps: 1_000_000)
    #expect(selectors.map { free.matches($0, 39) } == [.no] && !free.isSpent)
  }

  @Test func listsThatNobodyWritesAreNotRead() {
    let many = SelectorParser.list(Array(repeating: "a", count: 30_000).joined(separator: ","))
    #expect(many == [.unknown])
    let queries = MediaQueryList(Array(repeating: "print", count: 30_000).joined(separator: ","))
    #expect(queries.canHold)
  }
}
