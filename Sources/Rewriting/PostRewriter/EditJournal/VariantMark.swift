import Foundation

/// The part of a variant's name that no other file's name has: `960w-8a1f2c3d.webp` of `x-960w-8a1f2c3d.webp`. No
/// encoding of URLs changes it, so it is found wherever a text names the file.
package enum VariantMark {
  /// Every mark in a text.
  package static func all(in text: Data) -> Set<String> { Set(occurrences(in: text).map(\.mark)) }

  /// The mark of a file; nil where its name has none.
  package static func of(_ path: String) -> String? {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { Data($0) } ?? Data()
    return occurrences(in: name).last?.mark
  }

  /// The marks of a text and where they begin, in the order of the text.
  package static func occurrences(in text: Data) -> [(mark: String, offset: Int)] {
    text.withUnsafeBytes { bytes in
      var marks: [(mark: String, offset: Int)] = []
      var at = 1
      while at + 10 < bytes.count {
        defer { at += 1 }
        guard bytes[at] == UInt8(ascii: "w"), bytes[at + 1] == UInt8(ascii: "-"),
          bytes[at + 10] == UInt8(ascii: "."), (at + 2..<at + 10).allSatisfy({ isHexadecimal(bytes[$0]) })
        else { continue }
        var start = at
        while start > 0, isDigit(bytes[start - 1]) { start -= 1 }
        var end = at + 11
        while end < bytes.count, isLetterOrDigit(bytes[end]) { end += 1 }
        guard start < at, end > at + 11 else { continue }
        marks.append((String(decoding: bytes[start..<end], as: UTF8.self), start))
      }
      return marks
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7A).contains(byte) }
}
