extension Selector {
  /// `2n+1`, `odd` or `3` (CSS Syntax 3, section 6): every so many elements, from one on.
  package struct Nth: Hashable, Sendable {
    var step: Int
    var offset: Int

    /// Nil for what is none, and for one that counts some elements alone (`2n of .a`).
    init?(_ values: [ComponentValue]) {
      let text = ComponentValue.text(values.filter { !$0.isSpace }).lowercased()
      switch text {
      case "odd": (step, offset) = (2, 1)
      case "even": (step, offset) = (2, 0)
      default:
        guard let mark = text.firstIndex(of: "n") else {
          guard let number = Int(text) else { return nil }
          (step, offset) = (0, number)
          return
        }
        let (first, rest) = (text[..<mark], text[text.index(after: mark)...])
        guard let step = first.isEmpty || first == "+" ? 1 : first == "-" ? -1 : Int(first),
          let offset = rest.isEmpty ? 0 : Int(rest)
        else { return nil }
        (self.step, self.offset) = (step, offset)
      }
    }

    /// Whether it counts the element at a place, from 1.
    func counts(_ place: Int) -> Bool {
      let (difference, isOver) = place.subtractingReportingOverflow(offset)
      guard !isOver else { return false }
      if step == 0 { return difference == 0 }
      return difference.isMultiple(of: step)
        && difference.quotientAndRemainder(dividingBy: step).quotient >= 0
    }
  }
}

extension SelectorMatcher {
  /// The places of the children of an element among those of their name, from 1, and how many of that there are.
  struct Places {
    var byName: [(place: Int, count: Int)] = []
    /// Whether all children are known.
    var isExact = true
  }

  /// Whether a pseudo-class that counts siblings holds; nil where not all of them are known.
  func counted(_ pseudo: Selector.Pseudo, _ element: Int) -> Certainty? {
    guard let parent = tree.parents[element], let (list, index, isOpen) = tree.siblings(of: element), !isOpen
    else { return nil }
    let places = places(in: parent, list)
    guard places.isExact else { return nil }
    let isFromEnd = pseudo.name.contains("last")
    var (place, count) = (index + 1, list.count)
    if pseudo.name.hasSuffix("of-type") { (place, count) = places.byName[index] }
    if pseudo.name.hasPrefix("only") { return Certainty(count == 1) }
    if isFromEnd { place = count + 1 - place }
    if pseudo.name.hasPrefix("nth") { return pseudo.nth.map { Certainty($0.counts(place)) } }
    return Certainty(place == 1)
  }

  private func places(in parent: Int, _ children: [Int]) -> Places {
    if let places = memory.places[parent] { return places }
    var places = Places()
    var counts: [String: Int] = [:]
    for child in children {
      guard case .exactly(let name) = tree.elements[child].name, !tree.elements[child].isGap else {
        places.isExact = false
        break
      }
      counts[name, default: 0] += 1
      places.byName.append((counts[name] ?? 0, 0))
    }
    if places.isExact {
      for (index, child) in children.enumerated() {
        if case .exactly(let name) = tree.elements[child].name {
          places.byName[index].count = counts[name] ?? 0
        }
      }
    }
    memory.places[parent] = places
    return places
  }
}
