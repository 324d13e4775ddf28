import AssetModel
import Web

/// A run in figures.
public struct Summary: Codable, Hashable, Sendable {
  /// Posts, pages and other files that were read for references.
  public var posts = 0
  /// Posts whose text changed.
  public var postsRewritten = 0
  /// References by status.
  public var references: [String: Int] = [:]
  /// References that were edited.
  public var referencesRewritten = 0
  /// Image files that references resolve to.
  public var images = 0
  /// Variants that belong to the result.
  public var variants = 0
  /// Variants that this run encoded; the others were there already.
  public var encoded = 0
  /// Bytes of all variants.
  public var variantBytes = 0
  /// Image bytes in the bodies of all posts before: the originals, each counted once a post.
  public var bytesBefore = 0
  /// The same as a phone 412 CSS pixels wide at a density of 2.625 downloads them after.
  public var bytesAfterPhone = 0
  /// The same for a laptop 1440 CSS pixels wide at a density of 1.
  public var bytesAfterLaptop = 0
  /// Errors, warnings and notes.
  public var errors = 0
  /// Warnings.
  public var warnings = 0
  /// Notes.
  public var notes = 0
  /// The form of the new markup, and why; nil where none is written.
  public var markup: Markup?
  /// Where the result is; empty where nothing was written.
  public var output = ""
  /// Wall time in seconds.
  public var seconds = 0.0

  /// The form of the new markup, and why it is that one.
  public struct Markup: Codable, Hashable, Sendable {
    /// The form.
    public var form: MarkupForm
    /// Why, for a person to read.
    public var reason: String
    /// The file that decided, relative to the site's root; nil where none did.
    public var file: String?
    /// The line that decided, from 1.
    public var line: Int?
    /// Why images do not gain a width and a height; nil where all may.
    public var hints: String?
    /// Why files of front-matter images have as many pixels as the author's; nil where they need not.
    public var frontMatter: String?

    init(asked: MarkupForm?, measured: MarkupForm?, theme: ThemeFit) {
      form = asked ?? measured ?? theme.form
      if asked != nil {
        reason = "the configuration says so"
      } else if measured != nil {
        reason = "calibrate measured that it keeps the layout"
      } else {
        (reason, file, line) = (theme.reason, theme.file, theme.line)
      }
      hints = theme.hintReason
      frontMatter = theme.frontMatterReason
    }
  }

  /// Counts what a manifest holds. What only a run knows (what was encoded or written) stays zero.
  public init(manifest: AssetManifest) {
    posts = manifest.posts.count
    for reference in manifest.references { references[reference.status.rawValue, default: 0] += 1 }
    images = manifest.sources.count
    variants = manifest.variants.count
    variantBytes = manifest.variants.reduce(0) { $0 + $1.bytes }
    errors = manifest.problems.count { $0.severity == .error }
    warnings = manifest.problems.count { $0.severity == .warning }
    notes = manifest.problems.count { $0.severity == .note }
    let weights = PageWeights(manifest: manifest)
    bytesBefore = weights.before
    bytesAfterPhone = weights.after(on: .phone)
    bytesAfterLaptop = weights.after(on: .laptop)
  }
}

/// Image bytes in the bodies of all posts.
private struct PageWeights {
  /// One shape of one image of one post.
  private struct Item {
    var bytes: Int
    /// Whether another shape of the same image stands before it in the post, which was one file before.
    var isFurtherShape: Bool
    var width: Int
    /// Whether the original has another shape and is no candidate.
    var isCropped: Bool
    /// The candidates by width; empty where the post keeps the original.
    var variants: [Variant]
  }

  private let items: [Item]

  init(manifest: AssetManifest) {
    let sources = Dictionary(manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let digests = sources.mapValues(\.sha256)
    let responsive = manifest.variants.filter { $0.purpose == .responsive }
    let variants = Dictionary(grouping: responsive) { digests[$0.source] ?? $0.source }
    // Each shape of an image counts once a post, whose references follow each other.
    var post = ""
    var seen: [String: Set<Crop?>] = [:]
    items = manifest.references.compactMap { reference in
      // An image with candidates of its author's (or of an earlier run's) is lighter by an amount unknown here.
      guard reference.isBodyImage, reference.attributes["srcset"] == nil, reference.status == .local,
        let path = reference.source
      else { return nil }
      if post != reference.post {
        post = reference.post
        seen.removeAll(keepingCapacity: true)
      }
      let crop = reference.imageOverride?.crop
      let isFurtherShape = seen[path] != nil
      guard seen[path, default: []].insert(crop).inserted, let source = sources[path] else { return nil }
      var offered = variants.isEmpty || reference.obstacle != nil ? [] : variants[source.sha256] ?? []
      offered.removeAll { $0.crop != crop }
      let size = crop?.size(of: (source.width, source.height))
      return Item(
        bytes: source.bytes, isFurtherShape: isFurtherShape, width: size?.width ?? source.width,
        isCropped: crop != nil, variants: offered)
    }
  }

  var before: Int { items.reduce(0) { $0 + ($1.isFurtherShape ? 0 : $1.bytes) } }

  /// What a browser downloads whose page is as wide as its viewport: of the first format it is offered, the
  /// narrowest candidate that covers the slot, else the widest (HTML, "select an image source").
  func after(on screen: Screen) -> Int {
    items.reduce(0) { total, item in
      guard !item.variants.isEmpty else { return total + item.bytes }
      let formats: [ImageFormat] = [.avif, .webp, .jpeg, .png]
      let format = formats.first { format in item.variants.contains { $0.format == format } }
      let candidates = item.variants.filter { $0.format == format }.sorted { $0.width < $1.width }
      let needed = Double(min(screen.width, item.width)) * screen.density
      let chosen = candidates.first { Double($0.width) >= needed } ?? candidates.last
      // Where the variants stop short of the source, the source itself is the widest candidate.
      if let chosen, Double(chosen.width) < needed, Double(item.width) > Double(chosen.width) * 1.18,
        item.width <= 1920, !item.isCropped
      {
        return total + item.bytes
      }
      return total + (chosen?.bytes ?? item.bytes)
    }
  }
}
