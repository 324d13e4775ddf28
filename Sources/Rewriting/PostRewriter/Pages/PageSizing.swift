import AssetModel

/// What an image of a built page may say of its size: its `sizes`, and the dimensions that keep room for it.
struct PageSizing {
  /// The `sizes` attribute.
  let sizes: String
  /// The dimensions that the image gains; nil where it gains none.
  let dimensions: (width: Int, height: Int)?
  /// Whether `height:auto` has to stand beside them.
  let needsAutoHeight: Bool

  /// - Parameters:
  ///   - display: how the page shows the image.
  ///   - size: the image's own size in CSS pixels.
  ///   - authorWidth: the width that the author gave it, in CSS pixels.
  ///   - slots: what the user and the browser say of it.
  init(
    _ display: ImageDisplay, size: (width: Int, height: Int), authorWidth: Int?, slots: RewriteOptions.Slots
  ) {
    let given = display.takesWidth ? authorWidth : nil
    dimensions = slots.allowsHints ? Self.dimensions(display, size, given: authorWidth) : nil
    needsAutoHeight = display.space == .byStyle
    // Without a width of its own the image is as wide as sizes says, and so may be what stands around it.
    let showsSizes = display.showsNaturalWidth && !(dimensions != nil && display.takesWidth)
    sizes =
      slots.sizes
      ?? Self.sizes(display, size, given: given, measured: slots.measured, showsSizes: showsSizes)
  }

  private static func dimensions(
    _ display: ImageDisplay, _ size: (width: Int, height: Int), given: Int?
  ) -> (width: Int, height: Int)? {
    guard size.width > 0, size.height > 0 else { return nil }
    switch display.space {
    case .reserved, .none: return nil
    case .byAttributes, .byOwnSize, .byStyle:
      let width = given ?? size.width
      guard given != nil || Double(width) >= display.leastForDimensions else { return nil }
      return (width, max(1, (width * size.height + size.width / 2) / size.width))
    }
  }

  private static func sizes(
    _ display: ImageDisplay, _ size: (width: Int, height: Int), given: Int?,
    measured: MeasuredLayouts.Slot?, showsSizes: Bool
  ) -> String {
    let natural = "\(size.width)px"
    // Calibrate measures no image whose natural width moves what is around it.
    if let measured { return measured.sizes(own: given ?? size.width) }
    if Double(size.width) < display.leastWidth { return natural }
    if let sizes = stated(display, size) { return sizes }
    if showsSizes { return natural }
    let width = given ?? size.width
    return "(min-width: \(width)px) \(width)px, 100vw"
  }

  /// What the page's stylesheets say.
  private static func stated(_ display: ImageDisplay, _ size: (width: Int, height: Int)) -> String? {
    if let height = display.height, size.height > 0 {
      let width = height * Double(size.width) / Double(size.height)
      return SlotWidths(pieces: [.init(from: 0, slope: 0, offset: width)]).text
    }
    guard let first = display.spans.first else { return nil }
    if display.spans.count == 1 { return first.slot.sizes(own: size.width) }
    let viewports = first.from...2600
    let points = viewports.compactMap { display.width(own: Double(size.width), viewport: Double($0)) }
    return SlotWidths(points: points, from: first.from).text
  }
}
