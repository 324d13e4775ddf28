/// A selector (Selectors 4): compounds and what joins them, in the order in which they are written.
struct Selector: Hashable, Sendable {
  enum Combinator: String, Hashable {
    case descendant = " "
    case child = ">"
    case next = "+"
    case later = "~"
  }

  struct Part: Hashable {
    /// How it is joined to the part before it; of a first part that is relative to a parent.
    var combinator: Combinator?
    var compound: Compound
  }

  /// Conditions on one element.
  struct Compound: Hashable {
    /// The element's name in small letters; nil for any.
    var name: String?
    var id: String?
    /// A `*` at the end stands for letters that only a compiler knows.
    var classes: [String] = []
    var attributes: [Attribute] = []
    var pseudos: [Pseudo] = []
    /// `::before` and the like.
    var pseudoElement: String?
    /// Whether a part of it is known to a compiler only.
    var isUnknown = false
    /// `&`, and the letters that follow it directly.
    var parent: String?
  }

  struct Attribute: Hashable {
    var name: String
    /// The operator, `=` or `^=` and so on; nil where the attribute need only be there.
    var match: String?
    var value = ""
  }

  /// A pseudo-class.
  struct Pseudo: Hashable {
    var name: String
    /// The selectors in its brackets, of those that have some.
    var selectors: [Selector] = []
    /// Whether it has brackets whose content is not a list of selectors.
    var hasOtherArgument = false
  }

  var parts: [Part] = []

  /// Specificity (Selectors 4, section 17): identifiers, classes, names.
  var specificity: Specificity {
    parts.reduce(Specificity()) { $0 + $1.compound.specificity }
  }

  /// Whether a condition holds for a compound of it, those in brackets included.
  func contains(_ condition: (Compound) -> Bool) -> Bool {
    parts.contains { part in
      condition(part.compound)
        || part.compound.pseudos.contains { $0.selectors.contains { $0.contains(condition) } }
    }
  }
}

extension Selector: CustomStringConvertible {
  var description: String { text }

  /// The selector as it would be written.
  var text: String {
    var out = ""
    for part in parts {
      switch part.combinator {
      case nil: break
      case .descendant: out += " "
      case let combinator?: out += (out.isEmpty ? "" : " ") + combinator.rawValue + " "
      }
      out += part.compound.text
    }
    return out
  }
}

extension Selector.Compound {
  fileprivate var text: String {
    var out = name ?? ""
    if let id { out += "#" + id }
    for name in classes { out += "." + name }
    for attribute in attributes {
      out += "[\(attribute.name)" + (attribute.match.map { "\($0)\"\(attribute.value)\"" } ?? "") + "]"
    }
    for pseudo in pseudos {
      out += ":" + pseudo.name
      if !pseudo.selectors.isEmpty { out += "(\(pseudo.selectors.map(\.text).joined(separator: ", ")))" }
      if pseudo.hasOtherArgument { out += "(…)" }
    }
    if let pseudoElement { out += "::" + pseudoElement }
    if isUnknown { out += "#{…}" }
    return out.isEmpty ? "*" : out
  }
}

/// How much a selector counts.
struct Specificity: Hashable, Comparable {
  var ids = 0
  var classes = 0
  var names = 0

  static func + (a: Specificity, b: Specificity) -> Specificity {
    Specificity(ids: a.ids + b.ids, classes: a.classes + b.classes, names: a.names + b.names)
  }

  static func < (a: Specificity, b: Specificity) -> Bool {
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
