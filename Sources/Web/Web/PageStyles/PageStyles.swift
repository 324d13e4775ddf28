/// What the stylesheets of a built page have it download: the pictures in its backgrounds, borders, masks and list marks.
package struct PageStyles {
  /// A stylesheet as a page takes it in.
  package struct Sheet: Sendable {
    let rules: [ImageRule]
    /// The stylesheets that it takes in before its own rules, as written.
    package let imports: [String]

    package var ruleCount: Int { rules.count }

    /// The stylesheet where a list of media queries has to match before it counts.
    package func under(media: String) -> Sheet {
      let media = MediaQueryList(media)
      return Sheet(rules: rules.map { $0.under(media: media) }, imports: imports)
    }

    private init(rules: [ImageRule], imports: [String]) {
      self.rules = rules
      self.imports = imports
    }

    /// Reads a stylesheet.
    ///
    /// - Parameter file: its file, relative to the site's root; that of the page where the text stands in it.
    package init(_ text: String, file: String) {
      let isRead = text.utf8.count <= StyleSheet.mostBytes
      let sheet = isRead ? StyleSheetParser.parse(text, file: file, isSass: false) : StyleSheet()
      rules = sheet.rules.compactMap(ImageRule.init)
      imports = sheet.imports.map(\.target)
    }
  }

  /// A picture that an element's box shows.
  package struct Picture: Hashable, Sendable {
    /// The index of the element.
    package var element: Int
    /// The URL as written.
    package var url: String
    /// The stylesheet's file, which the URL starts from; nil for a `style` attribute.
    package var file: String?
  }

  private let page: PageTree
  /// What the `style` attribute of each element says.
  private let inlineStyles: [ImageRule.Declarations?]
  private let matcher: SelectorMatcher
  private var rules: [ImageRule] {
    didSet { index() }
  }
  /// The rules that name a picture, that decide whether there is a box, that give one content, and that set each property.
  private var naming = RuleIndex()
  private var displaying = RuleIndex()
  private var generating = RuleIndex()
  private var setting: [ImageRule.Property: RuleIndex] = [:]
  private var memory = Memory()

  /// - Parameters:
  ///   - page: the page's elements.
  ///   - sheets: its stylesheets in the order in which they count.
  package init(_ page: PageTree, sheets: [Sheet]) {
    self.page = page
    inlineStyles = page.nodes.map { $0["style"].map(ImageRule.Declarations.init(style:)) }
    rules = sheets.flatMap(\.rules)
    var tree = StyleTree()
    for element in page.nodes {
      let classes = element["class"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
      var subject = StyleTree.Element(element.name, classes: classes, id: element["id"])
      subject.attributes = element.element.attributes
      tree.add(subject, to: element.parent)
    }
    matcher = SelectorMatcher(tree: tree, canOccur: { _ in false }, isState: { _ in false })
    index()
  }

  private mutating func index() {
    memory = Memory()
    naming = RuleIndex(rules) { $0.namesPicture }
    displaying = RuleIndex(rules) { $0.display != nil }
    generating = RuleIndex(rules) { $0.setsContent }
    setting = [:]
    for property in Set(rules.flatMap(\.images.keys)) {
      setting[property] = RuleIndex(rules) { $0.images[property] != nil }
    }
  }

  /// The styles as far as they count on a screen.
  package func on(_ screen: Screen) -> PageStyles {
    var styles = self
    styles.rules = rules.filter { rule in rule.media.allSatisfy { $0.matches(screen) } }
    return styles
  }

  /// The pictures that a browser downloads for the page's boxes.
  ///
  /// - Parameter density: device pixels for one CSS pixel, by which `image-set()` is chosen from.
  package func pictures(density: Double) -> [Picture] {
    var pictures: [Picture] = []
    for element in page.nodes.indices {
      for box in boxes(of: element) {
        guard isGenerated(element, box.pseudo), let winner = winner(box, of: element),
          !isHidden(element)
        else { continue }
        pictures += winner.value.urls(density: density).map {
          Picture(element: element, url: $0, file: winner.rule?.file)
        }
      }
    }
    return pictures
  }

  // MARK: Cascade

  /// One property of an element, or of a pseudo-element of it.
  private struct Box: Hashable {
    var pseudo: String?
    var property: ImageRule.Property
  }

  /// The properties for which a rule or the element itself names a picture.
  private func boxes(of element: Int) -> Set<Box> {
    var boxes: Set<Box> = []
    for (property, image) in inlineStyles[element]?.images ?? [:] where !image.layers.isEmpty {
      boxes.insert(Box(pseudo: nil, property: property))
    }
    for index in naming.candidates(for: matcher.tree.elements[element]) {
      for selector in rules[index].selectors where matcher.matches(selector, element) == .yes {
        for (property, image) in rules[index].images where !image.layers.isEmpty {
          boxes.insert(Box(pseudo: selector.pseudoElement, property: property))
        }
      }
    }
    return boxes
  }

  private typealias Winner = (value: ImageRule.Image, rule: ImageRule?)

  /// The declaration that counts (CSS Cascading 4, section 6): by importance, then the element's own style, then
  /// specificity, then order.
  private func winner(_ box: Box, of element: Int) -> Winner? {
    var best: (rank: Rank, winner: Winner)?
    for order in setting[box.property]?.candidates(for: matcher.tree.elements[element]) ?? [] {
      guard let specificity = specificity(of: rules[order], element, box.pseudo),
        let image = rules[order].images[box.property]
      else { continue }
      let rank = Rank(
        isImportant: image.isImportant, isInline: false, specificity: specificity, order: order)
      if best.map({ $0.rank < rank }) ?? true { best = (rank, (image, rules[order])) }
    }
    if box.pseudo == nil, let image = inlineStyles[element]?.images[box.property] {
      let rank = Rank(isImportant: image.isImportant, isInline: true, specificity: Specificity(), order: 0)
      if best.map({ $0.rank < rank }) ?? true { best = (rank, (image, nil)) }
    }
    return best?.winner
  }

  private struct Rank: Comparable {
    var isImportant: Bool
    var isInline: Bool
    var specificity: Specificity
    var order: Int

    static func < (a: Rank, b: Rank) -> Bool {
      if a.isImportant != b.isImportant { return b.isImportant }
      if a.isInline != b.isInline { return b.isInline }
      return a.specificity == b.specificity ? a.order < b.order : a.specificity < b.specificity
    }
  }

  private func specificity(of rule: ImageRule, _ element: Int, _ pseudo: String?) -> Specificity? {
    rule.selectors.filter { $0.pseudoElement == pseudo && matcher.matches($0, element) == .yes }
      .map(\.specificity).max()
  }

  /// Whether a pseudo-element is there: it has content.
  private func isGenerated(_ element: Int, _ pseudo: String?) -> Bool {
    guard pseudo == "before" || pseudo == "after" else { return true }
    return generating.candidates(for: matcher.tree.elements[element]).contains {
      specificity(of: rules[$0], element, pseudo) != nil
    }
  }

  /// Whether an element has no box: it or one around it is not displayed.
  package func isHidden(_ element: Int) -> Bool {
    // Asked from the outside in, each element once, so that deep pages cost no more than flat ones.
    var chain: [Int] = []
    var next: Int? = element
    while let index = next, memory.hidden[index] == nil {
      chain.append(index)
      next = page.nodes[index].parent
    }
    var isHidden = next.flatMap { memory.hidden[$0] } ?? false
    for index in chain.reversed() {
      isHidden = isHidden || isNotDisplayed(index)
      memory.hidden[index] = isHidden
    }
    return isHidden
  }

  private func isNotDisplayed(_ element: Int) -> Bool {
    var best: (rank: Rank, isNone: Bool)?
    for order in displaying.candidates(for: matcher.tree.elements[element]) {
      guard let specificity = specificity(of: rules[order], element, nil), let value = rules[order].display
      else { continue }
      let rank = Rank(isImportant: value.isImportant, isInline: false, specificity: specificity, order: order)
      if best.map({ $0.rank < rank }) ?? true { best = (rank, value.isNone) }
    }
    if let display = inlineStyles[element]?.display {
      let rank = Rank(isImportant: display.isImportant, isInline: true, specificity: Specificity(), order: 0)
      if best.map({ $0.rank < rank }) ?? true { best = (rank, display.isNone) }
    }
    // The browser's own stylesheet hides what has the attribute.
    return best?.isNone ?? (page.nodes[element]["hidden"] != nil)
  }

  /// What was found out about elements on one screen.
  private final class Memory {
    var hidden: [Int: Bool] = [:]
  }
}
