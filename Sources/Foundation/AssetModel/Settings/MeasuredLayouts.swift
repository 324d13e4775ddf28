/// What was measured of a site's pages in a browser: the section `layouts` of the configuration.
public struct MeasuredLayouts: Codable, Hashable, Sendable {
  /// How wide images are shown.
  public enum Slot: Codable, Hashable, Sendable {
    /// At their own width, whatever the window's is.
    case own
    /// At their own width, or as wide as the slot where that is narrower.
    case upTo(SlotWidths)
    /// As wide as the slot, whatever their own width is.
    case filled(SlotWidths)

    /// The `sizes` attribute of an image.
    ///
    /// - Parameter own: the image's own width in CSS pixels.
    package func sizes(own: Int) -> String {
      switch self {
      case .own: "\(own)px"
      case .upTo(let widths): widths.sizes(own: own)
      case .filled(let widths): widths.text
      }
    }

    /// How wide an image is shown in a window, in CSS pixels.
    package func width(own: Double, viewport: Double) -> Double {
      switch self {
      case .own: own
      case .upTo(let widths): min(own, widths.width(at: viewport))
      case .filled(let widths): widths.width(at: viewport)
      }
    }
  }

  /// What holds where all conditions do.
  public struct Rule: Codable, Hashable, Sendable {
    /// The layout of the post; nil for any.
    public var layout: String?
    /// A pattern over the paths of posts, as a line of `.gitignore`; nil for any.
    public var glob: String?
    /// A simple selector over the image itself, as in ``SizesRules/Rule``; of built pages also one over the names and
    /// classes of the elements around it, `main > article p > img`; nil for any.
    public var selector: String?
    /// The images' files, relative to the site's root; empty for any.
    public var images: [String] = []
    /// How wide the images are shown.
    public var slot: Slot?
    /// The form of markup that preserved the layout.
    public var markup: MarkupForm?
    /// Whether the layout stays when images gain a width and a height.
    public var hints: Bool?
    /// The images, one of which is painted largest while the page loads; nil where that was not measured.
    public var largest: [String]?

    /// Makes a rule without conditions that says nothing.
    public init() {}
  }

  /// The rules: of those that fit, the first that says something about a matter counts.
  public var rules: [Rule] = []

  /// Makes a set without rules.
  public init() {}

  /// The form of markup for the site: one for all, so a `<picture>` only where every layout keeps with it; nil where none was
  /// measured.
  package var markup: MarkupForm? {
    let forms = Set(rules.compactMap(\.markup))
    return forms.isEmpty ? nil : forms == [.picture] ? .picture : .srcset
  }

  /// How wide an image is shown; nil where that was not measured.
  package func slot(of reference: Reference, in post: Post) -> Slot? {
    rules.first { $0.slot != nil && $0.fits(post) && $0.fits(reference) }?.slot
  }

  /// Whether images may gain a width and a height; nil where that was not measured.
  package func hints(in post: Post) -> Bool? { rules.first { $0.hints != nil && $0.fits(post) }?.hints }

  /// The images that load first; nil where that was not measured.
  package func largest(in post: Post) -> [String]? {
    rules.first { $0.largest != nil && $0.fits(post) }?.largest
  }
}

extension MeasuredLayouts.Rule {
  fileprivate func fits(_ post: Post) -> Bool {
    if let layout, layout != post.layout ?? "" { return false }
    return glob.map { PathPattern($0).matches(post.path) } ?? true
  }

  fileprivate func fits(_ reference: Reference) -> Bool {
    if !images.isEmpty, !images.contains(reference.source ?? "") { return false }
    guard let selector else { return true }
    // What was measured of a page says its whole path, which is found without reading it.
    if let path = reference.display?.path, selector == path { return true }
    if SizesRules.Rule.parts(of: selector) != nil { return SizesRules.Rule.fits(selector, reference) }
    return reference.display.map { PathSelector(selector)?.matches($0.path) ?? false } ?? false
  }
}

extension MeasuredLayouts.Slot: CompactRecord {
  package static var blank: MeasuredLayouts.Slot { .own }

  /// Which case a slot is, in its bytes.
  private enum Form: String { case own, upTo, filled }

  private var form: Form {
    switch self {
    case .own: .own
    case .upTo: .upTo
    case .filled: .filled
    }
  }

  private var widths: SlotWidths {
    switch self {
    case .own: SlotWidths(pieces: [])
    case .upTo(let widths), .filled(let widths): widths
    }
  }

  package mutating func exchange(with fields: CompactFields) throws {
    var (form, widths) = (form, widths)
    try fields.exchange(&form)
    try fields.exchange(&widths.pieces)
    switch form {
    case .own: self = .own
    case .upTo: self = .upTo(widths)
    case .filled: self = .filled(widths)
    }
  }
}
