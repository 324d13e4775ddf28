extension SelectorMatcher {
  /// Whether an attribute is as a selector asks (Selectors 4, section 6).
  func matches(_ attribute: Selector.Attribute, _ element: StyleTree.Element) -> Certainty {
    switch attribute.name {
    case "class": return matchesClass(attribute, element)
    case "id": return matchesIdentifier(attribute, element)
    default:
      guard let value = element.attributes[attribute.name] else { return element.isOpen ? .maybe : .no }
      return Self.compare(value, attribute)
    }
  }

  private static func compare(_ value: String, _ attribute: Selector.Attribute) -> Certainty {
    let wanted = attribute.value
    switch attribute.match {
    case nil: return .yes
    case "=": return Certainty(value == wanted)
    case "^=": return Certainty(!wanted.isEmpty && value.hasPrefix(wanted))
    case "$=": return Certainty(!wanted.isEmpty && value.hasSuffix(wanted))
    case "*=": return Certainty(!wanted.isEmpty && value.contains(wanted))
    case "~=": return Certainty(value.split(whereSeparator: \.isWhitespace).contains { $0 == wanted })
    case "|=": return Certainty(value == wanted || value.hasPrefix(wanted + "-"))
    default: return .maybe
    }
  }

  /// `[class~=x]` is `.x`. All else needs the attribute's text, which sources tell only of elements that gain no class.
  private func matchesClass(_ attribute: Selector.Attribute, _ element: StyleTree.Element) -> Certainty {
    let wanted = attribute.value
    if attribute.match == "~=" {
      guard !wanted.isEmpty, !wanted.contains(where: \.isWhitespace) else { return .no }
      return element.classes[wanted] ?? mayGain(element, wanted)
    }
    let mayGainAny = element.isOpen || element.isTemplated || element.isScripted
    if mayGainAny {
      return attribute.match == nil && element.classes.values.contains(.yes) ? .yes : .maybe
    }
    if let text = element.attributes["class"] { return Self.compare(text, attribute) }
    if element.classes.isEmpty { return .no }
    return attribute.match == nil && element.classes.values.contains(.yes) ? .yes : .maybe
  }

  private func matchesIdentifier(_ attribute: Selector.Attribute, _ element: StyleTree.Element) -> Certainty {
    if let id = element.id { return Self.compare(id, attribute) }
    if attribute.match == "=" { return mayGain(element, attribute.value) }
    return element.isOpen || element.isTemplated ? .maybe : .no
  }
}
