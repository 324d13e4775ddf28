/// How a built page shows one of its images, as far as the page's stylesheets say.
public struct ImageDisplay: Codable, Hashable, Sendable {
  /// What holds in the windows from a width on.
  public struct Span: Codable, Hashable, Sendable {
    /// The window's width in CSS pixels from which it holds, up to the next one's.
    public var from: Int
    /// How wide the image is shown.
    public var slot: MeasuredLayouts.Slot

    /// Makes a span.
    public init(from: Int, slot: MeasuredLayouts.Slot) {
      self.from = from
      self.slot = slot
    }
  }

  /// Whether the page keeps room for the image until it is there.
  public enum Space: String, Codable, Sendable {
    /// It does as it is.
    case reserved
    /// It does once the image has a `width` and a `height`.
    case byAttributes = "by-attributes"
    /// It does once the image has both, and `height:auto` as its style.
    case byStyle = "by-style"
    /// It does once the image has both, where it is shown at its own size in all windows.
    case byOwnSize = "by-own-size"
    /// It cannot be made to without moving something.
    case none
  }

  /// Why the width is not known.
  public enum Obstacle: String, Codable, Sendable, CaseIterable {
    /// It stands in a flex container that shares its width out.
    case flex
    /// It stands in a grid.
    case grid
    /// It stands in a table.
    case table
    /// Something around it is as wide as its content.
    case shrinking
    /// It is placed by the page's coordinates.
    case positioned
    /// It stands in columns of text.
    case columns
    /// It is cut to a shape, or its height is limited.
    case shape
    /// A length depends on letters, containers or heights.
    case length
    /// A rule may or may not count.
    case uncertain
    /// A stylesheet was not read.
    case unread
  }

  /// How high some text is at least, in CSS pixels.
  public struct TextHeight: Codable, Hashable, Sendable {
    /// In the window of a phone.
    public var onPhones = 0
    /// In wide windows.
    public var onLaptops = 0

    /// Makes the height of no text.
    public init() {}
  }

  /// The image and the elements around it by their names and classes, from the body on, as a selector.
  public var path: String
  /// How wide it is shown, in narrow windows first; empty where that is not known.
  public var spans: [Span] = []
  /// The height in CSS pixels that the width follows from; nil where it does not.
  public var height: Double?
  /// Why the width is not known; nil where it is.
  public var obstacle: Obstacle?
  /// The stylesheet that was not read.
  public var unread: String?
  /// Whether the page's boxes depend on the image's natural width, so that it may not change.
  public var showsNaturalWidth = false
  /// The file's width from which on ``spans`` hold.
  public var leastWidth = 0.0
  /// Whether the author's `width` counts: no rule of the page takes its place.
  public var takesWidth = true
  /// Whether the page keeps room for it.
  public var space = Space.none
  /// The file's width from which on dimensions that it gains leave its box as it is, where the author gave it no width.
  public var leastForDimensions = 0.0
  /// Whether no rule of the page asks whether an image loads lazily.
  public var mayLoadLazily = true
  /// Whether some windows do not show it.
  public var isSometimesHidden = false
  /// Letters of text before it in the page.
  public var lettersBefore = 0
  /// CSS pixels that the text above it in its article takes at least, in a phone's window and in a wide one.
  public var textAbove = TextHeight()

  /// Makes a description of an image of which nothing but its place is known.
  public init(path: String) { self.path = path }

  /// Whether some windows show it, as far as is known.
  package var isShownSomewhere: Bool { !isSometimesHidden || !spans.isEmpty || height != nil }

  /// How wide it is shown in a window, in CSS pixels; nil where that is not known.
  ///
  /// - Parameter own: its width where nothing limits it.
  package func width(own: Double, viewport: Double) -> Double? {
    (spans.last { Double($0.from) <= viewport } ?? spans.first)?.slot.width(own: own, viewport: viewport)
  }
}

extension ImageDisplay: CompactRecord {
  package static var blank: ImageDisplay { ImageDisplay(path: "") }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&path)
    try fields.exchange(&spans)
    try fields.exchange(&height)
    try fields.exchange(&obstacle)
    try fields.exchange(&unread)
    try fields.exchange(&showsNaturalWidth)
    try fields.exchange(&leastWidth)
    try fields.exchange(&takesWidth)
    try fields.exchange(&space)
    try fields.exchange(&leastForDimensions)
    try fields.exchange(&mayLoadLazily)
    try fields.exchange(&isSometimesHidden)
    try fields.exchange(&lettersBefore)
    try fields.exchange(&textAbove.onPhones)
    try fields.exchange(&textAbove.onLaptops)
  }
}

extension ImageDisplay.Span: CompactRecord {
  package static var blank: ImageDisplay.Span { ImageDisplay.Span(from: 0, slot: .own) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&from)
    try fields.exchange(&slot)
  }
}
