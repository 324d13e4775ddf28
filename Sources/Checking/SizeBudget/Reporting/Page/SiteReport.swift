import AssetModel

/// What there is to say about a site's images: everything that the HTML report shows.
package struct SiteReport: Sendable {
  /// Where it is known from what was made of the images.
  package enum Record: Hashable, Sendable {
    /// Nothing was made yet; this command makes it.
    case nothing(command: String)
    /// There are files that runs made, and no record of them.
    case unrecorded(command: String)
    /// A staged copy in this folder.
    case staged(folder: String)
    /// The site's own posts were edited.
    case inPlace
  }

  /// A part of a source and the same part of a variant, at the same scale.
  package struct Pair: Hashable, Sendable {
    /// The variant's path.
    package var variant: String
    /// The size of both pictures in pixels.
    package var width: Int
    package var height: Int
    /// The pictures as `data:` URLs.
    package var before: String
    package var after: String

    package init(variant: String, width: Int, height: Int, before: String, after: String) {
      self.variant = variant
      self.width = width
      self.height = height
      self.before = before
      self.after = after
    }
  }

  /// What the site is called.
  package var name: String
  /// What readers get, and what budgets and lints say of it.
  package var result: CheckResult
  /// The site as its author has it; nil where that is what readers get.
  package var before: SiteWeight?
  /// Where it is known from what was made.
  package var record: Record
  /// What was made of the images, in any order.
  package var variants: [Variant]
  /// The images that are not those any more that their variants were made of.
  package var outdated: Set<String>
  /// Views of images before and after, by the image's path.
  package var pairs: [String: Pair]

  package init(
    name: String, result: CheckResult, before: SiteWeight? = nil, record: Record, variants: [Variant] = [],
    outdated: Set<String> = [], pairs: [String: Pair] = [:]
  ) {
    self.name = name
    self.result = result
    self.before = before
    self.record = record
    self.variants = variants
    self.outdated = outdated
    self.pairs = pairs
  }

  /// The variant that stands for what was made of an image: the lightest of the widest.
  ///
  /// - Parameter variants: those of one image.
  /// - Returns: nil where there is none that shows the whole image.
  package static func representative(of variants: [Variant]) -> Variant? {
    let whole = variants.filter { $0.crop == nil && $0.purpose != .fallback && $0.purpose != .upright }
    let candidates = whole.filter { $0.purpose == .responsive }
    return (candidates.isEmpty ? whole : candidates)
      .min { ($1.width, $0.bytes, $0.path) < ($0.width, $1.bytes, $1.path) }
  }
}
