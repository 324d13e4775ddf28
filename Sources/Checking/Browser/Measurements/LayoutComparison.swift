import Foundation

/// What a reader would see change between two views of a page.
package struct LayoutComparison: Codable, Hashable, Sendable {
  /// How far a box may move, in CSS pixels: what rounding of fractional sizes can do.
  package static let tolerance = 1.0
  /// How much more a page may shift while it loads. Below 0.1 a page counts as stable (web.dev/articles/cls); two visits
  /// of one page differ by up to a fifth of that, with the order in which its images come in.
  package static let shiftTolerance = 0.02
  /// How much narrower than its slot a file may be (its rungs are up to 2 % narrower than planned).
  package static let smallest = 0.95
  /// How much wider than its slot a file may be.
  package static let largest = 2.0

  /// What changed.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// An image that was shown is not any more.
    case broken
    /// The trees of elements differ.
    case elements
    /// A box stands elsewhere, or has another size.
    case moved
    /// The style of a caption, or of what is near an image, is another.
    case restyled
    /// A background that is shown at its own size has another size, and so shows another part of the picture.
    case rescaled
    /// The file is too small for its slot, and the author's was not, or was less so.
    case blurry
    /// The largest paint waits for the image to come near the view, and did not before.
    case lateLargestPaint
    /// The page shifts more while it loads.
    case shifts
    /// A script or the browser complains of something, and did not before.
    case complaints
    /// The file is more than twice as wide as its slot, although a smaller one is on offer that would do.
    case wasteful

    /// Whether a reader sees it. What is merely wasteful is told, and is no difference.
    package var isDifference: Bool { self != .wasteful }
  }

  /// One change.
  package struct Change: Codable, Hashable, Sendable {
    package var kind: Kind
    /// The place in the tree.
    package var path: String
    package var before: String
    package var after: String

    package init(_ kind: Kind, _ path: String, _ before: String, _ after: String) {
      self.kind = kind
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// The changes, in document order by kind.
  package var changes: [Change] = []

  package var isSame: Bool { !changes.contains { $0.kind.isDifference } }

  /// - Parameters:
  ///   - unstable: places that differ between two visits of the same page, and say nothing.
  ///   - density: device pixels to a CSS pixel.
  ///   - shiftSpread: how far the shifts of two visits of the page before are apart.
  package init(
    _ before: PageView, _ after: PageView, density: Double, unstable: Set<String> = [],
    shiftSpread: Double = 0
  ) {
    compareBoxes(before, after)
    compareImages(before, after, density)
    compareBackgrounds(before, after)
    compareLoading(before, after, shiftSpread)
    let earlierComplaints = Set(before.complaints)
    changes += after.complaints.filter { !earlierComplaints.contains($0) }.map {
      Change(.complaints, "", "", $0)
    }
    changes.removeAll {
      unstable.contains($0.path) && [.moved, .restyled, .elements, .rescaled].contains($0.kind)
    }
  }

  /// The places that differ between two visits of one page.
  package static func unstable(_ first: PageView, _ second: PageView) -> Set<String> {
    Set(LayoutComparison(first, second, density: 1).changes.map(\.path))
  }

  private mutating func compareBoxes(_ before: PageView, _ after: PageView) {
    let isAligned = before.paths == after.paths
    let indices = Dictionary(
      after.paths.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    for (index, path) in before.paths.enumerated() {
      guard let other = isAligned ? index : indices[path] else {
        changes.append(Change(.elements, path, "there", "gone"))
        continue
      }
      let (a, b) = (before.box(index), after.box(other))
      let isMoved = [a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height].contains {
        abs($0) > Self.tolerance
      }
      if isMoved { changes.append(Change(.moved, path, a.text, b.text)) }
      if let a = before.style(index), let b = after.style(other), a != b {
        let (old, new) = Self.different(a, b)
        if !old.isEmpty { changes.append(Change(.restyled, path, old, new)) }
      }
    }
    if !isAligned {
      let earlierPaths = Set(before.paths)
      for path in after.paths where !earlierPaths.contains(path) {
        changes.append(Change(.elements, path, "not there", "there"))
      }
    }
  }

  /// The properties of two styles that differ.
  private static func different(_ a: String, _ b: String) -> (String, String) {
    let pairs = zip(a.split(separator: ";"), b.split(separator: ";")).filter { !isSame($0, $1) }
    return (
      pairs.map { String($0.0) }.joined(separator: ";"), pairs.map { String($0.1) }.joined(separator: ";")
    )
  }

  /// Whether two declarations are the same. A margin that is `auto` is what the box leaves of its row, and as uncertain.
  private static func isSame(_ a: Substring, _ b: Substring) -> Bool {
    guard a != b else { return true }
    guard a.hasPrefix("margin-"), let old = pixels(a), let new = pixels(b) else { return false }
    return abs(old - new) <= tolerance
  }

  private static func pixels(_ declaration: Substring) -> Double? {
    guard declaration.hasSuffix("px"), let colon = declaration.firstIndex(of: ":") else { return nil }
    return Double(declaration[declaration.index(after: colon)...].dropLast(2))
  }

  private mutating func compareImages(_ before: PageView, _ after: PageView, _ density: Double) {
    let old = Dictionary(before.images.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for image in after.images {
      let was = old[image.path]
      // What has no box is not loaded where it is lazy; whether its files are there is told by the HTML.
      if was?.isShown == true, !image.isShown, image.width > 0 || was?.width ?? 0 > 0 {
        changes.append(
          Change(.broken, image.path, was?.chosen ?? "", image.chosen.isEmpty ? image.src : image.chosen))
        continue
      }
      guard image.isShown, image.isResponsive, let pixels = image.pixels, image.width >= 1 else { continue }
      let need = image.neededWidth * density
      // No file can have more pixels than the author's.
      let possible = min(need, was?.pixels ?? need)
      if pixels < possible * Self.smallest {
        changes.append(
          Change(
            .blurry, image.path, "\(Int(possible.rounded())) pixels are needed and there",
            "\(Int(pixels)) pixels: \(image.chosen)"))
      }
      let smaller = image.offered.filter { $0 >= need && $0 < pixels }
      if pixels > need * Self.largest, !smaller.isEmpty {
        changes.append(
          Change(
            .wasteful, image.path, "\(Int(need.rounded())) pixels are needed",
            "\(Int(pixels)) pixels: \(image.chosen)"))
      }
    }
  }

  private mutating func compareBackgrounds(_ before: PageView, _ after: PageView) {
    let old = Dictionary(before.backgrounds.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for background in after.backgrounds {
      guard let was = old[background.path]?.size, was != background.size else { continue }
      changes.append(
        Change(.rescaled, background.path, was, "\(background.size ?? "none"): \(background.url)"))
    }
  }

  private mutating func compareLoading(_ before: PageView, _ after: PageView, _ spread: Double) {
    if let paint = after.largestPaint, paint.loading == "lazy", before.largestPaint?.loading != "lazy" {
      changes.append(
        Change(
          .lateLargestPaint, paint.path, "loading=\(before.largestPaint?.loading.nonEmpty ?? "eager")",
          "loading=lazy"))
    }
    // A page whose images are as they were shifts by what else comes late.
    let old = Dictionary(before.images.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let isTouched = after.images.contains { image in
      old[image.path].map { $0.chosen != image.chosen || $0.loading != image.loading } ?? true
    }
    if isTouched, after.shift > before.shift + Self.shiftTolerance + spread {
      changes.append(
        Change(
          .shifts, "", String(format: "%.3f", before.shift), String(format: "%.3f", after.shift)))
    }
  }
}

extension PageView.Picture {
  /// The width in CSS pixels that the whole image needs so that its slot is filled as `object-fit` says.
  var neededWidth: Double {
    guard naturalWidth > 0, naturalHeight > 0 else { return width }
    let byHeight = height * naturalWidth / naturalHeight
    switch fit {
    case "cover": return max(width, byHeight)
    case "contain": return min(width, byHeight)
    case "scale-down": return min(width, byHeight, naturalWidth)
    case "none": return naturalWidth
    default: return width
    }
  }
}

extension PageView.Box {
  /// `x,y width×height`
  var text: String {
    func short(_ value: Double) -> String {
      let tenths = (value * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
    return "\(short(x)),\(short(y)) \(short(width))×\(short(height))"
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
