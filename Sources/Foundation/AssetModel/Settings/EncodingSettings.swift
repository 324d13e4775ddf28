/// How an image is encoded. Names are those of libvips' savers.
public struct EncodingSettings: Codable, Hashable, Sendable {
  /// What an encoder may throw away.
  public enum Compression: String, Codable, Sendable, CaseIterable {
    /// Lossy at ``EncodingSettings/quality``.
    case lossy
    /// Every pixel is preserved.
    case lossless
    /// WebP only: pixels may change a little where that makes lossless compression work better; the quality says how
    /// much, 100 being nothing (libwebp's `near_lossless`).
    case nearLossless = "near-lossless"
    /// Both lossy and lossless are tried, and the smaller file wins; the variant's settings say which it was.
    case smallest = "smaller"
  }

  /// The space that colors are written in.
  public enum Color: String, Codable, Sendable, CaseIterable {
    /// sRGB, without a profile: what browsers take every file without one for.
    case srgb
    /// Display P3, with its profile.
    case p3
  }

  /// What a file says about its picture.
  public enum Metadata: String, Codable, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Its creator and copyright, if the source states them.
    case copyright
  }

  /// The format to write.
  public var format: ImageFormat
  /// What the encoder may throw away.
  public var loss: Compression
  /// Encoder quality, 1 to 100, where it is lossy.
  public var quality: Int?
  /// How much time the encoder takes for fewer bytes: 0 to 9 for AVIF, 0 to 6 for WebP, 1 to 10 for a PNG
  /// palette.
  public var effort: Int?
  /// The SSIMULACRA2 score to meet, up to 100, by the lowest ``quality`` that does; which that was, a variant's own
  /// settings say. Nil for a fixed quality.
  public var target: Double?
  /// The space of the colors; nil for sRGB.
  public var color: Color?
  /// Which metadata is retained; nil for none.
  public var metadata: Metadata?
  /// Of lossy WebP: whether the halved chroma is fitted to the pixels (libwebp's sharp YUV), which keeps thin colored
  /// lines and takes about as long again as the rest. Nil to do so for graphics.
  public var smartSubsample: Bool?

  /// Makes settings.
  public init(
    format: ImageFormat, loss: Compression, quality: Int? = nil, effort: Int? = nil, target: Double? = nil,
    color: Color? = nil, metadata: Metadata? = nil, smartSubsample: Bool? = nil
  ) {
    self.format = format
    self.loss = loss
    self.quality = quality
    self.effort = effort
    self.target = target
    self.color = color
    self.metadata = metadata
    self.smartSubsample = smartSubsample
  }
}
