import AssetModel

/// When the images of a built page are loaded: those that a reader sees first at once, the largest of these before all
/// others, and the rest when they come near the view. Phones say which are first, for they wait longest.
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
    let view = FirstView(images, sources)
    let urgent = Self.urgent(first, sources, view, largest: largest, among: images)
    let largestOfWindows = view.largest(of: first.filter { $0.display?.isSometimesHidden != true })
    // What is loaded ahead is wanted at once.
    let preloaded = Set(references.filter { $0.kind == .preload }.compactMap(\.source))
    for image in images {
      let start = image.range.start
      // A lazy image that no window shows is not there once a script shows it.
      let isReserved =
        image.display.map { $0.space != .none && $0.mayLoadLazily && $0.isShownSomewhere } ?? false
      let isFirst = first.contains { $0.range.start == start }
      let isWanted = isFirst && view.isOnPhones(image) || image.source.map(preloaded.contains) == true
      let loading: ImageRole.Loading
      if urgent.contains(start) {
        loading = .urgent
      } else if !isReserved || isWanted {
        loading = .unchanged
      } else {
        loading = largestOfWindows.contains(start) ? .eager : .lazy
      }
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
    _ first: [Reference], _ sources: [String: Source], _ view: FirstView, largest: [String]?,
    among images: [Reference]
  ) -> Set<Int> {
    if let largest {
      return Set(images.filter { largest.contains($0.source ?? "") }.map(\.range.start))
    }
    // An author who has said which one it is knows better.
    guard !images.contains(where: { $0.attributes["fetchpriority"] == "high" }) else { return [] }
    var best: (start: Int, area: Double)?
    for image in first where image.attributes["loading"] != "lazy" && view.isOnPhones(image) {
      guard image.display?.isSometimesHidden != true, let source = image.source.flatMap({ sources[$0] }),
        area(image, source) >= ImageRole.leastLeadArea
      else { continue }
      let area = view.area(of: image)
      if area > best?.area ?? 0 { best = (image.range.start, area) }
    }
    return Set([best?.start].compactMap(\.self))
  }

  /// The largest area that an image has in one of the windows.
  private static func area(_ image: Reference, _ source: Source) -> Double {
    windows.map { window in
      let (width, height) = FirstView.box(of: image, [source.path: source], window)
      return width * height
    }.max() ?? 0
  }
}
