/// Reads what a script does to images: what it assigns to `src`, by which way it has found the element, and whether it reads
/// `currentSrc`.
struct ScriptReader {
  private let tokens: ScriptTokens
  private let tracer: ReceiverTracer
  private var use = ScriptUse()
  /// Elements that were traced. Bundles have thousands of such places, and after the first hundreds nothing is new.
  private var traced = 0
  private static let mostTraced = 400

  /// What a script's text says.
  static func read(_ bytes: [UInt8]) -> ScriptUse {
    var reader = ScriptReader(ScriptTokens(bytes))
    for index in reader.tokens.all.indices { reader.look(at: index) }
    return reader.use
  }

  private init(_ tokens: ScriptTokens) {
    self.tokens = tokens
    tracer = ReceiverTracer(tokens: tokens)
  }

  private mutating func look(at index: Int) {
    switch tokens.all[index].kind {
    case .word: word(tokens.string(index), at: index)
    case .text: text(at: index)
    case .sign: break
    }
  }

  private mutating func word(_ word: String, at index: Int) {
    switch word {
    case "src": source(at: index)
    case "currentSrc": shownFile(at: index)
    case "images": if tokens.isSign(index - 1, ".") { use.selectors.insert("img") }
    case "HTMLImageElement": use.selectors.insert("img")
    case "pushState", "replaceState": use.navigates = true
    case "navigation": if tokens.isSign(index + 1, ".") { use.navigates = true }
    case "export", "exports", "define": use.exports = true
    case "srcset", "lazySrcset": if tokens.isWord(index - 2, "dataset") { use.readsLazyCandidates = true }
    default: if Self.walks.contains(word) { use.walksTree = true }
    }
    select(word, at: index)
  }

  private static let walks: Set<String> = [
    "parentElement", "parentNode", "offsetParent", "nextElementSibling", "previousElementSibling",
    "nextSibling",
    "previousSibling", "children", "childNodes", "firstElementChild", "lastElementChild", "firstChild",
    "lastChild",
    "insertBefore", "replaceWith", "before", "after", "wrap", "wrapAll", "unwrap", "parent", "next", "prev",
    "siblings",
    "insertAdjacentElement", "insertAdjacentHTML", "replaceChild",
  ]

  // MARK: Selecting

  private mutating func select(_ word: String, at index: Int) {
    guard tokens.isSign(index + 1, "("), index + 2 < tokens.all.count else { return }
    var (at, function) = (index + 2, word)
    // `.on("click", "a > img", …)` selects by its second text.
    if ["on", "delegate", "live"].contains(word), tokens.isSign(at + 1, ",") {
      (at, function) = (at + 2, "find")
    }
    guard at < tokens.all.count, tokens.all[at].kind == .text else { return }
    let argument = tokens.string(at)
    guard !argument.isEmpty, !argument.hasPrefix("<"), argument.utf8.count < 300,
      let selector = ReceiverTracer.selector(function, argument)
    else { return }
    use.selectors.insert(selector)
  }

  private mutating func text(at index: Int) {
    if tokens.isText(index, "img") || tokens.isText(index, "IMG") {
      // `element.tagName === "IMG"`, and not `document.createElement("img")`
      let isCreation = tokens.isSign(index - 1, "(") && tokens.string(index - 2).hasPrefix("createElement")
      let isCompared = tokens.isSign(index - 1, "=") || tokens.isSign(index + 1, "=")
      if isCompared, !isCreation { use.selectors.insert("img") }
    } else if tokens.isText(index, "data-srcset") {
      use.readsLazyCandidates = true
    } else if tokens.isText(index, "src") {
      attribute(at: index)
    } else {
      chunk(at: index)
    }
  }

  // MARK: Assignments

  /// `element.src = …`, `attr({src: …})`
  private mutating func source(at index: Int) {
    if tokens.isSign(index - 1, ".") {
      guard Self.assigns(tokens.signs(index + 1)), !showsNoPicture(index + 2) else { return }
      touch(.setsSource, endingAt: index - 2)
    } else if tokens.isSign(index + 1, ":"), tokens.isSign(index - 1, "{") || tokens.isSign(index - 1, ",") {
      member(at: index)
    }
  }

  /// Whether a value is no picture's: `iframe.src = "javascript:"`, as libraries write that make a document of their own.
  private func showsNoPicture(_ value: Int) -> Bool {
    guard tokens.all.indices.contains(value), tokens.all[value].kind == .text else { return false }
    return ["javascript:", "about:"].contains { tokens.string(value).hasPrefix($0) }
  }

  /// Whether signs assign: `=`, `||=`, `+=` and not `==`, `=>`.
  private static func assigns(_ signs: String) -> Bool {
    if signs.hasPrefix("==") || signs.hasPrefix("=>") { return false }
    return signs.hasPrefix("=") || ["||=", "??=", "&&="].contains(signs) || signs.hasPrefix("+=")
  }

  /// A member of an object that is given to `attr`, `prop` or `Object.assign`.
  private mutating func member(at index: Int) {
    guard let open = enclosing(index) else { return }
    if tokens.isSign(open - 1, "("), ["attr", "prop"].contains(tokens.string(open - 2)),
      tokens.isSign(open - 3, ".")
    {
      touch(.setsSource, endingAt: open - 4)
    } else if tokens.isSign(open - 1, ","), let call = enclosing(open - 1), tokens.isWord(call - 1, "assign")
    {
      touch(.setsSource, endingAt: open - 2)
    }
  }

  /// The bracket around a token.
  private func enclosing(_ index: Int) -> Int? {
    var at = index - 1
    let end = max(0, index - 400)
    while at >= end {
      if tokens.isSign(at, ")") || tokens.isSign(at, "]") || tokens.isSign(at, "}") {
        guard let open = tracer.opening(of: at) else { return nil }
        at = open - 1
        continue
      }
      if tokens.isSign(at, "(") || tokens.isSign(at, "[") || tokens.isSign(at, "{") { return at }
      at -= 1
    }
    return nil
  }

  /// `setAttribute("src", …)`, `attr("src", …)`, `element["src"] = …`
  private mutating func attribute(at index: Int) {
    if tokens.isSign(index - 1, "("), tokens.isSign(index + 1, ","), tokens.isSign(index - 3, "."),
      ["setAttribute", "attr", "prop"].contains(tokens.string(index - 2))
    {
      touch(.setsSource, endingAt: index - 4)
    } else if tokens.isSign(index - 1, "["), tokens.isSign(index + 1, "]"),
      Self.assigns(tokens.signs(index + 2))
    {
      touch(.setsSource, endingAt: index - 2)
    }
  }

  private mutating func shownFile(at index: Int) {
    if tokens.isSign(index - 1, ".") {
      touch(.readsShownFile, endingAt: index - 2)
    } else if tokens.isSign(index - 1, "{") || tokens.isSign(index - 1, ",") {
      use.touches.insert(.init(effect: .readsShownFile, target: .unknown))
    }
  }

  /// Notes what happens to the element of the expression that ends with a token.
  private mutating func touch(_ effect: ScriptUse.Effect, endingAt index: Int) {
    traced += 1
    switch traced > Self.mostTraced ? .unknown : tracer.origin(endingAt: index) {
    case .fresh: break
    case .this: use.touches.insert(.init(effect: effect, target: .this))
    case .unknown: use.touches.insert(.init(effect: effect, target: .unknown))
    case .selected(let selectors):
      for selector in selectors { use.touches.insert(.init(effect: effect, target: .selected(selector))) }
    }
  }

  // MARK: Other scripts

  /// A script's name in a text: `import "./a.js"`, and the lists by which bundlers load their chunks.
  private mutating func chunk(at index: Int) {
    let range = tokens.all[index].range
    guard range.count < 200, tokens.bytes[range].suffix(2).elementsEqual("js".utf8) else { return }
    let name = tokens.string(index)
    if name.hasSuffix(".js") || name.hasSuffix(".mjs") { use.imports.insert(name) }
  }
}
