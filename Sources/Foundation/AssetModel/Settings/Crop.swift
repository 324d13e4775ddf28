/// How an image's shape changes, and which part of it is retained. The terms are those of libvips, sharp and imgproxy.
public struct Crop: Codable, Hashable, Sendable {
  /// The shape that is wanted: `16:9` or `1200x630` as text.
  public enum Shape: Hashable, Sendable {
    /// Width to height, without a common divisor. As many pixels as the source has in this shape.
    case ratio(Int, Int)
    /// Width and height in pixels: at most so many.
    case size(Int, Int)
  }

  /// What decides which part of the image is retained.
  public enum Gravity: Hashable, Sendable {
    /// The part that draws the eye: edges, skin, saturated colors (libvips' smartcrop).
    case attention
    /// The part with the most detail (libvips' smartcrop).
    case entropy
    /// The middle.
    case center
    /// The part around a point, in shares of the upright image's width and height, from 0 to 1 each. The point is in
    /// the part's middle, or as near to it as the image's edges allow.
    case focus(x: Double, y: Double)
  }

  /// The shape that is wanted.
  public var shape: Shape
  /// What decides which part is retained.
  public var gravity: Gravity
  /// Whether an image that has fewer pixels than ``Shape/size(_:_:)`` asks for is enlarged. Otherwise the shape is
  /// applied to the existing pixels.
  public var enlarge: Bool

  /// Makes a crop.
  public init(_ shape: Shape, gravity: Gravity = .attention, enlarge: Bool = false) {
    self.shape = shape
    self.gravity = gravity
    self.enlarge = enlarge
  }

  /// The size that social cards are shown at (Open Graph, Twitter: 1.91:1).
  public static let card = Crop(.size(1200, 630))
  /// As high as wide.
  public static let square = Crop(.ratio(1, 1))

  /// The crops that have a name without being defined.
  package static let presets = ["card": card, "square": square]

  /// The part of an upright image of the given size that is retained: the largest area of the shape, in pixels.
  package func area(of source: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let (a, b) = shape.sides
    // Sides are bounded by Shape.largestSide and sources by what formats hold, so the products fit.
    if source.width * b >= source.height * a {
      return (Self.share(source.height, a, b, atMost: source.width), source.height)
    }
    return (source.width, Self.share(source.width, b, a, atMost: source.height))
  }

  /// Width and height of the largest result for an upright image of the given size.
  package func size(of source: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let area = area(of: source)
    guard case .size(let width, let height) = shape else { return area }
    return enlarge || area.width > width || area.height > height ? (width, height) : area
  }

  /// Whether nothing is cut off an image of the given size.
  package func keepsShape(of source: (width: Int, height: Int)) -> Bool { area(of: source) == source }

  /// `length · a / b`, rounded, at least 1.
  private static func share(_ length: Int, _ a: Int, _ b: Int, atMost limit: Int) -> Int {
    min(limit, max(1, Int((Double(length) * Double(a) / Double(b)).rounded())))
  }
}

extension Crop: CustomStringConvertible {
  /// `16:9 attention`; the text that becomes part of variants' names.
  public var description: String { "\(shape) \(gravity)\(enlarge ? " enlarge" : "")" }
}

// MARK: As text

extension Crop.Shape: CustomStringConvertible {
  /// The largest side of a shape, which is WebP's.
  package static let largestSide = 16_383

  /// The shape's sides, in pixels or as parts of a ratio.
  package var sides: (Int, Int) {
    switch self {
    case .ratio(let a, let b), .size(let a, let b): (a, b)
    }
  }

  /// The text that the shape is read from.
  public var description: String {
    switch self {
    case .ratio(let a, let b): "\(a):\(b)"
    case .size(let width, let height): "\(width)x\(height)"
    }
  }

  /// Reads `16:9`, `1.91:1` or `1200x630`; nil for anything else.
  public init?(_ text: String) {
    if let (width, height) = Self.split(text, at: ["x", "×"]) {
      guard let width = Self.side(width), let height = Self.side(height) else { return nil }
      self = .size(width, height)
    } else if let (a, b) = Self.split(text, at: [":"]), let ratio = Self.ratio(a, b) {
      self = ratio
    } else {
      return nil
    }
  }

  private static func split(_ text: String, at separators: [Character]) -> (Substring, Substring)? {
    let parts = text.split(omittingEmptySubsequences: false) { separators.contains($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  private static func side(_ text: Substring) -> Int? {
    guard isPlain(text), let side = Int(text), (1...largestSide).contains(side) else { return nil }
    return side
  }

  /// Up to three decimals on either side, which are all that shapes are named with (1.91:1, 2.35:1, 1.618:1).
  private static func ratio(_ a: Substring, _ b: Substring) -> Self? {
    guard let a = thousandths(a), let b = thousandths(b) else { return nil }
    let divisor = gcd(a, b)
    return .ratio(a / divisor, b / divisor)
  }

  private static func thousandths(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy(isPlain), let whole = Int(parts[0]),
      whole <= largestSide
    else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    guard decimals.count <= 3,
      let rest = Int(decimals + String(repeating: "0", count: 3 - decimals.count))
    else {
      return nil
    }
    let value = whole * 1000 + rest
    return value > 0 ? value : nil
  }

  private static func isPlain(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}

extension Crop.Gravity: CustomStringConvertible {
  /// The text that the gravity is read from.
  public var description: String {
    switch self {
    case .attention: "attention"
    case .entropy: "entropy"
    case .center: "center"
    case .focus(let x, let y): "\(x),\(y)"
    }
  }

  /// Reads `attention`, `entropy`, `center` or `0.3,0.4`; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "attention": self = .attention
    case "entropy": self = .entropy
    case "center": self = .center
    default:
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, let x = Self.share(parts[0]), let y = Self.share(parts[1]) else { return nil }
      self = .focus(x: x, y: y)
    }
  }

  private static func share(_ text: Substring) -> Double? {
    let text = text.drop { $0 == " " }
    // Double also reads `0x1p-2`, `infinity` and `nan`.
    guard text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }),
      let value = Double(text), (0...1).contains(value)
    else { return nil }
    return value
  }
}

// MARK: As JSON

extension Crop.Shape: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeText(Crop.Shape.init, "a shape such as 16:9 or 1200x630")
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws { try encoder.encodeText("\(self)") }
}

extension Crop.Gravity: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeText(Crop.Gravity.init, "attention, entropy, center or a point such as 0.3,0.4")
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws { try encoder.encodeText("\(self)") }
}

extension Decoder {
  fileprivate func decodeText<Value>(_ read: (String) -> Value?, _ expected: String) throws -> Value {
    let container = try singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = read(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not \(expected)")
    }
    return value
  }
}

extension Encoder {
  fileprivate func encodeText(_ text: String) throws {
    var container = singleValueContainer()
    try container.encode(text)
  }
}
