import AssetModel

/// When the images of a built page are loaded: those that a reader sees first at once, the largest of these before all
/// others, and the rest when they come near the view.
struct PageRoles {
  private var roles: [Int: ImageRole] = [:]

  /// Images that stay eager. A page's first images are its logo and its heading picture, and a lazy largest contentful
  /// paint slows the page. WordPress uses the same number (`wp_omit_loading_attr_threshold`, 6.0 and later).
  private static let eagerImages = 3
  /// Images that are looked at for these: logos, icons and thumbnails before them are too small to be painted largest.
  private static let mostEagerImages = 8
  /// Letters of text that no first view holds: a large screen full of lines of a hundred letters, and half of that again.
  private static let firstViewLetters = 6_000
  /// The widths of the windows that areas are compared in.
  private static let windows = [412.0, 1440.0]

  /// - Parameters:
  ///   - references: the page's references, in their order.
  ///   - sources: the image files by their paths.
  ///   - largest: the images that were measured to be painted largest; nil where none were.
  init(_ references: [Reference], sources: [String: Source], largest: [String]?) {
    let images = references.filter { $0.kind == .htmlImage && $0.status != .data }
    let first = Self.first(of: images, sources).filter {
      ($0.display?.lettersBefore ?? 0) < Self.firstViewLetters
    }
    let urgent = Self.urgent(first, sources, largest: largest, among: images)
    let eager = Set(first.map(\.range.start))
    for image in images {
      let start = image.range.start
      // A lazy image that nobody sees is not there once a script shows it.
      let isReserved =
        image.display.map { $0.space != .none && $0.mayLoadLazily && !$0.isSometimesHidden } ?? false
      let loading: ImageRole.Loading =
        urgent.contains(start) ? .urgent : !eager.contains(start) && isReserved ? .lazy : .unchanged
      roles[start] = ImageRole(loading: loading, reservesSpace: false)
    }
  }

  /// What an image is to the page; nil where it is none of its images.
  func role(of reference: Reference) -> ImageRole? { roles[reference.range.start] }

  /// The images up to the last of the first few that may be painted largest.
  private static func first(of images: [Reference], _ sources: [String: Source]) -> ArraySlice<Reference> {
    var large = 0
    for (index, image) in images.prefix(mostEagerImages).enumerated() {
      let source = image.source.flatMap { sources[$0] }
      if source.map({ area(image, $0) >= ImageRole.leastLeadArea }) ?? true { large += 1 }
      if large == eagerImages { return images.prefix(index + 1) }
    }
    return images.prefix(large == 0 ? eagerImages : mostEagerImages)
  }

  private static func urgent(
    _ first: [Reference], _ sources: [String: Source], largest: [String]?, among images: [Reference]
  ) -> Set<Int> {
    if let largest {
      return Set(images.filter { largest.contains($0.source ?? "") }.map(\.range.start))
    }
    // An author who has said which one it is knows better.
    guard !images.contains(where: { $0.attributes["fetchpriority"] == "high" }) else { return [] }
    var best: (start: Int, area: Double)?
    for image in first where image.attributes["loading"] != "lazy" {
      guard image.display?.isSometimesHidden != true, let source = image.source.flatMap({ sources[$0] })
      else { continue }
      let area = area(image, source)
      if area >= ImageRole.leastLeadArea, area > best?.area ?? 0 { best = (image.range.start, area) }
    }
    return Set([best?.start].compactMap(\.self))
  }

  /// The largest area that an image has in one of the windows.
  private static func area(_ image: Reference, _ source: Source) -> Double {
    guard source.width > 0 else { return 0 }
    let fullWidth = image.attributes["width"].flatMap(Double.init) ?? Double(source.width)
    let ratio = Double(source.height) / Double(source.width)
    return windows.map { viewport in
      let width = image.display?.width(own: fullWidth, viewport: viewport) ?? min(fullWidth, viewport)
      return width * (image.display?.height ?? width * ratio)
    }.max() ?? 0
  }
}
