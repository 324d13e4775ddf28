import AssetModel

/// What one place in a post offers a browser: candidates, the slot, and how urgently it is loaded.
struct ResponsiveImage: Hashable {
  /// One candidate of a `srcset`.
  struct Candidate: Hashable {
    var url: String
    var width: Int
    var format: ImageFormat

    /// As `srcset` writes it.
    var text: String { "\(url) \(width)w" }
  }

  /// The variants of the image's shape, narrowest first.
  let variants: [Variant]
  /// The candidates of a format, narrowest first.
  var candidates: [ImageFormat: [Candidate]]
  /// Whether the candidates are animations.
  let isAnimated: Bool
  /// The `sizes` attribute.
  var sizes: String
  /// The image's width and height in CSS pixels where the author gave neither and no style.
  var dimensions: (width: Int, height: Int)? {
    get { hint.map { ($0.width, $0.height) } }
    set { hint = newValue.map { Hint(width: $0.width, height: $0.height) } }
  }
  /// The formats whose lists end with a file of another format: they have no one type.
  var mixed: Set<ImageFormat>
  /// What stands in the image's place until it is there, as CSS.
  var placeholder: String?
  /// When the image is loaded.
  var loading: ImageRole.Loading
  /// The author's attributes, which win over ours.
  var authorAttributes: [String: String]

  private struct Hint: Hashable {
    var width: Int
    var height: Int
  }
  private var hint: Hint?
  /// Whether `height:auto` stands beside the dimensions.
  private var needsAutoHeight = true
  /// Whether `height:auto` goes into the author's own `style`.
  private(set) var joinsStyle = false
  /// Whether a `style` attribute may be written.
  private let allowsStyle: Bool
  /// Whether each attribute has to be one word.
  let isOneWord: Bool

  /// - Parameters:
  ///   - crop: the shape that is offered; nil for the source's own.
  ///   - variants: the source's, of all shapes.
  init(
    reference: Reference, crop: Crop?, source: Source, variants: [Variant], link: LinkForm, role: ImageRole,
    options: RewriteOptions, slots: RewriteOptions.Slots = .init()
  ) {
    let shape = (width: source.width, height: source.height)
    let size = crop?.size(of: shape) ?? shape
    self.variants = variants.filter { $0.purpose == .responsive && $0.crop == crop }
      .sorted { $0.width < $1.width }
    self.isAnimated = source.content == .animation
    self.loading = role.loading
    self.placeholder = source.placeholder.map(Self.background)
    self.authorAttributes = reference.attributes
    let upright = variants.first { $0.purpose == .upright }
    self.candidates = Self.candidates(
      source: crop == nil ? source : nil, variants: self.variants, upright: upright, link: link,
      options: options)
    if reference.isInSummary == true { candidates = candidates.mapValues(Self.single) }
    self.mixed = Set(
      candidates.filter { format, list in list.contains { $0.format != format } }.map(\.key))
    allowsStyle = options.allowsStyle
    isOneWord = options.countsMarkup
    let style = AuthorStyle(reference.attributes["style"] ?? "")
    if role.reservesSpace, slots.allowsHints {
      hint = Self.hint(size, reference, style)
      joinsStyle = hint != nil && reference.attributes["style"] != nil
    }
    needsAutoHeight = allowsStyle
    // What loads late must not push away what is there by then.
    if slots.display == nil, role.reservesSpace, loading == .lazy, hint == nil,
      !Self.isReserved(reference.attributes, style)
    {
      loading = .unchanged
    }
    // A page's images have a display, or sizes that only say how large the file is.
    self.sizes = Self.sizes(
      size, reference.attributes, style, slots, isFixed: hint != nil || !role.reservesSpace)
    // An image without dimensions would be 300 px wide until it is there (HTML, 15.4.3).
    if slots.sizes == nil, hint != nil, slots.allowsAuto, loading == .lazy,
      reference.attributes["loading"] ?? "lazy" == "lazy"
    {
      sizes = "auto, " + sizes
    }
    if let display = slots.display {
      let page = PageSizing(
        display, size: size, authorWidth: reference.attributes["width"].flatMap(Self.pixels), slots: slots)
      (sizes, needsAutoHeight) = (page.sizes, page.needsAutoHeight)
      dimensions = page.dimensions
      // What loads late must not push away what is there by then.
      if loading == .lazy, dimensions == nil, display.space != .reserved { loading = .unchanged }
    }
  }

  /// The dimensions that an image gains: its own, or those of the width that its author gave it.
  private static func hint(
    _ size: (width: Int, height: Int), _ reference: Reference, _ style: AuthorStyle
  ) -> Hint? {
    let attributes = reference.attributes
    if attributes["height"] != nil { return nil }
    // Only of a tag the author's style can be added to.
    if attributes["style"] != nil, reference.kind != .htmlImage || !style.leavesSize { return nil }
    guard let written = attributes["width"] else { return Hint(width: size.width, height: size.height) }
    guard attributes["style"] == nil, let width = pixels(written), size.width > 0 else { return nil }
    let height = Double(width) * Double(size.height) / Double(size.width)
    return Hint(width: width, height: max(1, Int(height.rounded())))
  }

  /// Whether the author has kept room for the image.
  private static func isReserved(_ attributes: [String: String], _ style: AuthorStyle) -> Bool {
    style.reservesSpace || ["width", "height"].allSatisfy { attributes[$0].flatMap(pixels) != nil }
  }

  /// The `sizes` of an image of a post. Where nothing else says how wide its box is, the box follows them, so that they
  /// must not say less than the box has.
  private static func sizes(
    _ size: (width: Int, height: Int), _ attributes: [String: String], _ style: AuthorStyle,
    _ slots: RewriteOptions.Slots, isFixed: Bool
  ) -> String {
    var slot = slotWidth(size: size, attributes: attributes)
    // A rule's width counts before the attribute's.
    if slot < size.width { slot = max(slot, min(slots.widest, size.width)) }
    if let width = style.width { slot = style.isExact ? width : min(slot, width) }
    var isFixed = isFixed || attributes["width"] != nil || style.setsWidth
    if !isFixed, attributes["height"].flatMap(pixels) != nil {
      // A height makes a width, unless a rule takes it away.
      if slots.keepsShape { slot = size.width } else { isFixed = true }
    }
    if let sizes = slots.sizes ?? slots.measured?.sizes(own: slot) { return sizes }
    guard isFixed && !slots.mayIgnoreWidth || slots.isCapped && !style.setsMaxWidth else {
      return "\(slot)px"
    }
    return slots.column?.sizes(own: slot) ?? "(min-width: \(slot)px) \(slot)px, 100vw"
  }

  /// The variants by format. Where no variant comes near the widest that the ladder wants, because none was smaller than the
  /// file, the source itself is the widest candidate, or what was made for its place: otherwise a large screen would get fewer
  /// pixels than before. Where there is neither, the image has no such list.
  ///
  /// - Parameter source: nil where the source has another shape.
  private static func candidates(
    source: Source?, variants: [Variant], upright: Variant?, link: LinkForm, options: RewriteOptions
  ) -> [ImageFormat: [Candidate]] {
    let own = { (variant: Variant) in
      Candidate(url: link.url(of: variant.path), width: variant.width, format: variant.format)
    }
    var candidates = Dictionary(grouping: variants.map(own), by: \.format)
    guard let source, source.format.isShownByBrowsers else { return candidates }
    let last =
      source.canBeCandidate
      ? Candidate(url: link.url(of: source.path), width: source.width, format: source.format)
      : (upright ?? variants.last { $0.format == .jpeg || $0.format == .png }).map(own)
    let wanted = min(source.width, options.widestRung)
    for (format, list) in candidates {
      guard let widest = list.last?.width, Variant.endsShort(at: widest, of: wanted) else { continue }
      guard let last, !Variant.endsShort(at: last.width, of: wanted) else {
        candidates[format] = nil
        continue
      }
      candidates[format] = list + [last]
    }
    if candidates.isEmpty, let upright { candidates[upright.format] = [own(upright)] }
    return candidates
  }

  /// The one candidate that is good enough for most screens.
  private static func single(_ list: [Candidate]) -> [Candidate] {
    (list.first { $0.width >= 1280 } ?? list.last).map { [$0] } ?? []
  }

  /// The CSS that paints a placeholder. Base64 needs no quotes in `url()`.
  private static func background(_ placeholder: String) -> String {
    placeholder.hasPrefix("#")
      ? "background-color:\(placeholder)" : "background:url(\(placeholder)) 0 0/100% 100% no-repeat"
  }

  /// The width in CSS pixels that the image has without any stylesheet: the author's `width`, or what the
  /// author's `height` makes of it, or its own.
  private static func slotWidth(size: (width: Int, height: Int), attributes: [String: String]) -> Int {
    if let width = attributes["width"].flatMap(pixels) { return width }
    if let height = attributes["height"].flatMap(pixels), size.height > 0, attributes["width"] == nil {
      return max(1, height * size.width / size.height)
    }
    return size.width
  }

  /// A dimension attribute in pixels (`300` or `300px`); nil for percentages and anything else.
  private static func pixels(_ value: String) -> Int? {
    let digits = value.hasSuffix("px") ? value.dropLast(2) : value[...]
    guard let number = Int(digits), (1...100_000).contains(number) else { return nil }
    return number
  }

  /// The one file that stands for the image where no candidates are read: the widest that every reader knows.
  var fallback: Variant? {
    variants.last { $0.format == .jpeg || $0.format == .png } ?? variants.last
  }

  /// The `srcset` of a format, nil without candidates.
  func srcset(_ format: ImageFormat) -> String? {
    guard let list = candidates[format], !list.isEmpty else { return nil }
    return list.map(\.text).joined(separator: ", ")
  }

  /// Our attributes other than `src` and `srcset`, in the order in which they are written, without those that
  /// the author gave.
  var hints: [(name: String, value: String)] {
    var hints: [(name: String, value: String)] = []
    if let dimensions {
      hints.append(("width", "\(dimensions.width)"))
      hints.append(("height", "\(dimensions.height)"))
    }
    // Without `height` a theme's `max-width` would narrow the image and keep its full pixel height.
    let style = [dimensions == nil || !needsAutoHeight || joinsStyle ? nil : "height:auto", placeholder]
      .compactMap(\.self)
    if !style.isEmpty, allowsStyle { hints.append(("style", style.joined(separator: ";"))) }
    switch loading {
    case .lazy: hints += [("loading", "lazy"), ("decoding", "async")]
    case .urgent where authorAttributes["loading"] != "lazy": hints.append(("fetchpriority", "high"))
    case .eager: hints.append(("loading", "eager"))
    case .urgent, .unchanged: break
    }
    return hints.filter { authorAttributes[$0.name] == nil }
  }
}
