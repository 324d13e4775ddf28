/// Reads selectors out of component values.
package struct SelectorParser {
  private var rest: ArraySlice<ComponentValue>

  private static let mostValues = 20_000

  private init(_ values: ArraySlice<ComponentValue>) { rest = values }

  /// The selectors of a list. One that cannot be read becomes a selector that may match anything.
  ///
  /// So is a list that is longer than any that is written.
  static func list(_ values: some Collection<ComponentValue>) -> [Selector] {
    guard values.count <= mostValues else { return [.unknown] }
    return values.splitAtCommas.filter { !$0.allSatisfy(\.isSpace) }.map { part in
      var parser = SelectorParser(Array(part)[...])
      return parser.selector()
    }
  }

  package static func list(_ text: String, isSass: Bool = false) -> [Selector] {
    list(ComponentValue.parse(text, isSass: isSass))
  }

  private mutating func selector() -> Selector {
    var selector = Selector()
    var combinator: Selector.Combinator?
    while let value = rest.first {
      if value.isSpace {
        rest.removeFirst()
        if !selector.parts.isEmpty, combinator == nil { combinator = .descendant }
      } else if let written = Self.combinator(value) {
        rest.removeFirst()
        combinator = written
      } else {
        let count = rest.count
        let compound = compound()
        if rest.count == count { rest.removeFirst() }
        let isFirst = selector.parts.isEmpty
        selector.parts.append(
          .init(combinator: isFirst ? combinator : combinator ?? .descendant, compound: compound))
        combinator = nil
      }
    }
    // SCSS: `.a > { img { … } }`
    if let combinator, combinator != .descendant {
      selector.parts.append(.init(combinator: combinator, compound: .init(isUnknown: true)))
    }
    return selector
  }

  private static func combinator(_ value: ComponentValue) -> Selector.Combinator? {
    value.token.kind == .delim ? Selector.Combinator(rawValue: value.token.text) : nil
  }

  private mutating func compound() -> Selector.Compound {
    var compound = Selector.Compound()
    while let value = rest.first, !value.isSpace, !value.isComma, Self.combinator(value) == nil {
      rest.removeFirst()
      switch value.token.kind {
      case .ident:
        if compound.parent != nil, compound.isOnlyParent {
          compound.parent? += value.token.text
        } else {
          compound.name = value.token.text.lowercased()
        }
      case .hash: compound.id = value.token.text
      case .delim: delim(value, &compound)
      default: compound.isUnknown = true
      }
    }
    return compound
  }

  /// What a sign and the value behind it ask of an element.
  private mutating func delim(_ value: ComponentValue, _ compound: inout Selector.Compound) {
    switch value.token.text {
    case "*": break
    case "&": compound.parent = ""
    case ".": className(&compound)
    case "[": compound.attributes.append(Self.attribute(value.inner))
    case ":": pseudo(&compound)
    case "|":
      // A namespace: HTML's elements are in one.
      compound.name = nil
    case "%":
      // SCSS: a placeholder, whose rules stand where @extend names it.
      // That rule is known to hold something unknown; no element has a class of this name.
      compound.classes.append("%")
      if rest.first?.token.kind == .ident { rest.removeFirst() }
    default: compound.isUnknown = true
    }
  }

  private mutating func className(_ compound: inout Selector.Compound) {
    switch rest.first?.token {
    case let name? where name.kind == .ident: compound.classes.append(name.text)
    case let name? where name.kind == .unknown && !name.text.isEmpty: compound.classes.append(name.text + "*")
    default:
      compound.isUnknown = true
      return
    }
    rest.removeFirst()
  }

  private mutating func pseudo(_ compound: inout Selector.Compound) {
    let isElement = rest.first?.isDelim(":") == true
    if isElement { rest.removeFirst() }
    guard let value = rest.popFirst() else { return }
    let name = value.token.text.lowercased()
    switch value.token.kind {
    case .ident, .function:
      if isElement || ["before", "after", "first-line", "first-letter"].contains(name) {
        compound.pseudoElement = name
      } else if value.token.kind == .ident {
        compound.pseudos.append(.init(name: name))
      } else if ["is", "where", "not", "has", "matches", "-webkit-any", "-moz-any"].contains(name) {
        compound.pseudos.append(.init(name: name, selectors: Self.list(value.inner)))
      } else {
        let nth = name.hasPrefix("nth-") ? Selector.Nth(value.inner) : nil
        compound.pseudos.append(.init(name: name, hasOtherArgument: true, nth: nth))
      }
    default: compound.isUnknown = true
    }
  }

  private static func attribute(_ inner: [ComponentValue]) -> Selector.Attribute {
    var attribute = Selector.Attribute(name: "")
    for token in inner.map(\.token) {
      switch token.kind {
      case .ident where attribute.name.isEmpty: attribute.name = token.text.lowercased()
      case .delim where ["=", "^", "$", "*", "~", "|"].contains(token.text):
        attribute.match = (attribute.match ?? "") + token.text
      case .ident, .string, .number:
        if attribute.match != nil, attribute.value.isEmpty { attribute.value = token.text }
      default: break
      }
    }
    return attribute
  }
}

extension Selector.Compound {
  /// Whether nothing stands in it but `&` and letters behind it.
  fileprivate var isOnlyParent: Bool {
    name == nil && id == nil && classes.isEmpty && attributes.isEmpty && pseudos.isEmpty
  }
}
