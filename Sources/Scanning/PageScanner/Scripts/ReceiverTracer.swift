/// Traces an expression in a script back to where its element comes from.
struct ReceiverTracer {
  /// Where elements come from.
  enum Origin: Hashable {
    /// Made by the script itself, so that no markup of the page belongs to it.
    case fresh
    case selected(Set<String>)
    /// `this`
    case this
    case unknown

    func union(_ other: Origin) -> Origin {
      switch (self, other) {
      case (.selected(let a), .selected(let b)): .selected(a.union(b))
      case (.fresh, let one), (let one, .fresh): one
      case (.this, .this): .this
      default: .unknown
      }
    }
  }

  let tokens: ScriptTokens
  /// Names that lead to names that lead to names.
  private static let deepest = 24
  /// How far a name's binding is looked for, in tokens.
  private static let farthest = 60_000

  /// The origin of the expression that ends with a token.
  func origin(endingAt index: Int, depth: Int = 0) -> Origin {
    guard index >= 0, depth < Self.deepest else { return .unknown }
    if tokens.isSign(index, "?") || tokens.isSign(index, "!") {
      return origin(endingAt: index - 1, depth: depth + 1)
    }
    if tokens.isSign(index, "]"), let open = opening(of: index) {
      // `[...document.querySelectorAll("img")]` is a list, `list[0]` one of its elements.
      let isList =
        !(tokens.all.indices.contains(open - 1) && tokens.all[open - 1].kind == .word)
        && !tokens.isSign(open - 1, ")") && !tokens.isSign(open - 1, "]")
      return origin(endingAt: isList ? index - 1 : open - 1, depth: depth + 1)
    }
    if tokens.isSign(index, ")"), let open = opening(of: index) { return call(open, index, depth) }
    guard tokens.all[index].kind == .word else { return .unknown }
    return name(tokens.string(index), at: index, depth)
  }

  // MARK: Calls

  private func call(_ open: Int, _ close: Int, _ depth: Int) -> Origin {
    let callee = tokens.string(open - 1)
    guard open > 0, tokens.all[open - 1].kind == .word else {
      return origin(endingAt: close - 1, depth: depth + 1)
    }
    switch callee {
    case "Image" where tokens.isWord(open - 2, "new"): return .fresh
    case "createElement", "createElementNS", "importNode": return .fresh
    case "attr", "prop", "css", "addClass", "removeClass", "toggleClass", "on", "off", "one", "html", "text",
      "show",
      "hide", "appendTo", "prependTo", "fadeIn", "fadeOut", "item", "at", "eq", "first", "last", "get", "pop",
      "shift", "slice", "filter", "not", "values":
      return tokens.isSign(open - 2, ".") ? origin(endingAt: open - 3, depth: depth + 1) : .unknown
    case "from" where close == open + 2 || tokens.isWord(open - 3, "Array"):
      return origin(endingAt: close - 1, depth: depth + 1)
    default: break
    }
    guard close == open + 2, tokens.all[open + 1].kind == .text else {
      let wraps = callee == "$" || callee == "jQuery"
      return wraps && close > open + 1 ? origin(endingAt: close - 1, depth: depth + 1) : .unknown
    }
    let argument = tokens.string(open + 1)
    if argument.hasPrefix("<") { return .fresh }
    return Self.selector(callee, argument).map { .selected([$0]) } ?? .unknown
  }

  /// The selector that a call of a function with a text stands for.
  static func selector(_ function: String, _ argument: String) -> String? {
    switch function {
    case "querySelector", "querySelectorAll", "closest", "matches", "$", "$$", "jQuery", "find", "is",
      "children",
      "parents":
      return argument
    case "getElementById": return "#" + argument
    case "getElementsByTagName": return argument
    case "getElementsByClassName":
      return argument.split(whereSeparator: \.isWhitespace).map { "." + $0 }.joined()
    case "getElementsByName": return "[name=\"\(argument)\"]"
    default: return nil
    }
  }

  // MARK: Names

  private func name(_ name: String, at index: Int, _ depth: Int) -> Origin {
    let isProperty = tokens.isSign(index - 1, ".")
    switch name {
    case "this" where !isProperty: return .this
    case "Image" where tokens.isWord(index - 1, "new"): return .fresh
    case "images" where isProperty: return .selected(["img"])
    case "target", "currentTarget", "srcElement", "activeElement", "parentNode", "parentElement":
      return .unknown
    default: break
    }
    switch binding(of: name, before: index) {
    case .value(let start): return value(at: start, depth + 1)
    case .elements(let end): return origin(endingAt: end, depth: depth + 1)
    case nil: return .unknown
    }
  }

  /// What a name is bound to.
  private enum Binding {
    /// A value that begins with a token.
    case value(Int)
    /// Each element of a list that ends with a token.
    case elements(Int)
  }

  /// What a name is bound to last before a token, or else first behind it.
  private func binding(of name: String, before index: Int) -> Binding? {
    let start = max(0, index - Self.farthest)
    for at in stride(from: index - 1, through: start, by: -1) {
      if let bound = bound(name, at) { return bound }
    }
    let end = min(tokens.all.count, index + Self.farthest)
    for at in index + 1..<max(index + 1, end) {
      if let bound = bound(name, at) { return bound }
    }
    return nil
  }

  private func bound(_ name: String, _ at: Int) -> Binding? {
    guard tokens.isWord(at, name) else { return nil }
    if tokens.isWord(at + 1, "of") { return .value(at + 2) }
    if tokens.isSign(at + 1, "="), !["==", "=>"].contains(tokens.signs(at + 1).prefix(2)) {
      return .value(at + 2)
    }
    return parameter(at).map(Binding.elements)
  }

  /// The last token of what a callback's parameter is an element of: `list.forEach(name => …)`.
  private func parameter(_ at: Int) -> Int? {
    var call: Int
    if tokens.signs(at + 1).hasPrefix("=>") {
      call = at - 1
    } else {
      guard let open = parameterList(around: at), let close = closing(of: open) else { return nil }
      if tokens.signs(close + 1).hasPrefix("=>") {
        call = open - 1
      } else if tokens.isWord(open - 1, "function") {
        call = open - 2
      } else if tokens.isWord(open - 2, "function") {
        call = open - 3
      } else {
        return nil
      }
    }
    if tokens.isWord(call, "async") { call -= 1 }
    guard tokens.isSign(call, "("), tokens.isSign(call - 2, "."),
      ["forEach", "map", "each", "some", "every", "filter"].contains(tokens.string(call - 1))
    else { return nil }
    return call - 3
  }

  /// The bracket that opens a list of names that a token stands in.
  private func parameterList(around at: Int) -> Int? {
    guard tokens.isSign(at + 1, ",") || tokens.isSign(at + 1, ")") else { return nil }
    var open = at - 1
    while tokens.isSign(open, ",") && tokens.all.indices.contains(open - 1) { open -= 2 }
    return tokens.isSign(open, "(") ? open : nil
  }

  /// The origin of a value: a chain, and what may stand in its place (`a || b`).
  private func value(at start: Int, _ depth: Int) -> Origin {
    var at = start
    while tokens.isWord(at, "await") { at += 1 }
    if tokens.isWord(at, "new") {
      return tokens.isWord(at + 1, "Image") ? .fresh : .unknown
    }
    guard let end = chainEnd(from: at) else { return .unknown }
    let first = origin(endingAt: end, depth: depth)
    let signs = tokens.signs(end + 1)
    guard signs.hasPrefix("||") || signs.hasPrefix("??") else { return first }
    return first.union(value(at: end + 3, depth + 1))
  }

  private func chainEnd(from start: Int) -> Int? {
    guard tokens.all.indices.contains(start) else { return nil }
    var end = start
    if tokens.isSign(start, "(") || tokens.isSign(start, "[") {
      guard let close = closing(of: start) else { return nil }
      end = close
    } else if tokens.all[start].kind != .word {
      return nil
    }
    while true {
      if tokens.isSign(end + 1, "(") || tokens.isSign(end + 1, "[") {
        guard let close = closing(of: end + 1) else { return end }
        end = close
      } else if tokens.isSign(end + 1, "."), tokens.all.indices.contains(end + 2) {
        end += 2
      } else if tokens.isSign(end + 1, "?"), tokens.isSign(end + 2, "."), tokens.all.indices.contains(end + 3)
      {
        end += 3
      } else {
        return end
      }
    }
  }

  // MARK: Brackets

  private static let longest = 20_000

  func opening(of close: Int) -> Int? {
    var depth = 0
    for at in stride(from: close, through: max(0, close - Self.longest), by: -1)
    where tokens.all[at].kind == .sign {
      switch tokens.bytes[tokens.all[at].range.lowerBound] {
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        depth -= 1
        if depth == 0 { return at }
      default: break
      }
    }
    return nil
  }

  func closing(of open: Int) -> Int? {
    var depth = 0
    for at in open..<min(tokens.all.count, open + Self.longest) where tokens.all[at].kind == .sign {
      switch tokens.bytes[tokens.all[at].range.lowerBound] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return at }
      default: break
      }
    }
    return nil
  }
}
