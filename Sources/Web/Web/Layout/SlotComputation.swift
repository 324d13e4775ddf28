/// One image with the elements around it and what rules say about each: all that its width depends on.
package struct SlotComputation: Sendable {
  /// An element of the chain.
  struct Element: Sendable {
    var style: ElementStyle
    /// Whether it is the one box in what it stands in.
    var isAlone: Bool
  }

  /// The elements, the root first and the image last.
  let chain: [Element]
  /// What the rules of the page alone say about the image.
  let ruled: ElementStyle
  /// Equal for images that are shown alike.
  package let key: String
  /// Rules that are looked at, each in every range of windows; hostile stylesheets have as many of both as they like.
  private static let mostRules = 1_000_000

  /// The widths of windows that are looked at, in CSS pixels: small phones to large desktops.
  static let viewports = 240...2600

  init(chain: [Element], ruled: ElementStyle, rules: LayoutRules) {
    self.chain = chain
    self.ruled = ruled
    key = rules.key + "\n" + chain.map { $0.style.key + ($0.isAlone ? "!" : "") }.joined(separator: "\n")
  }

  /// How wide the image is shown.
  package func slot() -> ImageSlot {
    var slot = ImageSlot()
    var heights: Set<Double> = []
    let ranges = ranges
    let rules = chain.reduce(0) { $0 + $1.style.ruleCount }
    guard ranges.count * rules <= Self.mostRules else { return ImageSlot(obstacle: .uncertain) }
    for range in ranges {
      let window = Window(self, from: range.lowerBound)
      var images: [Int: ImageBox] = [:]
      func image(_ viewport: Int) -> ImageBox {
        if let image = images[viewport] { return image }
        let image = window.image(at: Double(viewport))
        images[viewport] = image
        return image
      }
      let ends = [range.lowerBound, (range.lowerBound + range.upperBound) / 2, range.upperBound]
      let samples = ends.map(image)
      // How wide an image is that nobody sees says nothing.
      if samples.allSatisfy(\.isHidden) {
        slot.isHidden = true
        continue
      }
      for sample in samples { slot.add(sample) }
      guard slot.obstacle == nil else { continue }
      if let added = Self.width(range, image) {
        slot.append(added, in: range)
      } else if let height = Self.height(samples) {
        heights.insert(height)
      } else {
        slot.obstacle = .uncertain
      }
    }
    if !heights.isEmpty {
      // A height that changes with the window, and the shape of the file, make no length.
      if heights.count == 1, slot.spans.isEmpty {
        slot.height = heights.first
      } else {
        slot.obstacle = .shape
      }
    }
    if slot.obstacle != nil { (slot.spans, slot.height) = ([], nil) }
    return slot
  }

  /// The windows between which no rule begins or ceases to count.
  private var ranges: [ClosedRange<Int>] {
    let all = Self.viewports
    let limits = (chain.map(\.style) + [ruled]).reduce(into: Set<Double>()) { $0.formUnion($1.limits) }
    var starts: Set<Int> = [all.lowerBound]
    for limit in limits where limit > Double(all.lowerBound) - 1 && limit < Double(all.upperBound) {
      starts.formUnion([Int(limit.rounded(.up)), Int(limit.rounded(.down)) + 1])
    }
    let sorted = starts.filter(all.contains).sorted()
    return sorted.enumerated().map { number, start in
      start...(number + 1 < sorted.count ? sorted[number + 1] - 1 : all.upperBound)
    }
  }

  private static func height(_ samples: [ImageBox]) -> Double? {
    let heights = Set(samples.map { if case .height(let height) = $0.width { height } else { -1.0 } })
    return heights.count == 1 ? heights.first.flatMap { $0 >= 0 ? $0 : nil } : nil
  }

  /// The width in a range of windows; nil where it is of several kinds, or not known.
  private static func width(_ range: ClosedRange<Int>, _ image: (Int) -> ImageBox) -> ImageSlot.Width? {
    switch image(range.lowerBound).width {
    case .natural(.infinity):
      let isSame = [range.upperBound, (range.lowerBound + range.upperBound) / 2].allSatisfy {
        image($0).width == .natural(atMost: .infinity)
      }
      return isSame ? .natural : nil
    case .natural:
      return SlotLines.find(in: range) {
        if case .natural(let most) = image($0).width, most.isFinite { most } else { nil }
      }.map { .upTo($0) }
    case .fixed:
      return SlotLines.find(in: range) {
        if case .fixed(let width) = image($0).width { width } else { nil }
      }.map { .filled($0) }
    case .height, .unknown: return nil
    }
  }
}

/// The values of all elements of a computation in windows between two limits.
private struct Window {
  let computation: SlotComputation
  let values: [[String: ElementStyle.Value]]
  let ruled: [String: ElementStyle.Value]

  init(_ computation: SlotComputation, from viewport: Int) {
    self.computation = computation
    let environment = MediaEnvironment(width: Double(viewport))
    var custom: [String: ElementStyle.Value] = [:]
    var around = custom
    var parent: [String: ElementStyle.Value] = [:]
    var last = parent
    values = computation.chain.map { element in
      (around, parent) = (custom, last)
      last = ElementStyle.resolved(element.style.values(in: environment, custom: &custom), in: parent)
      return last
    }
    ruled = ElementStyle.resolved(computation.ruled.values(in: environment, custom: &around), in: parent)
  }

  func image(at viewport: Double) -> ImageBox {
    var container = Container(viewport: viewport)
    var font: Double? = 16
    var root: Double? = 16
    var isHidden = false
    for (index, values) in values.enumerated() {
      font = BoxStyle.fontSize(values, viewport: viewport, around: font, rootFont: root)
      if index == 0 { root = font }
      let box = BoxStyle(values, viewport: viewport, whole: container.width, font: font, rootFont: root)
      isHidden = isHidden || box.word("display") == "none"
      if index < self.values.count - 1 {
        container = container.inside(box, isAlone: computation.chain[index].isAlone)
        continue
      }
      let rules = BoxStyle(ruled, viewport: viewport, whole: container.width, font: font, rootFont: root)
      var image = ImageBox(box, in: container, rules: rules)
      image.isHidden = isHidden
      return image
    }
    return ImageBox(
      BoxStyle([:], viewport: viewport, whole: nil, font: nil, rootFont: nil), in: container,
      rules: BoxStyle([:], viewport: viewport, whole: nil, font: nil, rootFont: nil))
  }
}

extension ImageSlot {
  /// Takes in what holds in one window.
  fileprivate mutating func add(_ image: ImageBox) {
    if case .unknown(let reason) = image.width { obstacle = obstacle ?? reason }
    showsNatural = showsNatural || image.showsNatural
    isHidden = isHidden || image.isHidden
    leastNatural = max(leastNatural, image.leastNatural)
    takesWidth = takesWidth && !image.isWidthRuled
    isHeightAuto = isHeightAuto && image.isHeightAuto
    isHeightGiven = isHeightGiven && image.isHeightGiven
    keepsWithDimensions = keepsWithDimensions && image.keepsWithDimensions
    leastForDimensions = max(leastForDimensions, image.leastForDimensions)
  }

  fileprivate mutating func append(_ width: Width, in range: ClosedRange<Int>) {
    switch (spans.last?.width, width) {
    case (.natural?, .natural): return
    case (.upTo(let before)?, .upTo(let lines)) where range.count == 1 && SlotLines.goesOn(before, lines),
      (.filled(let before)?, .filled(let lines)) where range.count == 1 && SlotLines.goesOn(before, lines):
      return
    case (.upTo(let before)?, .upTo(let lines)):
      spans[spans.count - 1].width = .upTo(SlotLines.joined(before, lines))
    case (.filled(let before)?, .filled(let lines)):
      spans[spans.count - 1].width = .filled(SlotLines.joined(before, lines))
    default: spans.append(Span(from: range.lowerBound, width: width))
    }
  }
}
