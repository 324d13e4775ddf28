import AssetModel

/// What an image is to its page, which decides the hints it gets beside its candidates.
struct ImageRole: Hashable {
  /// When the image is loaded.
  enum Loading: Hashable {
    /// At once: it is the likely largest contentful paint.
    case urgent
    /// At once, and said so: some windows may show it without scrolling, as the largest that they paint.
    case eager
    /// When it comes near the view.
    case lazy
    /// As the author has it.
    case unchanged
  }

  var loading: Loading
  /// Whether `width` and `height` are written, so that the page keeps room for the image until it is there.
  var reservesSpace: Bool

  /// - Parameters:
  ///   - reference: the reference.
  ///   - index: its number among the body images of its post, from 0.
  ///   - lead: the number of the image that is likely painted largest; see ``lead(of:sources:)``.
  ///   - dialect: the kind of file the post is.
  ///   - largest: the images that were measured to be painted largest; nil where none were.
  init(
    of reference: Reference, index: Int, lead: Int = 0, in dialect: Post.Dialect, largest: [String]? = nil
  ) {
    switch dialect {
    case .page:
      // PageRoles says it of the images of a page, of all of them together.
      loading = .unchanged
      reservesSpace = false
    case .mdx:
      // Which pictures components show before it, and how large, nobody knows.
      loading = .unchanged
      reservesSpace = true
    case .asciiDoc, .commonmark, .html, .kramdown, .notebook, .org, .pythonMarkdown, .reStructuredText,
      .textile:
      let isUrgent = largest.map { $0.contains(reference.source ?? "") } ?? (index == lead)
      // What stands before the lead is in the first view with it.
      loading = isUrgent ? .urgent : largest == nil && index < lead ? .unchanged : .lazy
      reservesSpace = true
    }
  }
}

extension ImageRole {
  /// The area in CSS pixels from which on an image can be the largest contentful paint; WordPress uses the same number
  /// (`wp_min_priority_img_pixels`).
  static let leastLeadArea = 50_000.0
  /// Images of a post that may be in the first view.
  private static let firstImages = 3

  /// The number of the body image of a post that is likely painted largest: the first, or where that is a badge or an icon,
  /// one of the next two.
  ///
  /// - Parameters:
  ///   - references: the post's references, in their order.
  ///   - sources: the image files by their paths.
  static func lead(of references: [Reference], sources: [String: Source]) -> Int {
    let first = references.lazy.filter { $0.isBodyImage && $0.status != .data }.prefix(firstImages)
    return first.enumerated().first { isLarge($0.element, sources) }?.offset ?? 0
  }

  /// Whether an image may be the largest paint. One of which nothing is known may.
  private static func isLarge(_ reference: Reference, _ sources: [String: Source]) -> Bool {
    guard let source = reference.source.flatMap({ sources[$0] }), source.width > 0 else { return true }
    let width = reference.attributes["width"].flatMap(Double.init) ?? Double(source.width)
    return width * width * Double(source.height) / Double(source.width) >= leastLeadArea
  }

  init(loading: Loading, reservesSpace: Bool) {
    self.loading = loading
    self.reservesSpace = reservesSpace
  }
}
