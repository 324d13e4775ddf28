/// What an element's content stands in, in a window of one width.
struct Container {
  /// How the boxes in it are laid out.
  enum Mode: Equatable {
    case flow
    /// A flex container with a row.
    case row(wraps: Bool)
    /// A flex container with a column, whose boxes are as wide as it or not.
    case column(stretches: Bool)
    /// A grid: of one column as wide as it, or of others.
    case grid(isSingle: Bool, stretches: Bool)
  }

  /// Its content's width in CSS pixels; nil where that cannot be told.
  var width: Double?
  /// Whether it, or something around it, is as wide as its content asks for.
  var isShrinking = false
  /// Why the width cannot be told.
  var obstacle: SlotObstacle?
  var mode = Mode.flow

  /// The window.
  init(viewport: Double) { width = viewport }

  /// The container that a box makes of its own content. What lays out nothing (`<span>`, `<picture>`) makes none.
  ///
  /// - Parameter isAlone: whether nothing else stands in the container.
  func inside(_ box: BoxStyle, isAlone: Bool) -> Container {
    guard let display = box.word("display") else { return unknown(.uncertain) }
    if display == "contents" { return self }
    if mode == .flow, ["", "inline", "none", "ruby"].contains(display) { return inline(box) }
    var next = sized(box, display, isAlone: isAlone)
    next.mode = .flow
    if display.hasSuffix("flex") {
      next.mode = Self.flexMode(box)
      if box.word("flex-direction") == nil || box.word("flex-wrap") == nil { next = next.unknown(.uncertain) }
    } else if display.hasSuffix("grid") {
      next.mode = Self.gridMode(box, &next)
    } else if display.hasPrefix("-webkit-") || display.hasPrefix("ruby") || display == "math" {
      next = next.unknown(.flex)
    }
    if ["columns", "column-count", "column-width"].contains(where: {
      box.isSet($0) && box.extent($0) != .unset
    }) {
      next = next.unknown(.columns)
    }
    if ["zoom", "writing-mode", "all"].contains(where: box.isSet) { next = next.unknown(.length) }
    return next
  }

  func unknown(_ obstacle: SlotObstacle, shrinks: Bool = false) -> Container {
    var container = self
    container.width = nil
    container.obstacle = self.obstacle ?? obstacle
    container.isShrinking = isShrinking || shrinks
    return container
  }

  private func inline(_ box: BoxStyle) -> Container {
    guard let float = box.word("float"), let position = box.word("position") else {
      return unknown(.uncertain, shrinks: true)
    }
    if ["absolute", "fixed"].contains(position) || Self.isFloating(float) {
      return sized(box, "block", isAlone: false)
    }
    return self
  }

  // MARK: Widths

  private func sized(_ box: BoxStyle, _ display: String, isAlone: Bool) -> Container {
    guard let position = box.word("position"), let float = box.word("float") else {
      return unknown(.uncertain, shrinks: true)
    }
    let isTable = display.contains("table")
    let isAbsolute = ["absolute", "fixed"].contains(position)
    var base = self
    if isAbsolute, box.hasPercent("width") || box.hasPercent("max-width") { base = unknown(.positioned) }
    let isLoose =
      isTable || isAbsolute
      || mode == .flow && (Self.isFloating(float) || display.hasPrefix("inline"))
    let given = box.word("width").map { Self.intrinsic.contains($0) } ?? false
    if isLoose || given {
      guard !given, !isTable, case .length(let width) = box.extent("width") else {
        let isSpread = isAbsolute && box.isSet("left") && box.isSet("right")
        return base.unknown(isTable ? .table : isAbsolute ? .positioned : .shrinking, shrinks: !isSpread)
      }
      return base.limited(box, outer: Self.outer(width, box), isShrinking: false)
    }
    switch mode {
    case .flow: return filled(box, stretches: true)
    case .row(let wraps): return rowItem(box, wraps: wraps, isAlone: isAlone)
    case .column(let stretches): return filled(box, stretches: aligned(box, "align-self", stretches))
    case .grid(let isSingle, let stretches):
      let isPut = ["grid-column", "grid-column-start", "grid-column-end", "grid-area"].contains(
        where: box.isSet)
      guard isSingle, !isPut else {
        let isAligned = hasAutoMargin(box) || !aligned(box, "justify-self", stretches)
        var next = unknown(.grid, shrinks: isAligned)
        if case .length(let width) = box.extent("width"), !box.hasPercent("width") {
          next = limited(box, outer: Self.outer(width, box), isShrinking: false)
        }
        return next
      }
      return filled(box, stretches: aligned(box, "justify-self", stretches))
    }
  }

  private static func isFloating(_ float: String) -> Bool { !["", "none"].contains(float) }

  private static let intrinsic: Set<String> = [
    "min-content", "max-content", "fit-content", "-moz-fit-content", "-webkit-fit-content", "intrinsic",
    "-moz-max-content", "-moz-min-content", "-webkit-max-content", "-webkit-min-content",
  ]

  /// Whether a box fills its row or column: neither it nor its container aligns it otherwise.
  private func aligned(_ box: BoxStyle, _ property: String, _ usual: Bool) -> Bool {
    switch box.word(property) {
    case ""?, "auto"?: usual
    case "stretch"?, "normal"?: true
    default: false
    }
  }

  private func hasAutoMargin(_ box: BoxStyle) -> Bool {
    box.word("margin-left") == "auto" || box.word("margin-right") == "auto"
  }

  /// A box that is as wide as its container lets it be (CSS 2.2, 10.3.3), or as wide as it says.
  private func filled(_ box: BoxStyle, stretches: Bool) -> Container {
    switch box.extent("width") {
    case .length(let width): return limited(box, outer: Self.outer(width, box), isShrinking: false)
    case .unknown:
      // A share of an unknown width is unknown, and asks nothing of its content.
      return unknown(box.word("width") == nil ? .uncertain : .length)
    case .unset: break
    }
    guard mode == .flow || stretches && !hasAutoMargin(box) else { return unknown(.shrinking, shrinks: true) }
    guard let width else { return limited(box, outer: nil, isShrinking: isShrinking) }
    guard let margins = box.margins else { return unknown(.length) }
    return limited(box, outer: width - margins, isShrinking: isShrinking)
  }

  /// A box in a row of a flex container (CSS Flexbox 1, section 9.7), as far as what stands beside it has no say.
  private func rowItem(_ box: BoxStyle, wraps: Bool, isAlone: Bool) -> Container {
    guard let grow = box.number("flex-grow", else: 0), let shrink = box.number("flex-shrink", else: 1),
      let word = box.word("flex-basis")
    else { return unknown(.uncertain, shrinks: true) }
    let name = ["", "auto", "initial", "unset"].contains(word) ? "width" : "flex-basis"
    switch box.extent(name) {
    case .length(let basis):
      let outer = Self.outer(basis, box)
      guard let width, let outer, let margins = box.margins else {
        let isRigid = grow == 0 && shrink == 0
        return isRigid ? limited(box, outer: outer, isShrinking: false) : unknown(.flex)
      }
      let isHeld = shrink == 0 || (wraps || isAlone) && outer + margins <= width + 0.01
      if grow == 0, isHeld { return limited(box, outer: outer, isShrinking: false) }
      if isAlone, grow >= 1 || outer + margins > width, shrink == 1 || grow >= 1 {
        return limited(box, outer: width - margins, isShrinking: false)
      }
      return unknown(.flex)
    case .unset:
      guard isAlone, grow >= 1, let width, let margins = box.margins, !isShrinking else {
        return unknown(.flex, shrinks: true)
      }
      return limited(box, outer: width - margins, isShrinking: false)
    case .unknown: return unknown(.flex)
    }
  }

  /// A stated width as that of the border box.
  private static func outer(_ width: Double, _ box: BoxStyle) -> Double? {
    guard let isBorderBox = box.isBorderBox, let edges = box.edges else { return nil }
    return isBorderBox ? max(width, edges) : width + edges
  }

  /// The content of a border box that is held between its least and its greatest width.
  private func limited(_ box: BoxStyle, outer: Double?, isShrinking: Bool) -> Container {
    var next = self
    next.isShrinking = isShrinking
    guard var outer, let isBorderBox = box.isBorderBox, let edges = box.edges else {
      return next.unknown(.length)
    }
    let added = isBorderBox ? 0 : edges
    switch box.extent("max-width") {
    case .length(let most): outer = min(outer, most + added)
    case .unknown: return next.unknown(Self.reason(box, "max-width"))
    case .unset: break
    }
    switch box.extent("min-width") {
    case .length(let least): outer = max(outer, least + added)
    case .unknown: return next.unknown(Self.reason(box, "min-width"))
    case .unset: break
    }
    next.width = max(0, outer - edges)
    next.obstacle = nil
    return next
  }

  private static func reason(_ box: BoxStyle, _ name: String) -> SlotObstacle {
    box.word(name) == nil ? .uncertain : .length
  }

  // MARK: How its own boxes are laid out

  private static func flexMode(_ box: BoxStyle) -> Mode {
    let direction = box.word("flex-direction") ?? ""
    let wraps = (box.word("flex-wrap") ?? "").hasPrefix("wrap")
    guard direction.hasPrefix("column") else { return .row(wraps: wraps) }
    let align = box.word("align-items") ?? "?"
    return .column(stretches: ["", "normal", "stretch"].contains(align) && !wraps)
  }

  private static func gridMode(_ box: BoxStyle, _ next: inout Container) -> Mode {
    let columns = ["grid-template", "grid-template-areas", "grid", "grid-auto-flow", "grid-auto-columns"]
    let items = box.word("justify-items") ?? "?"
    let stretches = ["", "normal", "stretch", "legacy"].contains(items)
    let template = box.word("grid-template-columns") ?? "?"
    let isSingle =
      !columns.contains { box.isSet($0) && box.word($0) != "none" }
      && ["", "none", "100%", "minmax(0,1fr)", "minmax(0, 1fr)"].contains(template)
    if !isSingle {
      let asks = ["auto", "content", "?"].contains(where: template.contains) || template.isEmpty
      // What a column is as wide as its content asks for.
      next = next.unknown(.grid, shrinks: asks && !template.hasPrefix("repeat(auto-"))
    }
    return .grid(isSingle: isSingle, stretches: stretches)
  }
}
