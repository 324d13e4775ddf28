import Foundation

/// What one `<img>` of a page shows at a moment.
package struct PictureLook: Codable, Hashable, Sendable {
  /// Its place in the tree, `body > main > p[2] > img`.
  package var path: String
  /// Whether it takes room and is not hidden.
  package var isVisible: Bool
  /// Whether a file was loaded and decoded.
  package var isShown: Bool
  /// The address of the file.
  package var file: String
  /// What it shows, made so small that another file of the same picture looks the same: red, green and blue of 144 points;
  /// empty for what is not visible.
  package var pixels: [Int]
  /// Its border box: x, y, width and height in CSS pixels from the page's top left.
  package var box: [Double]

  package init(
    path: String, isVisible: Bool, isShown: Bool, file: String, pixels: [Int], box: [Double]
  ) {
    self.path = path
    self.isVisible = isVisible
    self.isShown = isShown
    self.file = file
    self.pixels = pixels
    self.box = box
  }

  /// From which difference on two are another picture, of 255: encoders change single points by a few.
  package static let tolerance = 14.0

  /// How far two pictures are apart, from 0 to 255; nil where one of them shows nothing that can be compared.
  func distance(to other: PictureLook) -> Double? {
    guard !pixels.isEmpty, pixels.count == other.pixels.count else { return nil }
    let sum = zip(pixels, other.pixels).reduce(0) { $0 + abs($1.0 - $1.1) }
    return Double(sum) / Double(pixels.count)
  }
}

/// A picture that a reader does not see as before.
package struct PictureChange: Codable, Hashable, Sendable {
  /// What is wrong with a picture.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// Another picture is shown.
    case wrong
    /// None is shown.
    case broken
    /// The element is gone.
    case missing
    /// It stands elsewhere, or has another size.
    case moved
  }

  package var kind: Kind
  /// The element's place in the tree.
  package var path: String
  /// The files of both, without the server.
  package var before: String
  package var after: String

  package init(_ kind: Kind, _ path: String, before: String, after: String) {
    self.kind = kind
    self.path = path
    self.before = before
    self.after = after
  }

  /// What changed between two looks at the same page of two builds.
  package static func all(_ before: [PictureLook], _ after: [PictureLook]) -> [PictureChange] {
    let new = Dictionary(after.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return before.compactMap { old in
      guard let now = new[old.path] else {
        return old.isVisible ? PictureChange(.missing, old.path, before: old.file, after: "") : nil
      }
      return kind(old, now).map { PictureChange($0, old.path, before: old.file, after: now.file) }
    }
  }

  private static func kind(_ old: PictureLook, _ now: PictureLook) -> Kind? {
    guard old.isVisible || now.isVisible else { return nil }
    if old.isShown, !now.isShown { return .broken }
    if let distance = old.distance(to: now), distance > PictureLook.tolerance { return .wrong }
    let isMoved = zip(old.box, now.box).contains { abs($0 - $1) > LayoutComparison.tolerance }
    return isMoved ? .moved : nil
  }
}
