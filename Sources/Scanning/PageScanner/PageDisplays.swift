import AssetModel
import Web

/// How a page shows its images.
struct PageDisplays {
  private let tree: PageTree
  private let slots: PageSlots
  private let sheets: PageSheets
  private let rules: PageSheets.Rules
  private let allowsStyle: Bool
  private let paths: [Int: String]

  init(_ tree: PageTree, _ rules: PageSheets.Rules, _ sheets: PageSheets, _ policy: InlineStylePolicy) {
    self.tree = tree
    self.sheets = sheets
    self.rules = rules
    slots = PageSlots(tree, rules: rules.rules)
    allowsStyle = policy.allows(on: tree)
    paths = ElementPath.texts(
      of: tree.nodes.indices.filter { ["img", "amp-img"].contains(tree.nodes[$0].name) }, in: tree)
  }

  /// How an image is shown.
  ///
  /// - Parameter index: the index of the `<img>`.
  func display(of index: Int) -> ImageDisplay {
    var display = ImageDisplay(path: paths[index] ?? "")
    display.lettersBefore = tree.nodes[index].lettersBefore
    let text = tree.textAbove(index)
    (display.textAbove.onPhones, display.textAbove.onLaptops) = (text.narrow, text.wide)
    let attributes = rules.rules.imageAttributes
    display.mayLoadLazily = attributes.isDisjoint(with: ["loading", "decoding", "fetchpriority"])
    guard rules.unread == nil else {
      (display.obstacle, display.unread) = (.unread, rules.unread)
      (display.showsNaturalWidth, display.takesWidth) = (true, false)
      display.space = isSized(index) ? .reserved : .none
      return display
    }
    let slot = slots.computation(of: index).map(sheets.slot) ?? ImageSlot(obstacle: .uncertain)
    display.spans = slot.spans.map { ImageDisplay.Span(from: $0.from, slot: .init($0.width)) }
    display.height = slot.height
    display.obstacle = slot.obstacle.flatMap { ImageDisplay.Obstacle(rawValue: $0.rawValue) }
    display.showsNaturalWidth = slot.showsNatural
    display.leastWidth = slot.leastNatural
    display.takesWidth = slot.takesWidth
    display.isSometimesHidden = slot.isHidden
    display.space = space(index, slot, attributes)
    display.leastForDimensions = slot.leastForDimensions
    return display
  }

  private func isSized(_ index: Int) -> Bool {
    tree.nodes[index]["width"] != nil && tree.nodes[index]["height"] != nil
  }

  private func space(_ index: Int, _ slot: ImageSlot, _ attributes: Set<String>) -> ImageDisplay.Space {
    let image = tree.nodes[index]
    if isSized(index) || slot.isHeightGiven { return .reserved }
    // A height alone, or a share, says how wide the image is in ways that its own width would change.
    guard image["height"] == nil, slot.keepsWithDimensions, !(image["width"] ?? "").contains("%"),
      attributes.isDisjoint(with: ["width", "height"])
    else { return .none }
    if slot.isHeightAuto { return .byAttributes }
    if slot.spans.allSatisfy({ $0.width == .natural }), !slot.spans.isEmpty, slot.takesWidth {
      return .byOwnSize
    }
    return image["style"] == nil && allowsStyle && !attributes.contains("style") ? .byStyle : .none
  }
}

extension MeasuredLayouts.Slot {
  fileprivate init(_ width: ImageSlot.Width) {
    switch width {
    case .natural: self = .own
    case .upTo(let lines): self = .upTo(SlotWidths(lines))
    case .filled(let lines): self = .filled(SlotWidths(lines))
    }
  }
}

extension SlotWidths {
  fileprivate init(_ lines: [ImageSlot.Line]) {
    self.init(pieces: lines.map { Piece(from: $0.from, slope: $0.slope, offset: $0.offset) })
  }
}
