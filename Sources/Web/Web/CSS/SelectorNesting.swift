/// Selectors of rules in rules.
extension Selector {
  /// As many compounds are taken for the selectors of one rule; nesting may double them at each step.
  static let maxCompounds = 4096

  /// A selector that may match anything.
  static let unknown = Selector(parts: [Part(compound: Compound(isUnknown: true))])

  /// How many compounds it has, those in brackets included.
  var size: Int {
    parts.reduce(0) {
      $0 + 1 + $1.compound.pseudos.reduce(0) { $0 + $1.selectors.reduce(0) { $0 + $1.size } }
    }
  }

  /// How often it has `&`.
  var references: Int {
    parts.reduce(0) { count, part in
      count + (part.compound.parent == nil ? 0 : 1)
        + part.compound.pseudos.reduce(0) { $0 + $1.selectors.reduce(0) { $0 + $1.references } }
    }
  }

  /// The selector with the parent's in the place of `&`, or before it where none stands (CSS Nesting 1).
  func nested(in parent: Selector) -> Selector {
    guard contains({ $0.parent != nil }) else {
      var tail = parts
      tail[0].combinator = tail[0].combinator ?? .descendant
      return Selector(parts: parent.parts + tail)
    }
    var out = Selector()
    for part in parts {
      var compound = part.compound
      for index in compound.pseudos.indices {
        compound.pseudos[index].selectors = compound.pseudos[index].selectors.map { inner in
          inner.contains { $0.parent != nil } ? inner.nested(in: parent) : inner
        }
      }
      guard let suffix = compound.parent else {
        out.parts.append(.init(combinator: part.combinator, compound: compound))
        continue
      }
      compound.parent = nil
      var copy = parent.parts
      guard var last = copy.popLast() else { continue }
      last.compound.add(suffix: suffix)
      last.compound.merge(compound)
      copy.append(last)
      if !out.parts.isEmpty { copy[0].combinator = part.combinator ?? .descendant }
      out.parts += copy
    }
    return out
  }
}

extension Selector.Compound {
  /// SCSS: `&-suffix` lengthens the last name of the parent.
  fileprivate mutating func add(suffix: String) {
    guard !suffix.isEmpty else { return }
    if let last = classes.popLast() {
      classes.append(last + suffix)
    } else if let id {
      self.id = id + suffix
    } else if let name {
      self.name = name + suffix
    } else {
      isUnknown = true
    }
  }

  fileprivate mutating func merge(_ other: Self) {
    name = other.name ?? name
    id = other.id ?? id
    classes += other.classes
    attributes += other.attributes
    pseudos += other.pseudos
    pseudoElement = other.pseudoElement ?? pseudoElement
    isUnknown = isUnknown || other.isUnknown
  }
}
