/// What is known of an image's place in a built page beside its URL: what the page's rules and scripts let it become, and
/// the candidates of the generator's that it stands among.
public struct PageUse: Codable, Hashable, Sendable {
  /// A candidate that is wanted of a file.
  public struct Rung: Codable, Hashable, Sendable {
    /// Its format.
    public var format: ImageFormat
    /// Its width in pixels.
    public var width: Int

    /// Makes a rung.
    public init(format: ImageFormat, width: Int) {
      self.format = format
      self.width = width
    }
  }

  /// Why neither a `<picture>` nor a further `<source>` may be written: a rule or a script of the page could tell. nil where
  /// none can.
  public var pictureObstacle: String?
  /// Whether the obstacle is that something cannot be read, so that a user who asks for a `<picture>` gets one.
  public var isObstacleUnsure = false
  /// Why the place takes one file of as many pixels, and no candidates: a script shows what is there larger, or puts it into
  /// a `src` later. nil where it takes candidates.
  public var sizeReason: String?
  /// Whether the element takes a `srcset` and nothing else, as AMP's does.
  public var takesCandidatesAlone = false
  /// The image that the place belongs to, by the offset of its tag; nil where it stands for itself.
  public var group: Int?
  /// Of a candidate: the bytes of the list that it stands in, without quotes.
  public var list: ByteRange?
  /// Of a candidate: its width as the list says it.
  public var width: Int?
  /// Of a candidate: its density as the list says it.
  public var density: Double?
  /// Of a candidate: whether the image is shown as wide as its `sizes` let it be, and no wider were its file so; nil where that
  /// is not known.
  public var fillsSizes: Bool?
  /// The candidates that the image is to gain from this file.
  public var rungs: [Rung] = []

  /// Makes a place of which nothing is known.
  public init() {}
}

extension PageUse: CompactRecord {
  package static var blank: PageUse { PageUse() }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&pictureObstacle)
    try fields.exchange(&isObstacleUnsure)
    try fields.exchange(&sizeReason)
    try fields.exchange(&takesCandidatesAlone)
    try fields.exchange(&group)
    try fields.exchange(&list)
    try fields.exchange(&width)
    try fields.exchange(&density)
    try fields.exchange(&fillsSizes)
    try fields.exchange(&rungs)
  }
}

extension PageUse.Rung: CompactRecord {
  package static var blank: PageUse.Rung { PageUse.Rung(format: .webp, width: 0) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&format)
    try fields.exchange(&width)
  }
}
