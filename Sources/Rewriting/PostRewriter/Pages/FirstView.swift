import AssetModel

/// What windows show of a page's images before anybody scrolls, as far as it can be told without a browser: an image stands
/// below the text above it, and below the images before it that are as wide as a column.
///
/// Nothing but the time of loading depends on it. What may be painted largest is told too early rather than too late.
struct FirstView {
  /// A phone as usual themes fill it, with a header and lines set wider (on nine posts of a real blog text took 1.6 to 2.4
  /// times the least room), then a phone, a tablet and a laptop with the least room that text takes.
  private static let windows: [(width: Double, height: Double, header: Double, text: Double)] = [
    (412, 915, 60, 2), (412, 915, 0, 1), (820, 1180, 0, 1), (1440, 900, 0, 1),
  ]
  /// The share of a phone's window, and of the widest image of the page, from which on an image has no other beside it; and
  /// of a wide window, the narrowest column that there is.
  private static let (leastShare, narrowestColumn) = (0.6, 0.25)
  private static let widestPhone = 500.0

  /// The area that each window shows of an image, by where the image stands; nil where the window ends above it.
  private var areas: [Int: [Double?]] = [:]

  /// - Parameters:
  ///   - images: the page's images, in their order.
  ///   - sources: the image files by their paths.
  init(_ images: [Reference], _ sources: [String: Source]) {
    let texts = Self.textsAbove(images)
    for window in Self.windows {
      let boxes = images.map { Self.box(of: $0, sources, window.width) }
      let widest = min(window.width, boxes.map(\.width).max() ?? 0)
      let isPhone = window.width < Self.widestPhone
      let column =
        isPhone
        ? window.width * Self.leastShare : max(window.width * Self.narrowestColumn, widest * Self.leastShare)
      var heightAbove = window.header
      for (number, image) in images.enumerated() {
        let (text, box) = (texts[number], boxes[number])
        let above = heightAbove + Double(isPhone ? text.onPhones : text.onLaptops) * window.text
        let area = above < window.height ? box.width * min(box.height, window.height - above) : nil
        areas[image.range.start, default: []].append(area)
        if box.width >= column, image.display?.isSometimesHidden != true { heightAbove += box.height }
      }
    }
  }

  /// The text above each image in its article, and above one behind an article the text of that.
  private static func textsAbove(_ images: [Reference]) -> [ImageDisplay.TextHeight] {
    var last: (text: ImageDisplay.TextHeight, letters: Int)?
    return images.map { image in
      guard let display = image.display else { return .init() }
      var text = display.textAbove
      let isInArticle = text.onPhones > 0 || [" article", " main"].contains { display.path.contains($0) }
      if let last, !isInArticle || text.onPhones < last.text.onPhones {
        // Lines of 50 letters, and of 100.
        let letters = max(0, display.lettersBefore - last.letters)
        text = last.text
        text.onPhones += letters * 21 / 50
        text.onLaptops += letters * 21 / 100
      }
      if isInArticle { last = (text, display.lettersBefore) }
      return text
    }
  }

  /// Whether a phone shows an image, as usual themes fill it.
  func isOnPhones(_ image: Reference) -> Bool { areas[image.range.start]?.first.flatMap(\.self) != nil }

  /// The greatest area that a window shows of an image.
  func area(of image: Reference) -> Double { areas[image.range.start]?.compactMap(\.self).max() ?? 0 }

  /// The images that are the largest in a window, where they are large enough to be painted last.
  func largest(of images: [Reference]) -> Set<Int> {
    let largest = Self.windows.indices.dropFirst().compactMap { number in
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
