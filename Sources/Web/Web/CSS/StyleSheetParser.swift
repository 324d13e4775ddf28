/// Reads a stylesheet: CSS with nesting (CSS Syntax 3, CSS Nesting 1), and SCSS as far as its rules can be told without
/// running it.
package struct StyleSheetParser {
  private let tokens: [CSSToken]
  private let file: String
  private let isSass: Bool
  private var at = 0
  private var sheet = StyleSheet()
  private var depth = 0
  private var nested = 0
  private var layerNames: Set<String> = []

  /// Where a block stands.
  private struct Scope {
    /// The selectors around it; nil at the top.
    var parents: [Selector]?
    /// How many compounds those are, or would be.
    var size = 0
    var media: [MediaQueryList] = []
    var isUncertain = false
    /// The cascade layer; nil outside of all.
    var layer: String?
    /// The rule that the block's declarations belong to.
    var rule: Int?
  }

  /// Selectors that nesting may multiply to; more are read as one that may match anything.
  private static let maxSelectors = 256
  /// Compounds of a stylesheet that nesting may come to; further nested selectors are read as one that may match anything.
  private static let maxNested = 500_000
  /// Blocks in blocks, and layers in layers; what lies deeper is skipped.
  private static let maxDepth = 64

  private init(_ text: String, file: String, isSass: Bool) {
    tokens = CSSTokenizer.tokens(text, isSass: isSass)
    self.file = file
    self.isSass = isSass
  }

  package static func parse(_ text: String, file: String, isSass: Bool? = nil, line: Int = 1) -> StyleSheet {
    var parser = StyleSheetParser(text, file: file, isSass: isSass ?? file.hasSuffix(".scss"))
    parser.block(Scope())
    // A stylesheet inside a page.
    if line > 1 {
      for index in parser.sheet.rules.indices { parser.sheet.rules[index].line += line - 1 }
    }
    return parser.sheet
  }

  private var token: CSSToken? { at < tokens.count ? tokens[at] : nil }

  /// Reads up to the `}` that ends the block, or to the end of the file.
  private mutating func block(_ scope: Scope) {
    while let token {
      if token.isDelim("}") {
        at += 1
        // One too many at the top is skipped.
        if depth > 0 { return }
      } else if token.kind == .whitespace || token.isDelim(";") || isHTMLComment {
        at += 1
      } else if token.kind == .atKeyword {
        atRule(scope)
      } else {
        item(scope)
      }
    }
  }

  /// `<!--` and `-->` around an old page's styles.
  private var isHTMLComment: Bool {
    guard let token, depth == 0 else { return false }
    return token.isDelim("<") || token.isDelim("!")
  }

  private mutating func inner(_ scope: Scope) {
    guard depth < Self.maxDepth else {
      skipBlock()
      return
    }
    depth += 1
    block(scope)
    depth -= 1
  }

  private mutating func skipBlock() {
    var open = 1
    while let token, open > 0 {
      if token.isDelim("{") { open += 1 }
      if token.isDelim("}") { open -= 1 }
      at += 1
    }
  }

  /// Everything up to `;`, `{` or `}` that stands in no brackets; the position is then at that sign.
  private mutating func prelude() -> [CSSToken] {
    let start = at
    var open = 0
    while let token {
      if token.kind == .function || token.isDelim("(") || token.isDelim("[") { open += 1 }
      if token.isDelim(")") || token.isDelim("]") { open = max(0, open - 1) }
      if token.isDelim("{") || token.isDelim("}") || open == 0 && token.isDelim(";") { break }
      at += 1
    }
    return Self.trimmed(Array(tokens[start..<at]))
  }

  private static func trimmed(_ tokens: [CSSToken]) -> [CSSToken] {
    var slice = tokens[...]
    while slice.first?.kind == .whitespace { slice.removeFirst() }
    while slice.last?.kind == .whitespace { slice.removeLast() }
    return Array(slice)
  }

  // MARK: Rules and declarations

  private mutating func item(_ scope: Scope) {
    let start = at
    let line = tokens[at].line
    if isCustomProperty {
      customProperty(scope)
      return
    }
    let prelude = prelude()
    guard let end = token, end.isDelim("{") else {
      declaration(prelude, scope)
      return
    }
    // SCSS: `font: { family: x }` sets font-family.
    if let colon = prelude.last, colon.isDelim(":"), prelude.count == 2, prelude[0].kind == .ident {
      at += 1
      skipBlock()
      return
    }
    at += 1
    guard !prelude.isEmpty, at > start else {
      skipBlock()
      return
    }
    var inside = scope
    let values = ComponentValue.parse(prelude)
    nest(values, in: &inside)
    sheet.rules.append(
      StyleSheet.Rule(
        selectors: inside.parents ?? [], media: scope.media, isUncertain: scope.isUncertain,
        layer: scope.layer, text: ComponentValue.text(values), file: file, line: line))
    inside.rule = sheet.rules.count - 1
    inner(inside)
  }

  /// Puts the selectors of a rule inside those around it. Nesting may multiply them, so that there are limits.
  private mutating func nest(_ prelude: [ComponentValue], in scope: inout Scope) {
    let selectors = SelectorParser.list(prelude)
    let size = selectors.reduce(0) { $0 + $1.size }
    guard let parents = scope.parents else {
      (scope.parents, scope.size) = (selectors, size)
      return
    }
    scope.size = parents.count * size + selectors.reduce(0) { $0 + max(1, $1.references) } * scope.size
    if selectors.count * parents.count > Self.maxSelectors || scope.size > Selector.maxCompounds
      || nested + scope.size > Self.maxNested
    {
      (scope.parents, scope.size) = ([.unknown], 1)
    } else {
      nested += scope.size
      scope.parents = parents.flatMap { parent in selectors.map { $0.nested(in: parent) } }
    }
  }

  private var isCustomProperty: Bool {
    guard let token, token.kind == .ident else { return false }
    return token.text.hasPrefix("--")
  }

  /// A custom property may hold anything, blocks included.
  private mutating func customProperty(_ scope: Scope) {
    let start = at
    var open = 0
    while let token {
      if token.isDelim("{") { open += 1 }
      if token.isDelim("}") {
        if open == 0 { break }
        open -= 1
      }
      if open == 0, token.isDelim(";") { break }
      at += 1
    }
    declaration(Array(tokens[start..<at]), scope)
  }

  private mutating func declaration(_ tokens: [CSSToken], _ scope: Scope) {
    guard let colon = tokens.firstIndex(where: { $0.isDelim(":") }), let name = tokens.first else { return }
    var value = Self.trimmed(Array(tokens[(colon + 1)...]))
    if name.kind == .variable {
      var isDefault = false
      if let bang = value.lastIndex(where: { $0.isDelim("!") }) {
        isDefault = value[bang...].contains { $0.text == "default" }
        value = Self.trimmed(Array(value[..<bang]))
      }
      let isSet = sheet.variables[name.text] != nil
      if scope.parents == nil, !scope.isUncertain, !(isDefault && isSet) {
        sheet.variables[name.text] = ComponentValue.parse(value)
      }
      return
    }
    guard let rule = scope.rule else { return }
    guard name.kind == .ident else {
      sheet.rules[rule].hasUnknown = true
      return
    }
    var isImportant = false
    if let bang = value.lastIndex(where: { $0.isDelim("!") }),
      value[bang...].contains(where: { $0.text.lowercased() == "important" })
    {
      isImportant = true
      value = Self.trimmed(Array(value[..<bang]))
    }
    let written = name.text.hasPrefix("--") ? name.text : name.text.lowercased()
    sheet.rules[rule].declarations.append(
      StyleSheet.Declaration(
        name: written, value: ComponentValue.parse(value), isImportant: isImportant))
  }

  // MARK: At-rules

  private mutating func atRule(_ scope: Scope) {
    let name = tokens[at].text.lowercased()
    let line = tokens[at].line
    at += 1
    let prelude = prelude()
    let hasBlock = token?.isDelim("{") == true
    if hasBlock { at += 1 }
    var inside = scope
    switch name {
    case "import", "use", "forward":
      imports(prelude, line)
    case "media":
      inside.media.append(MediaQueryList(ComponentValue.parse(prelude)))
    case "layer":
      let named = layers(prelude, in: scope.layer)
      // A block has one name or none; a statement names layers to say their order.
      if hasBlock { inside.layer = named.first }
    case "at-root", "scope":
      if name == "at-root" { inside.parents = nil }
    case "supports":
      let holds = SupportsCondition.holds(ComponentValue.parse(prelude))
      if holds == .no, hasBlock { return skipBlock() }
      inside.isUncertain = inside.isUncertain || holds != .yes
    case "container", "mixin", "if", "else", "each", "for", "while", "document", "-moz-document",
      "starting-style":
      inside.isUncertain = true
      // A mixin's rules stand below whatever includes it.
      if name == "mixin", inside.parents == nil {
        (inside.parents, inside.size) = ([.unknown], 1)
      }
    case "include":
      if let rule = scope.rule { sheet.rules[rule].hasUnknown = true }
      inside.isUncertain = true
    case "extend":
      if let rule = scope.rule { sheet.rules[rule].hasUnknown = true }
    case "font-face", "keyframes", "-webkit-keyframes", "-moz-keyframes", "-o-keyframes", "page", "property",
      "counter-style", "font-feature-values", "function", "font-palette-values", "view-transition":
      if hasBlock { skipBlock() }
      return
    default: inside.isUncertain = true
    }
    guard hasBlock else { return }
    // Declarations directly inside belong to the rule around, under the further condition.
    // Those of a mixin belong to whatever includes it, which is known to hold something unknown.
    if let parents = inside.parents, scope.rule != nil, name != "mixin" {
      sheet.rules.append(
        StyleSheet.Rule(
          selectors: parents, media: inside.media, isUncertain: inside.isUncertain, layer: inside.layer,
          text: scope.rule.map { sheet.rules[$0].text } ?? "@\(name) "
            + ComponentValue.text(ComponentValue.parse(prelude)), file: file,
          line: line))
      inside.rule = sheet.rules.count - 1
    } else {
      inside.rule = nil
    }
    inner(inside)
  }

  /// Takes in the names behind `@layer`, one that nobody can name again where there is none.
  private mutating func layers(_ prelude: [CSSToken], in outer: String?) -> [String] {
    let names = prelude.split { $0.isDelim(",") }.map { name in
      name.filter { $0.kind != .whitespace }.map(\.text).joined()
    }
    return (names.isEmpty ? ["/\(sheet.layers.count)"] : names).map { name in
      let full = outer.map { "\($0).\(name)" } ?? name
      var parts: [Substring] = []
      for part in full.split(separator: ".").prefix(Self.maxDepth) {
        parts.append(part)
        let layer = parts.joined(separator: ".")
        if layerNames.insert(layer).inserted { sheet.layers.append(layer) }
      }
      return parts.joined(separator: ".")
    }
  }

  private mutating func imports(_ prelude: [CSSToken], _ line: Int) {
    for (index, token) in prelude.enumerated() where token.kind == .string || token.kind == .url {
      var statement = StyleSheet.Import(target: token.text, line: line)
      // What follows the first is a media list in CSS; only SCSS has several.
      if !isSass {
        var rest = prelude[(index + 1)...].drop { $0.kind == .whitespace }
        // `url("…")`
        if rest.first?.isDelim(")") == true { rest = rest.dropFirst().drop { $0.kind == .whitespace } }
        statement.condition = ComponentValue.text(ComponentValue.parse(rest))
      }
      sheet.imports.append(statement)
      if !isSass { return }
    }
  }
}
