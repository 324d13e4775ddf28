extension SelectorMatcher {
  /// Whether a pseudo-class holds for an element.
  func matches(_ pseudo: Selector.Pseudo, _ element: Int) -> Certainty {
    switch pseudo.name {
    case "is", "where", "matches", "-webkit-any", "-moz-any":
      return pseudo.selectors.contains { matches($0, element) }
    case "not": return !pseudo.selectors.contains { matches($0, element) }
    case "has":
      return pseudo.selectors.contains { selector in
        let question = Memory.Question(selector: selector, element: element)
        if let answer = memory.answers[question] { return answer }
        let answer = has(selector, element)
        memory.answers[question] = answer
        return answer
      }
    case "root": return tree.elements[element].isGap ? .maybe : Certainty(tree.parents[element] == nil)
    case "first-child": return position(element, isFirst: true, isLast: false)
    case "last-child": return position(element, isFirst: false, isLast: true)
    case "only-child": return position(element, isFirst: true, isLast: true)
    case "nth-child", "nth-last-child", "first-of-type", "last-of-type", "only-of-type", "nth-of-type",
      "nth-last-of-type":
      // How many <source> a <picture> gets is not known here; the <img> in it is the one of its kind.
      let isInPicture = tree.parents[element].map { tree.elements[$0].name == .exactly("picture") } ?? false
      if isInPicture, !pseudo.name.hasSuffix("of-type") { return .maybe }
      if let answer = counted(pseudo, element) { return answer }
      let only = position(element, isFirst: true, isLast: true)
      if only == .yes { return pseudo.name.hasPrefix("nth") ? .maybe : .yes }
      return .maybe
    case "empty":
      if tree.elements[element].name == .exactly("img") { return .yes }
      return tree.children[element].isEmpty ? .maybe : .no
    default: return .maybe
    }
  }

  private func position(_ element: Int, isFirst: Bool, isLast: Bool) -> Certainty {
    guard let (list, index, isOpen) = tree.siblings(of: element) else { return .maybe }
    if isFirst, index > 0 { return .no }
    if isLast, index < list.count - 1 { return .no }
    return isOpen ? .maybe : .yes
  }

  /// Whether something that a relative selector describes stands below or behind an element.
  private func has(_ selector: Selector, _ element: Int) -> Certainty {
    guard let first = selector.parts.first else { return .no }
    if tree.elements[element].isGap { return .maybe }
    guard memory.takesStep() else { return .maybe }
    let isBelow = first.combinator != .next && first.combinator != .later
    if !isBelow { return .maybe }
    let candidates = descendants(of: element)
    // A list that ended before its last element proves nothing.
    guard memory.steps > 0 else { return .maybe }
    // The subject has to lie below; a first part that is relative binds it to the element itself.
    let isOpen =
      candidates.contains { tree.elements[$0].hasOpenChildren } || tree.elements[element].hasOpenChildren
    let match = candidates.contains { candidate in
      guard first.combinator == .child else { return matches(selector, candidate) }
      guard selector.parts.count == 1 else { return .maybe }
      return tree.parents[candidate] == element ? matches(first.compound, candidate) : .no
    }
    return match == .no && isOpen ? .maybe : match
  }

  private func descendants(of element: Int) -> [Int] {
    var descendants: [Int] = []
    var open = tree.children[element]
    while let next = open.popLast(), memory.takesStep() {
      descendants.append(next)
      open += tree.children[next]
    }
    return descendants
  }
}
