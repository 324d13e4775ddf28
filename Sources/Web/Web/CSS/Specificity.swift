/// How much a selector counts.
package struct Specificity: Hashable, Comparable, Sendable {
  package var ids = 0
  package var classes = 0
  package var names = 0

  package init(ids: Int = 0, classes: Int = 0, names: Int = 0) {
    self.ids = ids
    self.classes = classes
    self.names = names
  }

  package static func + (a: Specificity, b: Specificity) -> Specificity {
    Specificity(ids: a.ids + b.ids, classes: a.classes + b.classes, names: a.names + b.names)
  }

  package static func < (a: Specificity, b: Specificity) -> Bool {
    (a.ids, a.classes, a.names) < (b.ids, b.classes, b.names)
  }
}

extension Selector.Compound {
  var specificity: Specificity {
    var sum = Specificity(
      ids: id == nil ? 0 : 1, classes: classes.count + attributes.count,
      names: (name == nil ? 0 : 1) + (pseudoElement == nil ? 0 : 1))
    for pseudo in pseudos where pseudo.name != "where" {
      if ["is", "not", "has", "matches"].contains(pseudo.name) {
        sum = sum + (pseudo.selectors.map(\.specificity).max() ?? Specificity())
      } else {
        sum.classes += 1
      }
    }
    return sum
  }
}
