import AssetModel

/// What windows show of a page's images before anybody scrolls, as far as it can be told without a browser: an image stands
/// at least below the text above it, and below the images before it that are as wide as a column.
///
/// It is told too early rather than too late, and nothing but the time of loading depends on it.
struct FirstView {
  /// The windows: a phone, a tablet and a laptop.
  private static let windows: [(width: Double, height: Double)] = [(412, 915), (820, 1180), (1440, 900)]
  /// The share of a phone's window, and of the widest image of the page, from which on an image has no other beside it; and
  /// of a wide window, the narrowest column that there is.
  private static let (leastShare, narrowestColumn) = (0.6, 0.25)

  /// The area that each window shows of an image, by where the image stands; nil where the window ends above it.
  private var areas: [Int: [Double?]] = [:]

  /// - Parameters:
  ///   - images: the page's images, in their order.
  ///   - sources: the image files by their paths.
  init(_ images: [Reference], _ sources: [String: Source]) {
    for (number, window) in Self.windows.enumerated() {
      let boxes = images.map { Self.box(of: $0, sources, window.width) }
      let widest = min(window.width, boxes.map(\.width).max() ?? 0)
      let column =
        number == 0
        ? window.width * Self.leastShare : max(window.width * Self.narrowestColumn, widest * Self.leastShare)
      var heightAbove = 0.0
      for (image, box) in zip(images, boxes) {
        let text = image.display?.textAbove
        let above = heightAbove + Double((number == 0 ? text?.onPhones : text?.onLaptops) ?? 0)
        let area = above < window.height ? box.width * min(box.height, window.height - above) : nil
        areas[image.range.start, default: []].append(area)
        if box.width >= column, image.display?.isSometimesHidden != true { heightAbove += box.height }
      }
    }
  }

  func isOnPhones(_ image: Reference) -> Bool { areas[image.range.start]?.first.flatMap(\.self) != nil }

  /// The greatest area that a window shows of an image.
  func area(of image: Reference) -> Double { areas[image.range.start]?.compactMap(\.self).max() ?? 0 }

  /// The images that are the largest in a window, where they are large enough to be painted last.
  func largest(of images: [Reference]) -> Set<Int> {
    let largest = Self.windows.indices.compactMap { number in
      images.compactMap { image in areas[image.range.start]?[number].map { (image.range.start, $0) } }
        .filter { $0.1 >= ImageRole.leastLeadArea }.max { ($0.1, -$0.0) < ($1.1, -$1.0) }?.0
    }
    return Set(largest)
  }

  /// How large an image is shown in a window; 0 where nothing is known of the file.
  static func box(
    of image: Reference, _ sources: [String: Source], _ window: Double
  ) -> (width: Double, height: Double) {
    guard let source = image.source.flatMap({ sources[$0] }), source.width > 0 else { return (0, 0) }
    let fullWidth = image.attributes["width"].flatMap(Double.init) ?? Double(source.width)
    let width = image.display?.width(own: fullWidth, viewport: window) ?? min(fullWidth, window)
    let ratio = Double(source.height) / Double(source.width)
    return (width, image.display?.height ?? width * ratio)
  }
}
