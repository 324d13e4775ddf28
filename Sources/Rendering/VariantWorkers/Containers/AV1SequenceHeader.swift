import Foundation

/// What an AV1 picture says of its numbers, in the sequence header that it begins with (AV1 Bitstream & Decoding Process
/// Specification, 5.3 to 5.5).
struct AV1SequenceHeader: Hashable {
  /// The colors; nil where the header leaves them open.
  var points: CodingPoints?
  /// Whether the numbers go from 0 to the largest there is, and not from 16 to 235 as in television.
  var isFullRange = true

  /// Reads the header; nil where the bytes begin with none.
  ///
  /// - Parameter range: the picture's bytes in the file.
  init?(_ data: Data, _ range: Range<Int>) {
    var offset = range.lowerBound
    // A delimiter may come first.
    for _ in 0..<4 {
      guard offset < range.upperBound, let head = data.bigEndian(at: offset, count: 1) else { return nil }
      var start = offset + 1 + head >> 2 & 1
      guard head >> 1 & 1 == 1, let size = data.leb128(at: &start), size <= range.upperBound - start else {
        return nil
      }
      if head >> 3 & 15 == 1 {
        var bits = BitReader(data: data, range: start..<(start + size))
        read(&bits)
        if bits.isBeyond { return nil }
        return
      }
      offset = start + size
    }
    return nil
  }

  private mutating func read(_ bits: inout BitReader) {
    let profile = bits.next(3)
    bits.skip(1)
    let isReduced = bits.next(1) == 1
    if isReduced { bits.skip(5) } else { Self.skipOperatingPoints(&bits) }
    let (width, height) = (bits.next(4) + 1, bits.next(4) + 1)
    bits.skip(width + height)
    if !isReduced, bits.next(1) == 1 { bits.skip(7) }
    bits.skip(3)
    if !isReduced { Self.skipTools(&bits) }
    bits.skip(3)
    readColors(&bits, profile: profile)
  }

  private static func skipOperatingPoints(_ bits: inout BitReader) {
    var delay = 0
    if bits.next(1) == 1 {
      bits.skip(64)
      if bits.next(1) == 1 { bits.skipUnary() }
      if bits.next(1) == 1 {
        delay = bits.next(5) + 1
        bits.skip(42)
      }
    }
    let hasInitialDelay = bits.next(1) == 1
    for _ in 0...bits.next(5) {
      bits.skip(12)
      if bits.next(5) > 7 { bits.skip(1) }
      if delay > 0, bits.next(1) == 1 { bits.skip(2 * delay + 1) }
      if hasInitialDelay, bits.next(1) == 1 { bits.skip(4) }
    }
  }

  private static func skipTools(_ bits: inout BitReader) {
    bits.skip(4)
    let hasOrder = bits.next(1) == 1
    if hasOrder { bits.skip(2) }
    // 2 stands for a choice by frame.
    let screenContent = bits.next(1) == 1 ? 2 : bits.next(1)
    if screenContent > 0, bits.next(1) == 0 { bits.skip(1) }
    if hasOrder { bits.skip(3) }
  }

  private mutating func readColors(_ bits: inout BitReader, profile: Int) {
    let isDeep = bits.next(1) == 1
    if profile == 2, isDeep { bits.skip(1) }
    let isGray = profile == 1 ? false : bits.next(1) == 1
    var matrix = 2
    if bits.next(1) == 1 {
      points = CodingPoints(primaries: bits.next(8), transfer: bits.next(8))
      matrix = bits.next(8)
    }
    // sRGB without a matrix has all numbers, and no bit for it.
    if !isGray, points == CodingPoints(primaries: 1, transfer: 13), matrix == 0 { return }
    isFullRange = bits.next(1) == 1
  }
}

/// Reads bits, the most significant of each byte first. Beyond its end all are zero.
private struct BitReader {
  let data: Data
  private let end: Int
  /// The next bit of the file.
  private(set) var position: Int

  init(data: Data, range: Range<Int>) {
    self.data = data
    position = 8 * range.lowerBound
    end = 8 * range.upperBound
  }

  var isBeyond: Bool { position > end }

  mutating func skip(_ count: Int) { position += count }

  mutating func next(_ count: Int) -> Int {
    var value = 0
    for _ in 0..<count {
      let byte = position < end ? data.bigEndian(at: position / 8, count: 1) ?? 0 : 0
      value = value << 1 | (byte >> (7 - position % 8) & 1)
      position += 1
    }
    return value
  }

  /// Skips a number that begins with as many zeros as it has further bits.
  mutating func skipUnary() {
    var zeros = 0
    while zeros < 32, !isBeyond, next(1) == 0 { zeros += 1 }
    skip(zeros)
  }
}

extension Data {
  /// A number of seven bits a byte, the least significant first; the offset is moved behind it.
  fileprivate func leb128(at offset: inout Int) -> Int? {
    var value = 0
    for index in 0..<5 {
      guard let byte = bigEndian(at: offset, count: 1) else { return nil }
      offset += 1
      value |= (byte & 0x7F) << (7 * index)
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
