import Web

/// What a site's rules make of its content images: what a `<picture>` would break, and what dimension attributes would.
struct MarkupFindings {
  /// Those that can hold on a screen and say anything.
  private let live: [StyleSheet.Rule]
  let contexts: ImageContexts
  let canOccur: (String) -> Bool
  private let states = StateNames()

  /// - Parameters:
  ///   - rules: the rules of the stylesheets, in their order.
  ///   - contexts: the contexts of images.
  ///   - canOccur: see ``SelectorMatcher/canOccur``.
  init(rules: [StyleSheet.Rule], contexts: ImageContexts, canOccur: @escaping (String) -> Bool) {
    live = rules.filter { rule in
      (!rule.declarations.isEmpty || rule.hasUnknown) && rule.media.allSatisfy(\.canHold)
    }
    self.contexts = contexts
    self.canOccur = canOccur
  }

  private func matcher(_ context: ImageContexts.Context) -> SelectorMatcher {
    SelectorMatcher(tree: context.tree, canOccur: canOccur, isState: states.contains)
  }

  // MARK: A <picture>

  /// The first rule that a `<picture>` around content images would break: one that then matches another set of
  /// elements than before, or that gives the new element a box of its own.
  func pictureBreak() -> ThemeFinding? {
    let before = contexts.all(wrapped: false)
    let after = contexts.all(wrapped: true)
    for rule in live {
      for selector in rule.selectors {
        if Self.dependsOnContext(selector), changes(selector, before, after) {
          return finding(rule, selector, "matches other elements once an image stands in a <picture>")
        }
        if rule.hasUnknown || rule.declarations.contains(where: \.shapesInline),
          let last = selector.parts.last?.compound, last.name == nil || last.name == "picture",
          !last.isUnknown || selector.contains({ $0.name == "picture" }), last.isAboutInlineBox,
          after.contains(where: { context in
            guard let picture = context.picture else { return false }
            return matcher(context).matches(selector, picture) != .no
          })
        {
          return finding(rule, selector, "gives a <picture> a box of its own")
        }
        if rule.declarations.contains(where: \.laysOutChildren),
          before.contains(where: { matcher($0).matches(selector, $0.parent) != .no })
        {
          return finding(rule, selector, "lays out what an image stands in by its children")
        }
      }
    }
    return nil
  }

  /// Whether one of the selectors matches other elements with a `<picture>` than without.
  func tells(_ selectors: [Selector]) -> Bool {
    let open = selectors.filter(Self.dependsOnContext)
    guard !open.isEmpty else { return false }
    let (before, after) = (contexts.all(wrapped: false), contexts.all(wrapped: true))
    return open.contains { changes($0, before, after) }
  }

  /// Whether a selector depends on an element's ancestors or siblings: only then can a new element in between matter.
  private static func dependsOnContext(_ selector: Selector) -> Bool {
    // A completely unknown selector says nothing about pictures.
    if selector.parts.allSatisfy({ $0.compound.isUnknown }) { return false }
    if selector.parts.contains(where: { $0.combinator != nil && $0.combinator != .descendant }) {
      return true
    }
    return selector.contains { compound in
      !compound.pseudos.isEmpty || compound.name == "picture"
    }
      || selector.parts.dropLast().contains {
        $0.compound.name == nil && $0.compound.classes.isEmpty && $0.compound.id == nil
      }
  }

  private func changes(
    _ selector: Selector, _ before: [ImageContexts.Context], _ after: [ImageContexts.Context]
  ) -> Bool {
    zip(before, after).contains { old, new in
      zip(old.shared, new.shared).contains { a, b in
        // An image has no ::before.
        if a == old.image, selector.parts.last?.compound.pseudoElement != nil { return false }
        return matcher(old).matches(selector, a) != matcher(new).matches(selector, b)
      }
    }
  }

  // MARK: Dimensions

  /// What the rules say about the size of a content image.
  struct Dimensions {
    /// The first rule with which `width`, `height` and `height:auto` on an image would give it another shape.
    var hintBreak: ThemeFinding?
    /// The rules with which they would.
    var breaking: [StyleSheet.Rule] = []
    /// Whether a rule keeps the height of every image with both attributes in proportion.
    var keepsShape = false
    /// Whether a rule may set `width: auto`, which overrides the attribute.
    var mayIgnoreWidth = false
    /// The most CSS pixels in width that a rule may give an image whatever its attribute says; `Int.max` where that depends
    /// on the page.
    var widest = 0
    /// Whether every image is limited to the width of its parent.
    var isCapped = false
  }

  func dimensions() -> Dimensions {
    var dimensions = Dimensions()
    let plain = contexts.all(wrapped: false)
    let hinted = contexts.all(
      wrapped: false, added: ["width": "100", "height": "100", "style": "height:auto"])
    let takesEdgesIn = live.filter { sizesByBorder($0, plain) }
    for rule in live {
      let before = dimensions.hintBreak
      dimensions.hintBreak = nil
      defer {
        if dimensions.hintBreak != nil { dimensions.breaking.append(rule) }
        dimensions.hintBreak = before ?? dimensions.hintBreak
      }
      for selector in rule.selectors {
        let match = best(selector, plain, \.image)
        if match != .no {
          read(rule, selector, match, plain, &dimensions)
          if !takesEdgesIn.isEmpty, selector.pseudoElement == nil, dimensions.hintBreak == nil,
            rule.declarations.contains(where: \.hasSideEdges)
          {
            dimensions.hintBreak = finding(
              rule, selector, "gives images edges that box-sizing: border-box takes for a part of their width"
            )
            dimensions.breaking += takesEdgesIn
          }
        }
        if dimensions.hintBreak == nil, selector.contains({ !$0.attributes.isEmpty }),
          changes(selector, plain, hinted)
        {
          dimensions.hintBreak = finding(rule, selector, "asks for attributes that the image would gain")
        }
        if dimensions.hintBreak == nil, rule.declarations.contains(where: \.laysOutChildren),
          best(selector, plain, \.parent) != .no
        {
          dimensions.hintBreak = finding(rule, selector, "lays out what an image stands in by its children")
        }
      }
    }
    return dimensions
  }

  /// Whether a rule may have a width that is given take in the edges of a content image.
  private func sizesByBorder(_ rule: StyleSheet.Rule, _ plain: [ImageContexts.Context]) -> Bool {
    rule.declarations.contains { $0.name == "box-sizing" && $0.text.lowercased().contains("border-box") }
      && rule.selectors.contains { $0.pseudoElement == nil && best($0, plain, \.image) != .no }
  }

  private func best(
    _ selector: Selector, _ contexts: [ImageContexts.Context], _ element: KeyPath<ImageContexts.Context, Int>
  ) -> Certainty {
    contexts.reduce(.no) { $0 || matcher($1).matches(selector, $1[keyPath: element]) }
  }

  private func read(
    _ rule: StyleSheet.Rule, _ selector: Selector, _ match: Certainty, _ plain: [ImageContexts.Context],
    _ dimensions: inout Dimensions
  ) {
    guard selector.parts.last?.compound.pseudoElement == nil else { return }
    let isForImages =
      selector.parts.last.map { $0.compound.name == "img" || !$0.compound.classes.isEmpty } ?? false
    if rule.hasUnknown, isForImages, dimensions.hintBreak == nil {
      dimensions.hintBreak = finding(rule, selector, "takes in declarations that only a Sass compiler knows")
    }
    if rule.hasUnknown, isForImages { dimensions.widest = .max }
    for declaration in rule.declarations {
      let value = declaration.text.lowercased()
      let isNone = ["auto", "none", "initial", "unset", "revert", "0"].contains(value)
      switch declaration.name {
      case "height", "max-height", "min-height", "block-size", "max-block-size", "min-block-size":
        if !isNone, dimensions.hintBreak == nil {
          dimensions.hintBreak = finding(rule, selector, "sets \(declaration.name): \(value)")
        }
        if declaration.name == "height", value == "auto", isEverywhere(rule, selector, plain) {
          dimensions.keepsShape = true
        }
      case "width", "inline-size":
        if isNone || value.contains("content") { dimensions.mayIgnoreWidth = true }
        dimensions.widest = max(dimensions.widest, Self.pixels(value))
      case "min-width", "min-inline-size", "flex", "flex-basis", "flex-grow":
        if !isNone { dimensions.widest = max(dimensions.widest, Self.pixels(value)) }
      case "all": (dimensions.mayIgnoreWidth, dimensions.widest) = (true, .max)
      case "max-width":
        let percent = value.hasSuffix("%") ? Double(value.dropLast()) : nil
        if let percent, percent <= 100, isEverywhere(rule, selector, plain) {
          dimensions.isCapped = true
        }
      default: break
      }
    }
  }

  /// A length in whole CSS pixels; `Int.max` for anything else.
  private static func pixels(_ value: String) -> Int {
    let number = value.replacing("!important", with: "").filter { !$0.isWhitespace }
    guard number.hasSuffix("px"), let length = Double(number.dropLast(2)), (0...100_000).contains(length)
    else {
      return number == "0" ? 0 : .max
    }
    return Int(length.rounded(.up))
  }

  /// Whether a rule applies to images in all contexts, on all screens.
  private func isEverywhere(
    _ rule: StyleSheet.Rule, _ selector: Selector, _ plain: [ImageContexts.Context]
  ) -> Bool {
    rule.media.isEmpty && !rule.isUncertain
      && plain.allSatisfy { matcher($0).matches(selector, $0.image) == .yes }
  }

  private func finding(_ rule: StyleSheet.Rule, _ selector: Selector, _ message: String) -> ThemeFinding {
    let text = selector.text
    return ThemeFinding(
      file: rule.file, line: rule.line,
      message: "`\(text.count > 60 ? String(text.prefix(57)) + "…" : text)` \(message)")
  }
}
