/// How large a source may be. Checked before any pixel is decoded, so a file that claims to be huge costs
/// nothing.
package struct SourceLimits: Hashable, Sendable {
  /// The most pixels in one frame. The default, 100 million, is more than any camera in common use makes.
  package var maxPixels: Int
  /// The most bytes in a file.
  package var maxBytes: Int

  package init(maxPixels: Int = 100_000_000, maxBytes: Int = 256 << 20) {
    self.maxPixels = maxPixels
    self.maxBytes = maxBytes
  }
}
