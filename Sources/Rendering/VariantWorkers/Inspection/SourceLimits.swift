import AssetModel

/// How large a source may be, and which are opened. Checked before any pixel is decoded, so a file that claims to be huge
/// costs nothing.
package struct SourceLimits: Codable, Hashable, Sendable {
  /// The most pixels in one frame. The default, 100 million, is more than any camera in common use makes.
  package var maxPixels: Int
  /// The most bytes in a file.
  package var maxBytes: Int

  /// Formats that are read although libvips calls its reader unfit for files of strangers.
  package var reads: Set<ImageFormat>

  package init(
    maxPixels: Int = 100_000_000, maxBytes: Int = 256 << 20, reads: Set<ImageFormat> = []
  ) {
    self.maxPixels = maxPixels
    self.maxBytes = maxBytes
    self.reads = reads
  }
}
