/// Tells whether selectors match elements of which not everything is known.
package struct SelectorMatcher {
  let tree: StyleTree
  /// Whether the author's own text can give an element a class or an identifier of that name.
  let canOccur: (String) -> Bool
  /// Whether a class is named as scripts name what tells a state of the page.
  let isState: (String) -> Bool
  let memory: Memory

  /// What `:has()` came to, and the places of siblings. Elements within elements ask it of the same ones again and again.
  final class Memory {
    struct Question: Hashable {
      var selector: Selector
      var element: Int
    }

    var answers: [Question: Certainty] = [:]
    /// The places of children, by the element around them.
    var places: [Int: Places] = [:]
    /// How many more elements are compared with parts of selectors. Behind that anything may match: a page can have as many
    /// elements in elements as it has rules of as many parts.
    var steps: Int

    init(steps: Int) { self.steps = steps }

    func takesStep() -> Bool {
      steps -= 1
      return steps > 0
    }
  }

  package init(
    tree: StyleTree, canOccur: @escaping (String) -> Bool, isState: @escaping (String) -> Bool,
    steps: Int = 20_000_000
  ) {
    memory = Memory(steps: steps)
    self.tree = tree
    self.canOccur = canOccur
    self.isState = isState
  }

  /// Whether so much was asked that each further answer is that anything may match.
  package var isSpent: Bool { memory.steps <= 0 }

  package func matches(_ selector: Selector, _ element: Int) -> Certainty {
    guard memory.takesStep() else { return .maybe }
    var cache: [Query: Certainty] = [:]
    return matches(selector, upTo: selector.parts.count - 1, element, &cache)
  }

  /// A part of a selector and an element, of which the same is query again and again where many elements stand above each
  /// other.
  private struct Query: Hashable {
    var last: Int
    var element: Int
  }

  /// Whether the parts up to one match, the last of them the element.
  private func matches(
    _ selector: Selector, upTo last: Int, _ element: Int, _ cache: inout [Query: Certainty]
  ) -> Certainty {
    guard last >= 0 else { return .yes }
    if isOther(selector, last, element) { return .no }
    guard memory.takesStep() else { return .maybe }
    let match = matches(selector.parts[last].compound, element)
    guard match != .no, let combinator = selector.parts[last].combinator, last > 0 else { return match }
    let query = Query(last: last, element: element)
    // The first part query about has no other way to it.
    let isShared = last < selector.parts.count - 1
    if isShared, let answer = cache[query] { return answer }
    let around: Certainty
    switch combinator {
    case .descendant:
      var (any, next) = (Certainty.no, tree.parents[element])
      while any != .yes, let ancestor = next {
        guard memory.takesStep() else { return .maybe }
        any = any || above(selector, last - 1, ancestor, &cache)
        next = tree.parents[ancestor]
      }
      around = any
    case .child: around = tree.parents[element].map { above(selector, last - 1, $0, &cache) } ?? .no
    case .next, .later: around = beside(selector, last, element, isNext: combinator == .next, &cache)
    }
    let answer = match && around
    if isShared { cache[query] = answer }
    return answer
  }

  /// Whether the name or the first class alone says no, as it does nearly always. Query field by field, because copies of
  /// elements and compounds would take most of the time.
  private func isOther(_ selector: Selector, _ last: Int, _ element: Int) -> Bool {
    if let name = selector.parts[last].compound.name, Self.name(name, tree.elements[element].name) == .no {
      return true
    }
    guard let word = selector.parts[last].compound.classes.first, tree.elements[element].classes[word] == nil,
      !word.hasSuffix("*")
    else { return false }
    if tree.elements[element].isTemplated || tree.elements[element].isScripted { return false }
    guard tree.elements[element].isOpen else { return true }
    return !tree.elements[element].isGap && tree.elements[element].name != .any && !canOccur(word)
  }

  private func above(
    _ selector: Selector, _ last: Int, _ element: Int, _ cache: inout [Query: Certainty]
  ) -> Certainty {
    // Nobody knows what stands in a gap.
    if tree.elements[element].isGap { return .maybe }
    return matches(selector, upTo: last, element, &cache)
  }

  private func beside(
    _ selector: Selector, _ last: Int, _ element: Int, isNext: Bool, _ cache: inout [Query: Certainty]
  ) -> Certainty {
    guard let (list, index, isOpen) = tree.siblings(of: element) else { return .no }
    let before = isNext ? list[..<index].suffix(1) : list[..<index]
    let match = before.contains { sibling in
      memory.takesStep() ? matches(selector, upTo: last - 1, sibling, &cache) : .maybe
    }
    if match == .no, isOpen, isNext ? index == 0 : true { return .maybe }
    return match
  }

  func matches(_ compound: Selector.Compound, _ element: Int) -> Certainty {
    let target = tree.elements[element]
    var result: Certainty = compound.isUnknown || compound.parent != nil ? .maybe : .yes
    if let name = compound.name { result = result && Self.name(name, target.name) }
    if let id = compound.id {
      result = result && (target.id == id ? .yes : mayGain(target, id))
    }
    for name in compound.classes where result != .no {
      result = result && (target.classes[name] ?? begins(target, name) ?? mayGain(target, name))
    }
    for attribute in compound.attributes where result != .no {
      result = result && matches(attribute, target)
    }
    for pseudo in compound.pseudos where result != .no { result = result && matches(pseudo, element) }
    return result
  }

  private static func name(_ wanted: String, _ name: StyleTree.Element.Name) -> Certainty {
    switch name {
    case .any: .maybe
    case .exactly(let exact): Certainty(exact == wanted)
    case .oneOf(let names): names.contains(wanted) ? (names.count == 1 ? .yes : .maybe) : .no
    }
  }

  /// Whether the element has a class that begins like a name of which the end is unknown.
  private func begins(_ element: StyleTree.Element, _ name: String) -> Certainty? {
    guard name.hasSuffix("*") else { return nil }
    return element.classes.keys.contains { $0.hasPrefix(name.dropLast()) } ? .maybe : nil
  }

  /// Whether a compiler, a script or the author's own text may give an element a class or an identifier.
  func mayGain(_ element: StyleTree.Element, _ name: String) -> Certainty {
    if element.isTemplated || element.isScripted && isState(name) { return .maybe }
    guard element.isOpen else { return .no }
    return element.isGap || element.name == .any || canOccur(name) ? .maybe : .no
  }
}
