import AssetModel

/// An image file that the site publishes.
package struct PublishedImage: Codable, Hashable, Sendable {
  /// The path below the site's root.
  package var path: String
  /// The size of the file.
  package var bytes: Int
  /// The format that the bytes say; nil where they are no image that can be read.
  package var format: ImageFormat?
  /// Width and height in pixels as shown (orientation applied); nil where they cannot be read.
  package var width: Int?
  package var height: Int?
  /// How many frames an animation has; 1 for a still image.
  package var frames: Int
  /// Whether the metadata tells where the picture was taken.
  package var hasLocation: Bool
  /// The digest of the bytes.
  package var digest: String
  /// The posts or pages that name it, sorted.
  package var pages: [String]
  /// Whether a layout, stylesheet, script or other text of the site mentions its name; true where nobody looked.
  package var isMentioned: Bool

  /// Makes a published image.
  package init(
    path: String, bytes: Int, format: ImageFormat?, width: Int?, height: Int?, frames: Int = 1,
    hasLocation: Bool = false, digest: String, pages: [String] = [],
    isMentioned: Bool = false
  ) {
    self.path = path
    self.bytes = bytes
    self.format = format
    self.width = width
    self.height = height
    self.frames = frames
    self.hasLocation = hasLocation
    self.digest = digest
    self.pages = pages
    self.isMentioned = isMentioned
  }
}
