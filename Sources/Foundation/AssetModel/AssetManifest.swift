/// Everything the pipeline knows about a site's images: the contract between the stages and the JSON that
/// other tools read.
///
/// Every path is relative to the site's root and written with `/`. Every collection has a fixed order
/// (see ``sorted()``), so the same input gives the same bytes whatever the number of workers.
public struct AssetManifest: Codable, Hashable, Sendable {
  /// The version of the format that this code writes. It grows when a reader would misread the new form.
  public static let currentVersion = 1

  /// The version of the format this manifest is written in.
  public var version: Int
  /// The site that was scanned.
  public var site: Site
  /// Every file that was read for image references.
  public var posts: [Post]
  /// Every reference of a post to an image.
  public var references: [Reference]
  /// Every image file that a reference resolves to.
  public var sources: [Source]
  /// Every file generated from a source.
  public var variants: [Variant]
  /// What a person should know: errors, warnings and notes.
  public var problems: [Diagnostic]

  /// Makes a manifest of the current version.
  public init(
    site: Site, posts: [Post] = [], references: [Reference] = [], sources: [Source] = [],
    variants: [Variant] = [], problems: [Diagnostic] = []
  ) {
    self.version = Self.currentVersion
    self.site = site
    self.posts = posts
    self.references = references
    self.sources = sources
    self.variants = variants
    self.problems = problems
  }

  /// The same manifest with every collection in its fixed order: by path, then by position.
  public func sorted() -> AssetManifest {
    var copy = self
    copy.posts.sort { $0.path < $1.path }
    // They are already sorted, and there can be many of them.
    let isBefore = { (a: Reference, b: Reference) in (a.post, a.range.start) < (b.post, b.range.start) }
    let isSorted = zip(references, references.dropFirst()).allSatisfy { !isBefore($1, $0) }
    if !isSorted { copy.references.sort(by: isBefore) }
    copy.sources.sort { $0.path < $1.path }
    copy.variants.sort { ($0.source, $0.path) < ($1.source, $1.path) }
    copy.problems.sort()
    return copy
  }
}
