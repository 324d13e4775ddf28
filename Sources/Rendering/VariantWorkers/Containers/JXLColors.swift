import Foundation

/// The curve that a JPEG XL's codestream tells of its picture (ISO/IEC 18181-1, annex D and E), which the profile that
/// decoders give with its pixels cannot hold where it is HDR.
struct JXLColors: Hashable {
  /// Primaries and curve; nil where the picture has a profile of its own, or the usual colors.
  private(set) var points: CodingPoints?

  /// Reads the header of the codestream; nil where the file begins with none.
  init?(_ data: Data) {
    guard let start = Self.codestream(in: data) else { return nil }
    // Nothing before the colors takes more, but for names of extra channels that nobody gives.
    let head = data.dropFirst(start).prefix(4096)
    guard head.starts(with: [0xFF, 0x0A]) else { return nil }
    var bits = JXLBits(bytes: Array(head.dropFirst(2)))
    read(&bits)
    if bits.isBeyond { return nil }
  }

  /// Where the codestream begins: at once, in a box, or behind the four bytes that number its first part.
  private static func codestream(in data: Data) -> Int? {
    let file = DataBytes(data: data)
    guard file.matches("JXL ", at: 4) else { return 0 }
    let box = BoxMetadata.boxes(in: file, 0..<file.count).first { ["jxlc", "jxlp"].contains($0.name) }
    return box.map { $0.content.lowerBound + ($0.name == "jxlp" ? 4 : 0) }
  }

  private mutating func read(_ bits: inout JXLBits) {
    bits.skipSize()
    // The usual: sRGB.
    if bits.flag() { return }
    if bits.flag() { Self.skipExtraFields(&bits) }
    bits.skipDepth()
    bits.skip(1)
    for _ in 0..<bits.number([(0, 0), (1, 0), (2, 4), (1, 12)]) where !bits.isBeyond {
      Self.skipChannel(&bits)
    }
    bits.skip(1)
    readColors(&bits)
  }

  private static func skipExtraFields(_ bits: inout JXLBits) {
    bits.skip(3)
    if bits.flag() { bits.skipSize() }
    if bits.flag() { bits.skipPreviewSize() }
    guard bits.flag() else { return }
    _ = bits.number([(100, 0), (1000, 0), (1, 10), (1, 30)])
    _ = bits.number([(1, 0), (1001, 0), (1, 8), (1, 10)])
    _ = bits.number([(0, 0), (0, 3), (0, 16), (0, 32)])
    bits.skip(1)
  }

  private static func skipChannel(_ bits: inout JXLBits) {
    if bits.flag() { return }
    let kind = bits.enumeration()
    bits.skipDepth()
    _ = bits.number([(0, 0), (3, 0), (4, 0), (1, 3)])
    bits.skip(8 * bits.number([(0, 0), (0, 4), (16, 5), (48, 10)]))
    switch kind {
    // Whether colors are multiplied by the alpha; a spot color's four numbers; the number of a color filter's channel.
    case 0: bits.skip(1)
    case 2: bits.skip(64)
    case 5: _ = bits.number([(1, 0), (0, 2), (3, 4), (19, 8)])
    default: break
    }
  }

  private mutating func readColors(_ bits: inout JXLBits) {
    if bits.flag() { return }
    let hasProfile = bits.flag()
    let space = bits.enumeration()
    let (gray, xyb) = (1, 2)
    if hasProfile || space == xyb { return }
    if bits.enumeration() == Self.custom { bits.skipPoint() }
    var primaries = 1
    if space != gray {
      primaries = bits.enumeration()
      if primaries == Self.custom { for _ in 0..<3 { bits.skipPoint() } }
    }
    if bits.flag() { return }
    points = CodingPoints(primaries: primaries, transfer: bits.enumeration())
  }

  private static let custom = 2
}

/// Reads bits from the least significant on.
private struct JXLBits {
  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Whether more was read than there is.
  var isBeyond: Bool { position > 8 * bytes.count }

  mutating func skip(_ count: Int) { position += count }

  mutating func next(_ count: Int) -> Int {
    var value = 0
    for index in 0..<count where (position + index) / 8 < bytes.count {
      value |= Int(bytes[(position + index) / 8] >> UInt8((position + index) % 8) & 1) << index
    }
    position += count
    return value
  }

  mutating func flag() -> Bool { next(1) == 1 }

  /// A number of one of four kinds: a base, and bits that are added to it.
  mutating func number(_ kinds: [(base: Int, bits: Int)]) -> Int {
    let kind = kinds[next(2)]
    return kind.base + next(kind.bits)
  }

  mutating func enumeration() -> Int { number([(0, 0), (1, 0), (2, 4), (18, 6)]) }

  mutating func skipSize() {
    let isSmall = flag()
    for side in 0..<2 {
      if isSmall { skip(5) } else { _ = number([(1, 9), (1, 13), (1, 18), (1, 30)]) }
      // The width can be told by its ratio to the height.
      if side == 0, next(3) != 0 { return }
    }
  }

  mutating func skipPreviewSize() {
    let isSmall = flag()
    for side in 0..<2 {
      _ = number(isSmall ? [(16, 0), (32, 0), (1, 5), (33, 9)] : [(1, 6), (65, 8), (321, 10), (1345, 12)])
      if side == 0, next(3) != 0 { return }
    }
  }

  mutating func skipDepth() {
    // With decimal places, the bits of their exponent follow.
    let isFloating = flag()
    _ = number(isFloating ? [(32, 0), (16, 0), (24, 0), (1, 6)] : [(8, 0), (10, 0), (12, 0), (1, 6)])
    if isFloating { skip(4) }
  }

  mutating func skipPoint() {
    for _ in 0..<2 { _ = number([(0, 19), (524_288, 19), (1_048_576, 20), (2_097_152, 21)]) }
  }
}
