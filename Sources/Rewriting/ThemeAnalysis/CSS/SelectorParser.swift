/// Reads selectors out of tokens.
struct SelectorParser {
  private let tokens: [StyleToken]
  private var at = 0

  private init(_ tokens: [StyleToken]) { self.tokens = tokens }

  /// The selectors of a list. One that cannot be read becomes a selector that may match anything.
  static func list(_ tokens: [StyleToken]) -> [Selector] {
    split(tokens).map { part in
      var parser = SelectorParser(part)
      return parser.selector()
    }
  }

  static func list(_ text: String, isSass: Bool = false) -> [Selector] {
    list(StyleTokenizer.tokens(text, isSass: isSass))
  }

  /// The tokens between commas that stand in no brackets.
  private static func split(_ tokens: [StyleToken]) -> [[StyleToken]] {
    var parts: [[StyleToken]] = [[]]
    var depth = 0
    for token in tokens {
      if token.kind == .function || token.isDelim("(") || token.isDelim("[") { depth += 1 }
      if token.isDelim(")") || token.isDelim("]") { depth -= 1 }
      if depth == 0, token.isDelim(",") {
        parts.append([])
      } else {
        parts[parts.count - 1].append(token)
      }
    }
    return parts.filter { $0.contains { $0.kind != .whitespace } }
  }

  private var token: StyleToken? { at < tokens.count ? tokens[at] : nil }

  private mutating func selector() -> Selector {
    var selector = Selector()
    var combinator: Selector.Combinator?
    while let token {
      if token.kind == .whitespace {
        at += 1
        if !selector.parts.isEmpty, combinator == nil { combinator = .descendant }
      } else if token.kind == .delim, let written = Selector.Combinator(rawValue: token.text) {
        at += 1
        combinator = written
      } else {
        let start = at
        let compound = compound()
        if at == start { at += 1 }
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

  private mutating func compound() -> Selector.Compound {
    var compound = Selector.Compound()
    while let token {
      switch token.kind {
      case .whitespace: return compound
      case .ident:
        at += 1
        if compound.parent != nil, compound.isOnlyParent {
          compound.parent? += token.text
        } else {
          compound.name = token.text.lowercased()
        }
      case .hash:
        at += 1
        compound.id = token.text
      case .unknown, .number, .variable, .string, .url, .atKeyword:
        at += 1
        compound.isUnknown = true
      case .function:
        compound.isUnknown = true
        _ = arguments()
      case .delim:
        switch token.text {
        case ">", "+", "~", ",": return compound
        case "*": at += 1
        case "&":
          at += 1
          compound.parent = ""
        case ".":
          at += 1
          if let name = self.token, name.kind == .ident {
            at += 1
            compound.classes.append(name.text)
          } else if let name = self.token, name.kind == .unknown, !name.text.isEmpty {
            at += 1
            compound.classes.append(name.text + "*")
          } else {
            compound.isUnknown = true
          }
        case "[": compound.attributes.append(attribute())
        case ":": pseudo(&compound)
        case "|":
          // A namespace: HTML's elements are in one.
          at += 1
          compound.name = nil
        case "%":
          // SCSS: a placeholder, whose rules stand where @extend names it.
          // That rule is known to hold something unknown; no element has a class of this name.
          at += 1
          compound.classes.append("%")
          if self.token?.kind == .ident { at += 1 }
        default:
          at += 1
          compound.isUnknown = true
        }
      }
    }
    return compound
  }

  private mutating func pseudo(_ compound: inout Selector.Compound) {
    at += 1
    var isElement = false
    if token?.isDelim(":") == true {
      at += 1
      isElement = true
    }
    guard let token else { return }
    let name = token.text.lowercased()
    switch token.kind {
    case .ident:
      at += 1
      if isElement || ["before", "after", "first-line", "first-letter"].contains(name) {
        compound.pseudoElement = name
      } else {
        compound.pseudos.append(.init(name: name))
      }
    case .function:
      let inner = arguments()
      if isElement {
        compound.pseudoElement = name
      } else if ["is", "where", "not", "has", "matches", "-webkit-any", "-moz-any"].contains(name) {
        compound.pseudos.append(.init(name: name, selectors: Self.list(inner)))
      } else {
        compound.pseudos.append(.init(name: name, hasOtherArgument: true))
      }
    default:
      at += 1
      compound.isUnknown = true
    }
  }

  /// The tokens in the brackets that a function opens.
  private mutating func arguments() -> [StyleToken] {
    at += 1
    let start = at
    var depth = 1
    while let token {
      if token.kind == .function || token.isDelim("(") { depth += 1 }
      if token.isDelim(")") {
        depth -= 1
        if depth == 0 {
          at += 1
          return Array(tokens[start..<at - 1])
        }
      }
      at += 1
    }
    return Array(tokens[start...])
  }

  private mutating func attribute() -> Selector.Attribute {
    at += 1
    var attribute = Selector.Attribute(name: "")
    while let token {
      at += 1
      if token.isDelim("]") { break }
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

extension Selector {
  /// The selector with the parent's in the place of `&`, or before it where none stands (CSS Nesting 1).
  func nested(in parent: Selector) -> Selector {
    guard contains({ $0.parent != nil }) else {
      var own = parts
      own[0].combinator = own[0].combinator ?? .descendant
      return Selector(parts: parent.parts + own)
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
