/// Reads zlib streams (RFC 1950, RFC 1951): the few compressed texts of PNG files that hold metadata.
enum Inflate {
  /// More than this is no metadata.
  private static let mostBytes = 16 << 20

  /// What a stream holds; nil where it is damaged, or holds more than metadata has.
  static func bytes(ofZlib stream: [UInt8]) -> [UInt8]? {
    // Deflate is method 8; a preset dictionary (bit 5) is for streams that agreed on one.
    guard stream.count > 6, stream[0] & 15 == 8, (Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0,
      stream[1] & 0x20 == 0
    else { return nil }
    var reader = InflateReader(stream, from: 2, mostBytes: mostBytes)
    return reader.read()
  }

  /// A stream of the bytes as they are.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let part = rest.prefix(0xFFFF)
      rest = rest.dropFirst(part.count)
      let length = UInt16(part.count)
      stream.append(rest.isEmpty ? 1 : 0)
      for number in [length, ~length] { stream += [UInt8(number & 0xFF), UInt8(number >> 8)] }
      stream += part
    } while !rest.isEmpty
    // Adler-32 (RFC 1950, 8.2).
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return stream + [UInt8(b >> 8), UInt8(b & 0xFF), UInt8(a >> 8), UInt8(a & 0xFF)]
  }
}

/// Reads one deflate stream.
private struct InflateReader {
  private let stream: [UInt8]
  private var position: Int
  private var bit = 0
  private var out: [UInt8] = []
  private let mostBytes: Int

  init(_ stream: [UInt8], from position: Int, mostBytes: Int) {
    (self.stream, self.position, self.mostBytes) = (stream, position, mostBytes)
  }

  mutating func read() -> [UInt8]? {
    while true {
      guard let isLast = bits(1), let kind = bits(2) else { return nil }
      let isRead: Bool =
        switch kind {
        case 0: copyStored()
        case 1: copyCodes(Self.fixedLengths, Self.fixedDistances)
        case 2: copyDynamic()
        default: false
        }
      guard isRead else { return nil }
      if isLast == 1 { return out }
    }
  }

  private mutating func bits(_ count: Int) -> Int? {
    var value = 0
    for index in 0..<count {
      guard position < stream.count else { return nil }
      value |= Int(stream[position] >> UInt8(bit) & 1) << index
      bit += 1
      if bit == 8 { (bit, position) = (0, position + 1) }
    }
    return value
  }

  private mutating func copyStored() -> Bool {
    if bit > 0 { (bit, position) = (0, position + 1) }
    guard position + 4 <= stream.count else { return false }
    let length = Int(stream[position]) | Int(stream[position + 1]) << 8
    position += 4
    guard position + length <= stream.count, out.count + length <= mostBytes else { return false }
    out += stream[position..<(position + length)]
    position += length
    return true
  }

  // MARK: Codes (RFC 1951, 3.2)

  /// A prefix code: how many symbols have codes of each length, and the symbols in order of their codes.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted {
        (lengths[$0], $0) < (lengths[$1], $1)
      }
    }
  }

  private static let fixedLengths = Code(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = Code(Array(repeating: 5, count: 30))
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func symbol(_ code: Code) -> Int? {
    var (value, first, index) = (0, 0, 0)
    for length in 1..<16 {
      guard let bit = bits(1) else { return nil }
      value |= bit
      let count = code.counts[length]
      if value - first < count {
        let position = index + value - first
        return code.symbols.indices.contains(position) ? code.symbols[position] : nil
      }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    return nil
  }

  private mutating func copyDynamic() -> Bool {
    guard let literals = bits(5), let distances = bits(5), let count = bits(4) else { return false }
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<(count + 4) {
      guard let length = bits(3) else { return false }
      lengths[Self.lengthOrder[index]] = length
    }
    let code = Code(lengths)
    let all = literals + 257 + distances + 1
    var read: [Int] = []
    while read.count < all {
      guard let symbol = symbol(code) else { return false }
      switch symbol {
      case 16:
        guard let last = read.last, let more = bits(2) else { return false }
        read += repeatElement(last, count: more + 3)
      case 17:
        guard let more = bits(3) else { return false }
        read += repeatElement(0, count: more + 3)
      case 18:
        guard let more = bits(7) else { return false }
        read += repeatElement(0, count: more + 11)
      default: read.append(symbol)
      }
    }
    guard read.count == all else { return false }
    return copyCodes(Code(Array(read[..<(literals + 257)])), Code(Array(read[(literals + 257)...])))
  }

  private mutating func copyCodes(_ lengths: Code, _ distances: Code) -> Bool {
    while let symbol = symbol(lengths) {
      if symbol == 256 { return true }
      if symbol < 256 {
        guard out.count < mostBytes else { return false }
        out.append(UInt8(symbol))
        continue
      }
      guard let length = copyLength(symbol), let distance = copyDistance(distances), distance <= out.count,
        out.count + length <= mostBytes
      else { return false }
      for _ in 0..<length { out.append(out[out.count - distance]) }
    }
    return false
  }

  /// Bases and further bits of lengths (RFC 1951, 3.2.5).
  private mutating func copyLength(_ symbol: Int) -> Int? {
    let index = symbol - 257
    guard index < 29 else { return nil }
    if index == 28 { return 258 }
    if index < 8 { return index + 3 }
    let extra = index / 4 - 1
    return bits(extra).map { (4 + index % 4) << extra + 3 + $0 }
  }

  private mutating func copyDistance(_ code: Code) -> Int? {
    guard let symbol = symbol(code), symbol < 30 else { return nil }
    if symbol < 4 { return symbol + 1 }
    let extra = symbol / 2 - 1
    return bits(extra).map { (2 + symbol % 2) << extra + 1 + $0 }
  }
}
