/// How wide an image is shown in one window, and what its attributes may say there.
struct ImageBox: Equatable {
  /// What its width follows from.
  enum Width: Equatable {
    /// Its natural width, held at a greatest one.
    case natural(atMost: Double)
    /// A width that it has whatever the file's is.
    case fixed(Double)
    /// A height, in CSS pixels, and the file's shape.
    case height(Double)
    case unknown(SlotObstacle)
  }

  var width: Width
  /// Whether boxes depend on the image's natural width beyond what ``width`` says.
  var showsNatural = false
  /// Whether a rule of the page, and no attribute, says how wide it is.
  var isWidthRuled = false
  /// Whether a rule of the page says `height: auto`.
  var isHeightAuto = false
  /// Whether its height is a length, or follows from its width by a rule of the page.
  var isHeightGiven = false
  /// Whether dimensions, with `height: auto`, leave its box as it is.
  var keepsWithDimensions = true
  /// The width of the file, in CSS pixels, from which on dimensions do so.
  var leastForDimensions = 0.0
  /// Whether it has no box, or what it stands in has none.
  var isHidden = false
  /// The width of the file, in CSS pixels, from which on ``width`` holds.
  var leastNatural = 0.0

  /// - Parameter box: its values, of which 100 % is the width of the container.
  init(_ box: BoxStyle, in container: Container, rules: BoxStyle) {
    width = .unknown(.uncertain)
    isWidthRuled = rules.isSet("width")
    isHeightAuto = rules.word("height") == "auto"
    guard let display = box.word("display"), let position = box.word("position"), display != "contents" else {
      (showsNatural, keepsWithDimensions) = (true, false)
      return
    }
    let isAbsolute = ["absolute", "fixed"].contains(position)
    let isItem = container.mode != .flow && !isAbsolute
    var container = container
    if isAbsolute, box.hasPercent("width") || box.hasPercent("max-width") {
      container = container.unknown(.positioned)
    }
    readHeight(box)
    readWidth(box, container)
    if isItem { readItem(box, container) }
    if box.isSet("zoom") || box.isSet("all") { (width, keepsWithDimensions) = (.unknown(.length), false) }
  }

  private mutating func readHeight(_ box: BoxStyle) {
    let height = box.extent("height")
    let isRatio = !["", "auto"].contains(box.word("aspect-ratio") ?? "?")
    isHeightGiven = height != .unset && height != .unknown || isRatio && box.extent("width") != .unset
    // A limited height makes the image narrower while no width is given, and flatter while one is.
    for name in ["max-height", "min-height"] {
      switch box.extent(name) {
      case .unset, .length(0): continue
      default: keepsWithDimensions = false
      }
    }
    if isRatio || height == .unknown { keepsWithDimensions = false }
  }

  private mutating func readWidth(_ box: BoxStyle, _ container: Container) {
    let edges = box.isBorderBox == true ? box.edges : 0
    let isCut = ["cover", "none"].contains(box.word("object-fit") ?? "cover") && isHeightGiven
    let most = Self.limit(box, "max-width", edges)
    let least = Self.limit(box, "min-width", edges)
    // A share of a container that is as wide as its content asks for: what the content asks for is the natural width.
    if container.width == nil, box.hasPercent("width") { showsNatural = container.isShrinking }
    let obstacle = container.obstacle ?? .length
    switch box.extent("width") {
    case .unknown:
      let isIntrinsic = !box.hasPercent("width")
      width = .unknown(box.word("width") == nil ? .uncertain : isIntrinsic ? .length : obstacle)
      if isIntrinsic { (showsNatural, keepsWithDimensions) = (true, false) }
    case .length(let length):
      guard let most, let least, let edges else {
        width = .unknown(box.hasPercent("max-width") ? obstacle : .length)
        return
      }
      width = isCut ? .unknown(.shape) : .fixed(max(least, min(most, max(0, length - edges))))
    case .unset: readNatural(box, most, least, obstacle)
    }
  }

  /// The width of an image of which no width is given.
  private mutating func readNatural(
    _ box: BoxStyle, _ most: Double?, _ least: Double?, _ obstacle: SlotObstacle
  ) {
    let limits = ["max-height", "min-height"].contains { name in
      switch box.extent(name) {
      case .unset, .length(0): false
      default: true
      }
    }
    switch box.extent("height") {
    case .length(let height):
      keepsWithDimensions = false
      let edges = box.isBorderBox == true ? 1.0 : 0
      width = limits || edges > 0 && (box.edges ?? 1) > 0 ? .unknown(.shape) : .height(height)
      if limits { showsNatural = true }
    case .unknown:
      (width, showsNatural, keepsWithDimensions) = (.unknown(.shape), true, false)
    case .unset:
      guard !limits else {
        (width, showsNatural) = (.unknown(.shape), true)
        return
      }
      guard let most, let least else {
        width = .unknown(box.hasPercent("max-width") ? obstacle : .length)
        showsNatural = true
        return
      }
      // One that is narrower by nature is blown up.
      leastNatural = max(leastNatural, least)
      width = .natural(atMost: max(most, least))
      leastForDimensions = Self.leastForDimensions(box, atMost: max(most, least))
    }
  }

  /// With `box-sizing: border-box` a width that is given takes in padding and border, and the natural one does not: only
  /// where a greatest width holds both, they come to the same.
  private static func leastForDimensions(_ box: BoxStyle, atMost most: Double) -> Double {
    guard box.isBorderBox != false, box.edges != 0 else { return 0 }
    guard box.isBorderBox == true, let edges = box.edges else { return ImageSlot.noFile }
    return min(most + edges, ImageSlot.noFile)
  }

  /// A greatest or least width of the content; nil where one is given and cannot be told.
  private static func limit(_ box: BoxStyle, _ name: String, _ edges: Double?) -> Double? {
    switch box.extent(name) {
    case .unset: name == "max-width" ? .infinity : 0
    case .unknown: nil
    case .length(let length): edges.map { max(0, length - $0) }
    }
  }

  /// An image that is itself a box of a flex container or a grid: where nothing says how wide it is, it may be stretched.
  private mutating func readItem(_ box: BoxStyle, _ container: Container) {
    let isStated = box.extent("width") != .unset
    if !isStated || !isWidthRuled { keepsWithDimensions = false }
    switch container.mode {
    case .flow: return
    case .row:
      guard case .fixed(let length) = width, !box.hasPercent("width"), box.number("flex-grow", else: 0) == 0,
        ["", "auto"].contains(box.word("flex-basis") ?? "?"), box.extent("min-width") == .unset
      else {
        (width, showsNatural) = (.unknown(.flex), true)
        return
      }
      // It gives way no further than to the lesser of its natural and its stated width.
      leastNatural = box.number("flex-shrink", else: 1) == 0 ? 0 : length
    case .column:
      guard case .fixed = width else {
        (width, showsNatural) = (.unknown(.flex), true)
        return
      }
    case .grid:
      guard case .fixed = width else {
        showsNatural = showsNatural || !box.hasPercent("width")
        width = .unknown(.grid)
        return
      }
    }
  }
}
