import Foundation

extension MetadataBlock.Packing {
  /// What was packed; nil where it is not in order.
  func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .plain: bytes
    case .digits: RawProfile(bytes)?.content
    case .deflated: Inflate.bytes(ofZlib: bytes)
    case .deflatedDigits: Inflate.bytes(ofZlib: bytes).flatMap { RawProfile($0)?.content }
    case .base64: Data(base64Encoded: Data(bytes), options: .ignoreUnknownCharacters).map(Array.init)
    }
  }

  /// Other content of the same length, packed; nil where the old is not in order.
  ///
  /// - Parameter old: how the content before it was packed.
  func packed(_ content: [UInt8], like old: [UInt8]) -> [UInt8]? {
    switch self {
    case .plain: return content
    case .digits: return RawProfile(old)?.replacing(content)
    case .deflated: return Inflate.stored(content)
    case .deflatedDigits:
      guard let text = Inflate.bytes(ofZlib: old), let profile = RawProfile(text) else { return nil }
      return Inflate.stored(profile.replacing(content))
    case .base64: return Array(Data(content).base64EncodedData())
    }
  }
}

/// A profile in a PNG's text as ImageMagick writes it: a line feed, its name, its length, and its bytes as hexadecimal
/// digits in lines.
struct RawProfile {
  private let text: [UInt8]
  /// Where each digit stands.
  private let digits: [Int]

  init?(_ text: [UInt8]) {
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: true)
    guard lines.count == 3 else { return nil }
    let positions = lines[2].indices.filter { Self.value(text[$0]) != nil }
    let length = String(decoding: lines[1], as: UTF8.self).filter { $0 != " " }
    guard let count = Int(length), count >= 0, count <= positions.count / 2 else { return nil }
    self.text = text
    digits = Array(positions.prefix(2 * count))
  }

  var content: [UInt8] {
    stride(from: 0, to: digits.count, by: 2).map { index in
      let (high, low) = (Self.value(text[digits[index]]) ?? 0, Self.value(text[digits[index + 1]]) ?? 0)
      return high << 4 | low
    }
  }

  /// The text with other content of the same length.
  func replacing(_ content: [UInt8]) -> [UInt8] {
    var text = text
    let letters = Array("0123456789abcdef".utf8)
    for (index, byte) in content.enumerated() where 2 * index + 1 < digits.count {
      text[digits[2 * index]] = letters[Int(byte >> 4)]
      text[digits[2 * index + 1]] = letters[Int(byte & 15)]
    }
    return text
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
