import AssetModel
import Foundation
import SystemResources

/// What the user may choose about a scan.
package struct ScanOptions: Sendable {
  /// The kind of site; nil to recognize it.
  package var kind: Site.Kind?
  /// The front-matter fields that name images, as dotted key paths (`header.image`); nil for those of the kind.
  package var frontMatterFields: [String]?
  /// Further fields, which are looked for beside those.
  package var furtherFields: [String] = []
  /// Tags that carry images, beside those of the kind.
  package var tags: [TagPattern] = []
  /// The folder that the user chose for variants; nil for the kind's own.
  package var variantFolder: String?
  /// Folders of the site that are never read, relative to its root: where the output goes.
  package var excludedFolders: [String]
  /// How many posts are read at the same time.
  package var jobs: Int
  /// For each post the offsets of constructs (`![…`, `<img …`) that are images according to the generator, whatever the
  /// scanner decides. They are read if that can be done exactly.
  package var confirmed: [String: Set<Int>] = [:]
  /// What the user says of a folder of Markdown posts.
  package var markdown = MarkdownOptions()
  /// Texts that are read instead of the contents of files, so that a site with in-place edits is read as its author
  /// wrote it. Nil to read files as they are.
  package var text: TextOverlay?

  /// The fields that common themes use (Minimal Mistakes, Chirpy, Hux, al-folio, So Simple, Beautiful Jekyll).
  package static let defaultFields = [
    "image", "images", "img", "cover", "cover_image", "cover-img", "coverImage", "thumbnail", "thumbnail-img",
    "thumb", "teaser", "og_image", "og-image", "share-img", "social_image", "twitter_image", "preview",
    "preview_image", "featured_image", "featured-image", "featured-img", "feature_image", "feature-img",
    "feature", "hero", "hero_image", "banner", "banner_image", "background", "background-image", "header-img",
    "header_image", "header-image", "header.image", "header.teaser", "header.overlay_image",
    "header.og_image",
    "header.background", "seo.image", "photo", "logo", "avatar", "gallery", "feature_row",
  ]

  /// Makes options.
  package init(
    frontMatterFields: [String]? = nil,
    excludedFolders: [String] = [],
    jobs: Int = Cores.available
  ) {
    self.frontMatterFields = frontMatterFields
    self.excludedFolders = excludedFolders
    self.jobs = jobs
  }

  /// Every field to look for, where a kind of site has some of its own.
  func fields(or defaults: [String]) -> [String] {
    let fields = frontMatterFields ?? defaults
    return fields + furtherFields.filter { !fields.contains($0) }
  }
}

/// What the user says of a folder of Markdown posts, whose renderer no file names.
package struct MarkdownOptions: Hashable, Sendable {
  /// The folders that are served at the host's root, relative to the site's; nil to look for them.
  package var imagesRoots: [String]?
  /// Whether HTML in Markdown reaches the page as it is.
  package var html = false

  /// What nobody said anything about.
  package init() {}
}
