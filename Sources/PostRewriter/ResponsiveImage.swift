import Manifest

/// What one place in a post offers a browser: candidates, the slot, and how urgently it is loaded.
struct ResponsiveImage: Hashable {
  /// One candidate of a `srcset`.
  struct Candidate: Hashable {
    var url: String
    var width: Int

    /// As `srcset` writes it.
    var text: String { "\(url) \(width)w" }
  }

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
  /// When the image is loaded.
  var loading: ImageRole.Loading
  /// The author's attributes, which win over ours.
  var authorAttributes: [String: String]

  private struct Hint: Hashable {
    var width: Int
    var height: Int
  }
  private var hint: Hint?

  init(
    reference: Reference, source: Source, variants: [Variant], link: LinkForm, role: ImageRole,
    options: RewriteOptions
  ) {
    self.isAnimated = source.content == .animation
    self.loading = role.loading
    self.authorAttributes = reference.attributes
    self.candidates = Self.candidates(
      source: source, variants: variants, link: link, url: reference.url, options: options)
    let hasOwnSize = ["width", "height", "style"].contains { reference.attributes[$0] != nil }
    self.hint = hasOwnSize || !role.reservesSpace ? nil : Hint(width: source.width, height: source.height)
    let slot = Self.slotWidth(source: source, attributes: reference.attributes)
    self.sizes = options.sizes ?? "(min-width: \(slot)px) \(slot)px, 100vw"
  }

  /// The variants by format. Where no variant comes near the source's own width, because none was smaller than
  /// the file, the source itself is the widest candidate: otherwise a large screen would get fewer pixels than
  /// before. A source with an EXIF orientation is left out: its stored width is not the shown one.
  private static func candidates(
    source: Source, variants: [Variant], link: LinkForm, url: String, options: RewriteOptions
  ) -> [ImageFormat: [Candidate]] {
    let responsive = variants.filter { $0.purpose == .responsive }.sorted { $0.width < $1.width }
    var candidates: [ImageFormat: [Candidate]] = [:]
    for variant in responsive {
      candidates[variant.format, default: []]
        .append(Candidate(url: link.url(of: variant.path), width: variant.width))
    }
    guard source.format.isShownByBrowsers, source.orientation == 1, source.width <= options.widestRung
    else { return candidates }
    for (format, list) in candidates {
      guard let widest = list.last?.width, Double(source.width) > Double(widest) * 1.15 else { continue }
      candidates[format] = list + [Candidate(url: link.url(of: source.path), width: source.width)]
    }
    return candidates
  }

  /// The width in CSS pixels that the image has without any stylesheet: the author's `width`, or what the
  /// author's `height` makes of it, or the source's own.
  private static func slotWidth(source: Source, attributes: [String: String]) -> Int {
    if let width = attributes["width"].flatMap(pixels) { return width }
    if let height = attributes["height"].flatMap(pixels), source.height > 0, attributes["width"] == nil {
      return max(1, height * source.width / source.height)
    }
    return source.width
  }

  /// A dimension attribute in pixels (`300` or `300px`); nil for percentages and anything else.
  private static func pixels(_ value: String) -> Int? {
    let digits = value.hasSuffix("px") ? value.dropLast(2) : value[...]
    guard let number = Int(digits), (1...100_000).contains(number) else { return nil }
    return number
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
      // Without it a theme's `max-width` would narrow the image and keep its full pixel height.
      hints.append(("style", "height:auto"))
    }
    switch loading {
    case .lazy: hints += [("loading", "lazy"), ("decoding", "async")]
    case .urgent where authorAttributes["loading"] != "lazy": hints.append(("fetchpriority", "high"))
    case .urgent, .unchanged: break
    }
    return hints.filter { authorAttributes[$0.name] == nil }
  }
}
