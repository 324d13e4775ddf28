import Foundation

/// Where texts stand in a file. What names a variant is found by the variant's mark, in one pass over the file for all such
/// texts: a page with thousands of images would else be read once for each of them.
struct TextOccurrences {
  private let file: Data
  /// The offsets of the marks' `w`, by the eight digits behind it; nil before the first question.
  private var marks: [String: [Int]]?
  private var cached: [Data: [Int]] = [:]

  init(_ file: Data) { self.file = file }

  /// The offsets at which a text stands, overlapping itself or not, in order.
  mutating func of(_ text: Data) -> [Int] {
    if let offsets = cached[text] { return offsets }
    let offsets =
      VariantMark.occurrences(in: text).first.map { of(text, with: $0) } ?? Self.of(text, in: file)
    cached[text] = offsets
    return offsets
  }

  /// A mark is at least a digit, the digits behind it and a letter: all of that is in the text, and so in the file wherever
  /// the text is. What stands around it there can make the mark itself another.
  private mutating func of(_ text: Data, with mark: (mark: String, offset: Int)) -> [Int] {
    let all = marks ?? Self.marks(in: file)
    marks = all
    guard let (digits, offset) = Self.core(mark) else { return [] }
    return (all[digits] ?? []).compactMap { position in
      let start = position - offset
      guard start >= 0, start + text.count <= file.count else { return nil }
      let from = file.startIndex + start
      return file[from..<from + text.count] == text ? start : nil
    }
  }

  private static func marks(in file: Data) -> [String: [Int]] {
    var offsets: [String: [Int]] = [:]
    for mark in VariantMark.occurrences(in: file) {
      if let (digits, offset) = core(mark) { offsets[digits, default: []].append(offset) }
    }
    return offsets
  }

  /// The eight digits of a mark, and the offset of its `w`.
  private static func core(_ mark: (mark: String, offset: Int)) -> (digits: String, offset: Int)? {
    let bytes = mark.mark.utf8
    guard let width = bytes.firstIndex(of: UInt8(ascii: "w")) else { return nil }
    let digits = bytes[width...].dropFirst(2).prefix(8)
    return (String(Substring(digits)), mark.offset + bytes.distance(from: bytes.startIndex, to: width))
  }

  /// The offsets of a text that names no variant.
  private static func of(_ text: Data, in file: Data) -> [Int] {
    guard !text.isEmpty, text.count <= file.count else { return [] }
    return file.withUnsafeBytes { file in
      text.withUnsafeBytes { text in
        guard let start = file.baseAddress, let wanted = text.baseAddress else { return [] }
        let last = file.count - text.count
        var offsets: [Int] = []
        var from = 0
        while from <= last, let match = memchr(start + from, Int32(text[0]), last - from + 1) {
          let offset = UnsafeRawPointer(match) - start
          if memcmp(start + offset, wanted, text.count) == 0 { offsets.append(offset) }
          from = offset + 1
        }
        return offsets
      }
    }
  }
}
