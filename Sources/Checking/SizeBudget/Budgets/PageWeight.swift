import AssetModel

/// The images of one post or built page, and what each device downloads for them.
package struct PageWeight: Codable, Hashable, Sendable {
  /// The file that an author edits, or the built page: a path below the site's root.
  package var path: String
  /// The tags and categories of the front matter.
  package var tags: [String]
  /// The images in the order of the page.
  package var images: [PlacedImage]

  /// Makes a page's weight.
  package init(path: String, tags: [String] = [], images: [PlacedImage]) {
    self.path = path
    self.tags = tags
    self.images = images
  }
}

/// An image in its place on a page.
package struct PlacedImage: Codable, Hashable, Sendable {
  /// What names the image.
  package enum Role: String, Codable, Hashable, Sendable {
    /// An image of the text.
    case content
    /// The still picture of a video.
    case poster
    /// A background, border or list mark of a stylesheet.
    case background
    /// A hint to load a file early that something else on the page shows.
    case preload
    /// A field that the post's layout or others that link to the page read (front matter, `og:image`), so that reading the
    /// page need not download it.
    case metadata
  }

  /// Where the image is named: line and column from 1; nil where the file tells no place.
  package var line: Int?
  package var column: Int?
  /// The file that these are in, where the page takes it in; nil for the page's own.
  package var writtenIn: String?
  /// The URL as written (`src`, or the Markdown destination).
  package var url: String
  /// The file that the URL leads to, below the site's root; nil where it is on another host, data or missing.
  package var file: String?
  /// Whether the URL leads to a path of the site where there is no file.
  package var isMissing: Bool
  /// The alternative text; nil where there is none, empty where the author left it so.
  package var alt: String?
  /// Whether width and height are given, so that the browser can hold the place; nil where a generator or theme decides.
  package var hasDimensions: Bool?
  /// Whether it is in a `<picture>` or has a `srcset`, so that devices may get different files.
  package var hasCandidates = false
  /// Whether `loading="lazy"` keeps the image from loading until it is near the viewport.
  package var isLazy: Bool
  /// What names the image.
  package var role: Role
  /// What each device downloads, by the device's name; a device that downloads nothing is left out.
  package var downloads: [String: Download]

  /// Makes a placed image.
  package init(
    line: Int? = nil, column: Int? = nil, url: String, file: String? = nil, isMissing: Bool = false,
    alt: String? = nil,
    hasDimensions: Bool? = nil, isLazy: Bool = false, role: Role = .content,
    downloads: [String: Download] = [:]
  ) {
    self.line = line
    self.column = column
    self.url = url
    self.file = file
    self.isMissing = isMissing
    self.alt = alt
    self.hasDimensions = hasDimensions
    self.isLazy = isLazy
    self.role = role
    self.downloads = downloads
  }

  /// Whether reading the page need not download the image.
  package var isMetadata: Bool { role == .metadata }
}

/// The file that a device downloads for an image.
package struct Download: Codable, Hashable, Sendable {
  /// The file, below the site's root.
  package var file: String
  /// Its size.
  package var bytes: Int
  /// Its width in pixels; nil where it has none of its own (SVG) or cannot be read.
  package var pixels: Int?
  /// The most that the image is shown at, in CSS pixels: the width of its slot, or the window's where nothing tells more;
  /// nil for an image that has no slot.
  package var slot: Double?
  /// Whether the image loads with the page's first view: it is not lazy, or known to be above the fold.
  package var isInFirstView: Bool

  /// Makes a download.
  package init(file: String, bytes: Int, pixels: Int? = nil, slot: Double? = nil, isInFirstView: Bool) {
    self.file = file
    self.bytes = bytes
    self.pixels = pixels
    self.slot = slot
    self.isInFirstView = isInFirstView
  }
}

extension PageWeight: CompactRecord {
  package static var blank: PageWeight { PageWeight(path: "", images: []) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&path)
    try fields.exchange(&tags, blank: "") { try fields.exchange(&$0) }
    try fields.exchange(&images)
  }
}

extension PlacedImage: CompactRecord {
  package static var blank: PlacedImage { PlacedImage(url: "") }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&line)
    try fields.exchange(&column)
    try fields.exchange(&writtenIn)
    try fields.exchange(&url)
    try fields.exchange(&file)
    try fields.exchange(&isMissing)
    try fields.exchange(&alt)
    try fields.exchange(&hasDimensions)
    try fields.exchange(&hasCandidates)
    try fields.exchange(&isLazy)
    try fields.exchange(&role)
    var list = downloads.sorted { $0.key < $1.key }.map { (device: $0.key, download: $0.value) }
    try fields.exchange(&list, blank: (device: "", download: .blank)) {
      try fields.exchange(&$0.device)
      try fields.exchange(&$0.download)
    }
    downloads = Dictionary(list.map { ($0.device, $0.download) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Download: CompactRecord {
  package static var blank: Download { Download(file: "", bytes: 0, isInFirstView: false) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&file)
    try fields.exchange(&bytes)
    try fields.exchange(&pixels)
    try fields.exchange(&slot)
    try fields.exchange(&isInFirstView)
  }
}
