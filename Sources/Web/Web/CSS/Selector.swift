/// A selector (Selectors 4): compounds and what joins them, in the order in which they are written.
package struct Selector: Hashable, Sendable {
  package enum Combinator: String, Hashable, Sendable {
    case descendant = " "
    case child = ">"
    case next = "+"
    case later = "~"
  }

  package struct Part: Hashable, Sendable {
    /// How it is joined to the part before it; of a first part that is relative to a parent.
    package var combinator: Combinator?
    package var compound: Compound
  }

  /// Conditions on one element.
  package struct Compound: Hashable, Sendable {
    /// The element's name in small letters; nil for any.
    package var name: String?
    package var id: String?
    /// A `*` at the end stands for letters that only a compiler knows.
    package var classes: [String] = []
    package var attributes: [Attribute] = []
    package var pseudos: [Pseudo] = []
    /// `::before` and the like.
    package var pseudoElement: String?
    /// Whether it is about the element or a box within it. Of an element within a line, `::before` and `::after` alone are:
    /// no scroll bar, marker or first letter is its (CSS Pseudo-Elements 4).
    package var isAboutInlineBox: Bool { pseudoElement.map { ["before", "after"].contains($0) } ?? true }
    /// Whether a part of it is known to a compiler only.
    package var isUnknown = false
    /// `&`, and the letters that follow it directly.
    package var parent: String?
  }

  package struct Attribute: Hashable, Sendable {
    package var name: String
    /// The operator, `=` or `^=` and so on; nil where the attribute need only be there.
    package var match: String?
    package var value = ""
  }

  /// A pseudo-class.
  package struct Pseudo: Hashable, Sendable {
    package var name: String
    /// The selectors in its brackets, of those that have some.
    package var selectors: [Selector] = []
    /// Whether it has brackets whose content is not a list of selectors.
    package var hasOtherArgument = false
    /// Of `:nth-child(2n+1)` and its like: which elements it counts.
    package var nth: Nth?
  }

  package var parts: [Part] = []

  /// Specificity (Selectors 4, section 17): identifiers, classes, names.
  package var specificity: Specificity {
    parts.reduce(Specificity()) { $0 + $1.compound.specificity }
  }

  /// Whether a condition holds for a compound of it, those in brackets included.
  package func contains(_ condition: (Compound) -> Bool) -> Bool {
    parts.contains { part in
      condition(part.compound)
        || part.compound.pseudos.contains { $0.selectors.contains { $0.contains(condition) } }
    }
  }
}

extension Selector: CustomStringConvertible {
  package var description: String { text }

  /// The selector as it would be written.
  package var text: String {
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

extension Selector {
  /// The pseudo-element that it ends in.
  package var pseudoElement: String? { parts.last?.compound.pseudoElement }
}
