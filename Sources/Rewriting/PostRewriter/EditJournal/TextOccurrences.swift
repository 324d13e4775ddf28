import Foundation

/// Where texts stand in a file. What names a variant is found by the variant's mark, in one pass over the file for all such
/// texts: a page with thousands of images would else be read once for each of them.
struct TextOccurrences {
  private let file: Data
  /// The offsets of the marks' `w`, by the eight digits behind it; nil before the first question.
  private var marks: [String: [Int]]?
  private var cached: [Data: [Int]] = [:]
  /// What may still be looked at, in steps of the machine. A journal that no run wrote can ask for a hundred thousand texts that
  /// stand nearly everywhere; behind this none stands anywhere, and is told as changed.
  private(set) var work = allowed
  static let allowed = 2_000_000_000

  init(_ file: Data) { self.file = file }

  /// The offsets at which a text stands, overlapping itself or not, in order.
  mutating func of(_ text: Data) -> [Int] {
    if let offsets = cached[text] { return offsets }
    let offsets =
      VariantMark.occurrences(in: text).first.map { of(text, with: $0) } ?? unmarked(text)
    cached[text] = offsets
    return offsets
  }

  /// A mark is at least a digit, the digits behind it and a letter: all of that is in the text, and so in the file wherever
  /// the text is. What stands around it there can make the mark itself another.
  private mutating func of(_ text: Data, with mark: (mark: String, offset: Int)) -> [Int] {
    let all = marks ?? Self.marks(in: file)
    marks = all
    guard let (digits, offset) = Self.core(mark) else { return [] }
    let places = all[digits] ?? []
    work -= places.count * Self.steps(comparing: text)
    guard work > 0 else { return [] }
    return places.compactMap { position in
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

  private static func steps(comparing text: Data) -> Int { 50 + text.count / 16 }

  /// The offsets of a text that names no variant.
  private mutating func unmarked(_ text: Data) -> [Int] {
    guard !text.isEmpty, text.count <= file.count else { return [] }
    let (last, steps) = (file.count - text.count, Self.steps(comparing: text))
    var (work, offsets) = (work, [Int]())
    file.withUnsafeBytes { file in
      text.withUnsafeBytes { text in
        guard let start = file.baseAddress, let wanted = text.baseAddress else { return }
        var from = 0
        while from <= last, work > 0, let match = memchr(start + from, Int32(text[0]), last - from + 1) {
          let offset = UnsafeRawPointer(match) - start
          if memcmp(start + offset, wanted, text.count) == 0 { offsets.append(offset) }
          work -= steps + (offset - from) / 16
          from = offset + 1
        }
        if from <= last { work -= (last - from) / 16 }
      }
    }
    self.work = work
    return work > 0 ? offsets : []
  }
}
