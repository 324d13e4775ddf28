import AssetModel
import Web

/// How wide a layout's content is, computed from the rules for the elements that hold it (CSS 2.2, 10.3.3: the widths of
/// blocks in normal flow).
struct ContentColumn {
  let rules: [StyleSheet.Rule]
  let chain: [StyleTree.Element]
  let variables: [String: [ComponentValue]]
  let canOccur: (String) -> Bool
  /// What the image stands in, between the layout's own elements and it.
  var container = SlotContainer.paragraph
  /// The attributes that distinguish the image from others.
  var image: [String: String] = [:]

  /// The examined viewport widths, in CSS pixels: small phones to large desktops.
  static let viewports = 240...2600

  /// A declaration that counts for an element where its media conditions hold.
  private struct Applied {
    var media: [MediaQueryList]
    var declarations: [StyleSheet.Declaration]
    var specificity: Specificity
    var order: Int
    /// Whether the rule certainly applies.
    var isCertain: Bool
    var hasUnknown: Bool
    var rule: StyleSheet.Rule
  }

  /// The properties that a block's width depends on.
  private static let properties: Set<String> = [
    "width", "max-width", "min-width", "padding", "padding-left", "padding-right", "padding-inline", "margin",
    "margin-left", "margin-right", "margin-inline", "border", "border-left", "border-right", "border-width",
    "box-sizing", "display", "float", "position", "font-size", "inline-size", "max-inline-size", "columns",
    "column-count", "column-width", "zoom", "grid-template-columns", "flex", "flex-basis", "writing-mode",
    "font",
    "padding-inline-start", "padding-inline-end", "margin-inline-start", "margin-inline-end", "contain",
    "all",
  ]

  /// The column's width over the viewport's; nil if it is unknown.
  func widths() -> SlotWidths? {
    guard let points = widths(at: Array(Self.viewports)) else { return nil }
    return SlotWidths(points: points, from: Self.viewports.lowerBound)
  }

  /// The same at some widths of the viewport, in CSS pixels.
  func widths(at viewports: [Int]) -> [Double]? {
    guard !chain.isEmpty, !chain.contains(where: \.isGap) else { return nil }
    var tree = StyleTree()
    var elements: [Int] = []
    for var element in chain {
      element.hasOpenChildren = true
      // What scripts add to the root and the body (`js`, `dark`) is taken not to be about widths.
      if element.name == .exactly("html") || element.name == .exactly("body") {
        element.isScripted = false
      }
      elements.append(tree.add(element, to: elements.last))
    }
    let chainCount = chain.count
    for name in container.elements { elements.append(tree.add(StyleTree.Element(name), to: elements.last)) }
    let paragraph = container.elements.last == "p" ? elements.count - 1 : nil
    elements.append(tree.add(imageElement, to: elements.last))
    let matcher = SelectorMatcher(tree: tree, canOccur: canOccur, isState: StateNames().contains)
    let applied = elements.enumerated().map { number, element in
      defaults(
        number >= chainCount && number < elements.count - 1 ? container.elements[number - chainCount] : "")
        + self.applied(element, matcher)
    }
    var points: [Double] = []
    for viewport in viewports {
      guard let width = width(applied, viewport: Double(viewport), paragraph: paragraph) else { return nil }
      points.append(width)
    }
    return points
  }

  private var imageElement: StyleTree.Element {
    let classes = (image["class"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    var element = StyleTree.Element("img", classes: classes, id: image["id"])
    element.attributes = image
    return element
  }

  /// What browsers give elements of the text where no rule says otherwise (HTML, 15.3: the rendering of flow content).
  private static let browsers = StyleSheetParser.parse(
    "ul { padding-left: 40px } blockquote { margin: 0 40px }", file: ""
  ).rules

  /// The browsers' own rules for an element, which any rule of the author's goes before.
  private func defaults(_ name: String) -> [Applied] {
    Self.browsers.filter { $0.text == name }.map {
      Applied(
        media: [], declarations: $0.declarations, specificity: Specificity(), order: -1, isCertain: true,
        hasUnknown: false, rule: $0)
    }
  }

  private func applied(_ element: Int, _ matcher: SelectorMatcher) -> [Applied] {
    var appliedRules: [Applied] = []
    for (order, rule) in rules.enumerated() where rule.media.allSatisfy(\.canHold) {
      let declarations = rule.declarations.filter {
        Self.properties.contains($0.name) || $0.name.hasPrefix("--")
      }
      guard !declarations.isEmpty || rule.hasUnknown else { continue }
      var best = Certainty.no
      var specificity = Specificity()
      for selector in rule.selectors where selector.parts.last?.compound.pseudoElement == nil {
        let match = matcher.matches(selector, element)
        guard match != .no else { continue }
        best = best || match
        specificity = max(specificity, selector.specificity)
      }
      guard best != .no else { continue }
      appliedRules.append(
        Applied(
          media: rule.media, declarations: declarations, specificity: specificity, order: order,
          isCertain: best == .yes && !rule.isUncertain, hasUnknown: rule.hasUnknown, rule: rule))
    }
    return appliedRules.sorted { ($0.specificity, $0.order) < ($1.specificity, $1.order) }
  }

  /// The values that apply to an element at a viewport's width; nil if a rule decides that may or may not apply.
  private func values(_ applied: [Applied], _ viewport: Double) -> [String: [ComponentValue]]? {
    let environment = MediaEnvironment(width: viewport)
    var values: [String: [ComponentValue]] = [:]
    var important: Set<String> = []
    for rule in applied {
      let holds = rule.media.reduce(Certainty.yes) { $0 && $1.holds(in: environment) }
      if holds == .no { continue }
      if rule.hasUnknown { return nil }
      for declaration in rule.declarations {
        if important.contains(declaration.name), !declaration.isImportant { continue }
        if holds == .maybe || !rule.isCertain {
          // A custom property of a dark theme is nothing to do with widths; what is decides nothing if it says the same.
          if declaration.name.hasPrefix("--") { continue }
          if values[declaration.name].map({ ComponentValue.text($0) }) == declaration.text { continue }
          return nil
        }
        for (name, value) in Self.longhands(declaration) { values[name] = value }
        if declaration.isImportant { important.insert(declaration.name) }
      }
    }
    return values
  }

  /// A declaration of left and right sides apart.
  private static func longhands(_ declaration: StyleSheet.Declaration) -> [(String, [ComponentValue])] {
    let parts = declaration.value.words.map { Array($0) }
    let name = declaration.name
    switch name {
    case "padding", "margin":
      let right = parts.count > 1 ? parts[1] : parts.first ?? []
      return [("\(name)-right", right), ("\(name)-left", parts.count > 3 ? parts[3] : right)]
    case "padding-inline", "margin-inline":
      let base = String(name.prefix { $0 != "-" })
      return [("\(base)-left", parts.first ?? []), ("\(base)-right", parts.last ?? [])]
    case "padding-inline-start": return [("padding-left", declaration.value)]
    case "padding-inline-end": return [("padding-right", declaration.value)]
    case "margin-inline-start": return [("margin-left", declaration.value)]
    case "margin-inline-end": return [("margin-right", declaration.value)]
    case "inline-size": return [("width", declaration.value)]
    case "max-inline-size": return [("max-width", declaration.value)]
    case "border", "border-left", "border-right":
      let width = parts.first { $0.count == 1 && $0[0].token.kind == .number } ?? []
      let sides = name == "border" ? ["border-left", "border-right"] : [name]
      return sides.map { ($0, width) }
    default: return [(name, declaration.value)]
    }
  }

  /// The widest that an image gets at a viewport's width; nil if it is unknown.
  private func width(_ applied: [[Applied]], viewport: Double, paragraph: Int?) -> Double? {
    var available = viewport
    var fontSize: Double? = 16
    var rootSize: Double? = 16
    var custom: [String: [ComponentValue]] = [:]
    var isInRow = false
    for (index, rules) in applied.enumerated() {
      guard let values = values(rules, viewport) else { return nil }
      for (name, value) in values where name.hasPrefix("--") { custom[name] = value }
      let variables = variables
      let inherited = custom
      func lengths(_ whole: Double, _ font: Double?) -> CSSCalculation {
        var units = LengthUnits()
        (units.viewportWidth, units.whole) = (viewport, whole)
        (units.fontSize, units.rootFontSize) = (font, rootSize)
        return CSSCalculation(units, isSass: true) { name in
          name.hasPrefix("$") ? variables[String(name.dropFirst())] : inherited[name]
        }
      }
      if let size = values["font-size"] ?? (values["font"] == nil ? nil : []) {
        fontSize = lengths(fontSize ?? 0, fontSize).length(of: size)
      }
      if index == 0 { rootSize = fontSize }
      let isImage = index == applied.count - 1
      let length = lengths(available, fontSize)
      guard let box = Box(values, length, available: available, isInRow: isInRow, isImage: isImage) else {
        return nil
      }
      if isImage { return min(available, box.content) }
      available = index == paragraph ? max(0, min(available, box.content)) : max(0, box.content)
      isInRow = box.isRow
    }
    return available
  }
}

/// One block of the chain.
private struct Box {
  /// The width of what stands in it.
  var content: Double
  /// Whether its children stand beside each other.
  var isRow = false

  /// - Returns: nil if its width depends on something unknown.
  init?(
    _ values: [String: [ComponentValue]], _ lengths: CSSCalculation, available: Double, isInRow: Bool,
    isImage: Bool
  ) {
    func word(_ name: String) -> String { values[name].map { ComponentValue.text($0).lowercased() } ?? "" }
    func side(_ name: String) -> Double? {
      guard let value = values[name], !value.isEmpty else { return 0 }
      if ["auto", "none", "initial", "unset", "thin", "medium", "inherit"].contains(word(name)) { return 0 }
      return lengths.length(of: value)
    }
    func size(_ name: String, unless words: [String]) -> Double?? {
      guard let value = values[name], !words.contains(word(name)) else { return .some(nil) }
      // Outer nil: unknown.
      return lengths.length(of: value).map { .some($0) } ?? .none
    }
    let display = word("display")
    guard !display.contains("grid"), !display.contains("table"), values["columns"] == nil,
      values["column-count"] == nil, values["column-width"] == nil, values["zoom"] == nil,
      !["absolute", "fixed"].contains(word("position")), values["all"] == nil
    else { return nil }
    if isImage {
      let none = ["none", "auto", "initial", "unset"]
      guard let cap = size("max-width", unless: none), let width = size("width", unless: none) else {
        return nil
      }
      content = min(width ?? .infinity, cap ?? .infinity)
      return
    }
    guard let left = side("padding-left"), let right = side("padding-right"),
      let borderLeft = side("border-left"), let borderRight = side("border-right"),
      let marginLeft = side("margin-left"), let marginRight = side("margin-right"),
      let width = size("width", unless: ["auto", "initial", "unset", "stretch", "-webkit-fill-available"]),
      let most = size("max-width", unless: ["none", "initial", "unset"]),
      let least = size("min-width", unless: ["auto", "0", "initial", "unset"]),
      ["", "0"].contains(word("border-width")) || side("border-width") != nil
    else { return nil }
    // What stands beside others, or floats, is as wide as its content unless it says how wide.
    let isLoose =
      isInRow || ["left", "right"].contains(word("float"))
      || ["inline-block", "inline-flex", "inline"].contains(display)
    let basis = values["flex"] ?? values["flex-basis"]
    if isLoose, width == nil {
      guard isInRow, basis != nil, let most, word("float") == "" else { return nil }
      content = most
    } else {
      content = width ?? available - marginLeft - marginRight
    }
    let edges = left + right + borderLeft + borderRight
    let isBorderBox = word("box-sizing") == "border-box"
    if width != nil, !isBorderBox { content += edges }
    if let most { content = min(content, isBorderBox ? most : most + edges) }
    if let least { content = max(content, isBorderBox ? least : least + edges) }
    content -= edges
    isRow = display.contains("flex") && !word("flex-direction").hasPrefix("column")
    if display.contains("flex"), values["flex-direction"] != nil { isRow = false }
  }
}
