import Web

/// The rules of a stylesheet that could tell whether an image stands in a `<picture>`.
struct PictureRules: Sendable {
  /// A selector of a rule, with what a person finds it by.
  struct Named: Sendable {
    var selector: Selector
    /// The selector, the file or script that it is in, and the line there.
    var text: String
    var file: String
    var line: Int?

    var name: String { "`\(text)` in \(file)" + (line.map { ":\($0)" } ?? "") }
  }

  /// Those that may hold for an image itself and ask what it stands in or beside.
  private(set) var images: [Named] = []
  /// Those by which an element is told by its siblings.
  private(set) var siblings: [Named] = []
  /// Those by which an element is told by what is in it.
  private(set) var containers: [Named] = []
  /// Those that would give a `<picture>` a box of its own.
  private(set) var boxes: [Named] = []
  /// Those that lay out what is in an element child by child.
  private(set) var layouts: [Named] = []
  /// Those that name `<source>`.
  private(set) var sources: [Named] = []

  init() {}

  init(_ sheet: StyleSheet) {
    for rule in sheet.rules
    where rule.media.allSatisfy(\.canHold) && !(rule.declarations.isEmpty && !rule.hasUnknown) {
      let shapes = rule.hasUnknown || rule.declarations.contains(where: \.shapesInline)
      let laysOut = rule.declarations.contains(where: \.laysOutChildren)
      for selector in rule.selectors {
        let named = Named(
          selector: selector, text: Self.short(selector.text), file: rule.file, line: rule.line)
        add(named, shapes, laysOut)
      }
    }
  }

  /// The selectors of a script, whatever it does with what they find.
  init(script name: String, selectors: Set<String>) {
    for text in selectors.sorted() {
      for selector in SelectorParser.list(text) {
        add(Named(selector: selector, text: Self.short(text), file: name), false, false)
      }
    }
  }

  private mutating func add(_ named: Named, _ shapes: Bool, _ laysOut: Bool) {
    let selector = named.selector
    guard let last = selector.parts.last?.compound, !selector.parts.allSatisfy({ $0.compound.isUnknown })
    else { return }
    if Self.dependsOnContext(selector) {
      if last.name == nil || last.name == "img", last.pseudoElement == nil { images.append(named) }
      if selector.parts.contains(where: { $0.combinator == .next || $0.combinator == .later })
        || selector.contains({ $0.pseudos.contains { $0.name.hasSuffix("of-type") } })
      {
        siblings.append(named)
      }
      if selector.contains({ $0.pseudos.contains { $0.name == "has" } }) { containers.append(named) }
    }
    if shapes, last.name == nil || last.name == "picture", !last.isUnknown, last.isAboutInlineBox {
      boxes.append(named)
    }
    if laysOut { layouts.append(named) }
    if selector.contains({ $0.name == "source" }) { sources.append(named) }
  }

  /// Says in which file the stylesheet stands.
  mutating func name(file: String) {
    let lists: [WritableKeyPath<Self, [Named]>] = [
      \.images, \.siblings, \.containers, \.boxes, \.layouts, \.sources,
    ]
    for list in lists {
      for index in self[keyPath: list].indices { self[keyPath: list][index].file = file }
    }
  }

  mutating func append(_ other: PictureRules) {
    images += other.images
    siblings += other.siblings
    containers += other.containers
    boxes += other.boxes
    layouts += other.layouts
    sources += other.sources
  }

  /// Whether a selector asks what an element stands in or beside.
  private static func dependsOnContext(_ selector: Selector) -> Bool {
    if selector.parts.contains(where: { $0.combinator != nil && $0.combinator != .descendant }) {
      return true
    }
    return selector.contains { !$0.pseudos.isEmpty || $0.name == "picture" }
      || selector.parts.dropLast().contains {
        $0.compound.name == nil && $0.compound.classes.isEmpty && $0.compound.id == nil
      }
  }

  private static func short(_ text: String) -> String { text.count > 60 ? text.prefix(57) + "…" : text }
}
