/// The images of an `<img>` or a `<picture>` as an author wrote them, and the one that a browser downloads.
package struct SourceSet: Hashable, Sendable {
  /// A `<source>` of a `<picture>`.
  package struct Source: Hashable, Sendable {
    /// The attributes as written; nil where there is none.
    package var srcset: String?
    package var sizes: String?
    package var media: String?
    package var type: String?

    /// Makes a source of an element's attributes.
    package init(attributes: [String: String]) {
      self.init(
        srcset: attributes["srcset"], sizes: attributes["sizes"], media: attributes["media"],
        type: attributes["type"])
    }

    /// Makes a source.
    package init(srcset: String?, sizes: String? = nil, media: String? = nil, type: String? = nil) {
      self.srcset = srcset
      self.sizes = sizes
      self.media = media
      self.type = type
    }
  }

  /// What was chosen.
  package struct Choice: Hashable, Sendable {
    /// The URL as written.
    package var url: String
    /// The width of the slot in CSS pixels; nil where no `w` descriptor asks for it.
    package var slot: Double?

    /// The slot where it is narrower than the window, which it is taken for where nobody knows more.
    package func narrowSlot(on screen: Screen) -> Double? {
      slot.flatMap { $0 < Double(screen.width) ? $0 : nil }
    }
  }

  /// The sources before the `<img>`, in order; empty for an image without a `<picture>`.
  package var sources: [Source]
  /// The attributes of the `<img>`.
  package var src: String?
  package var srcset: String?
  package var sizes: String?

  /// Makes a source set.
  package init(sources: [Source] = [], src: String?, srcset: String? = nil, sizes: String? = nil) {
    self.sources = sources
    self.src = src
    self.srcset = srcset
    self.sizes = sizes
  }

  /// The image that Chromium downloads: the HTML specification's "update the source set" and "select an image source".
  ///
  /// - Parameter autoSlot: the width that layout gives a lazy image, for `sizes="auto"`.
  package func choice(on screen: Screen, autoSlot: Double? = nil) -> Choice? {
    for source in sources {
      guard let srcset = source.srcset else { continue }
      if let media = source.media, !MediaQueryList(media).matches(screen) { continue }
      if let type = source.type, !type.isEmpty, !Self.isSupported(type) { continue }
      let candidates = SourceCandidate.parse(srcset)
      if candidates.isEmpty { continue }
      return Self.pick(candidates, sizes: source.sizes, screen, autoSlot)
    }
    var candidates = srcset.map(SourceCandidate.parse) ?? []
    if let src, !src.isEmpty, !candidates.contains(where: { $0.width != nil }) {
      candidates.append(SourceCandidate(url: src))
    }
    return Self.pick(candidates, sizes: sizes, screen, autoSlot)
  }

  private static func pick(
    _ candidates: [SourceCandidate], sizes: String?, _ screen: Screen, _ autoSlot: Double?
  ) -> Choice? {
    let hasWidths = candidates.contains { $0.width != nil }
    let slot = hasWidths ? SizesAttribute.slot(sizes, on: screen, autoSlot: autoSlot) : nil
    // Densities are single floats in Chromium, and equal ones are told by that.
    let dense = candidates.map { candidate -> (url: String, density: Float) in
      if let width = candidate.width {
        return (candidate.url, Float(width) / Float(slot ?? Double(screen.width)))
      }
      return (candidate.url, Float(candidate.density ?? 1))
    }
    var unique: [(url: String, density: Float)] = []
    let sorted = dense.enumerated().sorted {
      ($0.element.density, $0.offset) < ($1.element.density, $1.offset)
    }
    for (_, candidate) in sorted where unique.last?.density != candidate.density { unique.append(candidate) }
    return unique.isEmpty
      ? nil : Choice(url: unique[chosen(unique.map(\.density), Float(screen.density))].url, slot: slot)
  }

  /// Chromium's choice among rising densities, which the specification leaves to browsers: the lowest that is not below
  /// the screen's, or the highest of all. Found by experiment: older accounts have it choose by the geometric mean of two,
  /// which the recorded choices disprove.
  private static func chosen(_ densities: [Float], _ screen: Float) -> Int {
    densities.firstIndex { $0 >= screen } ?? densities.count - 1
  }

  /// Image types that Chromium decodes.
  private static func isSupported(_ type: String) -> Bool {
    let essence = type.prefix { $0 != ";" }.drop { $0 == " " }.lowercased()
    let trimmed = String(essence.reversed().drop { $0 == " " }.reversed())
    return [
      "image/avif", "image/webp", "image/jxl", "image/jpeg", "image/jpg", "image/pjpeg", "image/png",
      "image/x-png",
      "image/apng", "image/gif", "image/svg+xml", "image/bmp", "image/x-ms-bmp", "image/x-icon",
      "image/vnd.microsoft.icon", "image/x-xbitmap",
    ].contains(trimmed)
  }
}
