import AssetModel
import PageScanner
import PostRewriter
import Web

/// A run in figures.
public struct Summary: Codable, Hashable, Sendable {
  /// Posts, pages and other files that were read for references.
  public var posts = 0
  /// Posts whose text changed.
  public var postsRewritten = 0
  /// Pages that this run wrote, read again and found to be their generator's but for what their images load.
  public var pagesProven = 0
  /// References by status.
  public var references: [String: Int] = [:]
  /// References that were edited.
  public var referencesRewritten = 0
  /// Images of the site that keep the markup that they have, and why, the most frequent reason first.
  public var kept: [Kept] = []
  /// Images of posts that stay, or whose URLs alone may change, and why, the most frequent reason first. What a problem of the
  /// manifest says of all images of a format or of the site is not repeated.
  public var left: [Left] = []
  /// Pictures that no post names; nil where posts name most of them, or no copy was made.
  public var unnamed: Unnamed?
  /// Image files that references resolve to.
  public var images = 0
  /// Variants that belong to the result.
  public var variants = 0
  /// Variants that this run encoded; the others were there already.
  public var encoded = 0
  /// Bytes of all variants.
  public var variantBytes = 0
  /// Pictures that are published at their own URLs; nil where they are published as they are.
  public var originals: Originals?
  /// The bytes of images that each screen downloads without the run, summed over the pages.
  public var downloadsBefore: Downloads = [:]
  /// The same after the run; nil where nothing was written.
  public var downloads: Downloads?
  /// Errors, warnings and notes.
  public var errors = 0
  /// Warnings.
  public var warnings = 0
  /// Notes.
  public var notes = 0
  /// The form of the new markup, and why; nil where none is written.
  public var markup: Markup?
  /// What gives images of posts candidates in the generator's own build, for a person to read; nil where none does.
  public var door: String?
  /// Where the result is; empty where nothing was written.
  public var output = ""
  /// Wall time in seconds.
  public var seconds = 0.0

  /// Pictures that a build publishes at their own URLs.
  public struct Originals: Codable, Hashable, Sendable {
    /// How many they are.
    public var files: Int
    /// Those of them that have fewer bytes than the generator's.
    public var lighter: Int
    /// The bytes of all of them as the generator made them.
    public var before: Int
    /// The same as they are published.
    public var after: Int
  }

  /// Images that keep the markup that they have for the same reason.
  public struct Kept: Codable, Hashable, Sendable {
    /// Why, for a person to read.
    public var reason: String
    /// How many they are.
    public var references: Int
  }

  /// Images of posts that stay for the same reason.
  public struct Left: Codable, Hashable, Sendable {
    /// Why, for a person to read.
    public var reason: String
    /// Whether lighter files may stand at their URLs.
    public var allowsURLs: Bool
    /// How many they are.
    public var references: Int
    /// The bytes of their files.
    public var bytes: Int
  }

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

    init(configured: MarkupForm?, measured: MarkupForm?, theme: ThemeFit) {
      form = configured ?? measured ?? theme.form
      if configured != nil {
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
    posts = manifest.posts.count { !$0.isStylesheet }
    for reference in manifest.references { references[reference.status.rawValue, default: 0] += 1 }
    kept = Self.unchanged(in: manifest)
    left = manifest.leftImages
    images = manifest.sources.count
    variants = manifest.variants.count
    variantBytes = manifest.variants.reduce(0) { $0 + $1.bytes }
    errors = manifest.problems.count { $0.severity == .error }
    warnings = manifest.problems.count { $0.severity == .warning }
    notes = manifest.problems.count { $0.severity == .note }
  }

  private static func unchanged(in manifest: AssetManifest) -> [Kept] {
    var counts: [String: Int] = [:]
    let gaining = manifest.imagesWithNewCandidates
    let singles = Set(manifest.variants.filter { $0.singleSuffix != nil }.map(\.source))
    for reference in manifest.references where reference.status == .local {
      if let group = reference.page?.group, gaining[reference.post]?.contains(group) == true { continue }
      if reference.takesSingleFile, reference.source.map(singles.contains) == true { continue }
      if reference.isLeftToFramework, reference.offersVariants { continue }
      let reason = reference.isBodyImage ? reference.obstacle : reference.isLazy ? reference.keptBecause : nil
      if let reason { counts[reason, default: 0] += 1 }
    }
    return counts.map { Kept(reason: reason($0.key, in: manifest.site), references: $0.value) }
      .sorted { ($1.references, $0.reason) < ($0.references, $1.reason) }
  }

  /// What an author has written in a post is in a built page what a generator has made of it.
  private static func reason(_ reason: String, in site: Site) -> String {
    site.kind == .html ? reason.replacing("the author", with: "the generator") : reason
  }
}

extension Reference {
  /// Whether it is the image that a script puts into a placeholder's place.
  fileprivate var isLazy: Bool {
    kind == .htmlSource && page?.sizeReason != nil && field?.hasPrefix("data-") == true
  }

  /// Whether an image has candidates of ours, which its generator was told of.
  fileprivate var offersVariants: Bool {
    SourceCandidate.parse(attributes["srcset"] ?? "").contains { VariantMark.of($0.url) != nil }
  }
}
