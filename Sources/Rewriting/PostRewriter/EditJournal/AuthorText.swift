import AssetModel
import Foundation

/// A post as its author has it: what runs replaced is put back, and everything else is as it is now.
package struct AuthorText: Sendable {
  /// A span that stands in the file.
  package struct Match: Hashable, Sendable {
    package var span: EditJournal.Span
    /// Where the author's text of it stands in ``AuthorText/bytes``.
    package var range: ByteRange
  }

  /// A span that does not stand in the file any more.
  package struct Lost: Hashable, Sendable {
    package var span: EditJournal.Span
    /// The line, from 1, where something of it is left; nil where nothing is: the author took it away.
    package var line: Int?
  }

  /// The author's text.
  package private(set) var bytes: Data
  /// The spans that were put back, in the order of the text.
  package private(set) var matches: [Match] = []
  /// The spans that the author changed.
  package private(set) var lost: [Lost] = []

  /// The author's text of a file that no run has touched.
  package init(_ file: Data) { bytes = file }

  /// Puts back what a run replaced. Where the file is not as the run left it, a span is found by its text: what the
  /// author changed beside it does not matter, and what was changed inside it is left alone. Lines end as they do in the
  /// file: git may have changed that in all of it.
  package init(_ file: Data, _ text: EditJournal.Text) {
    let isExact = ContentDigest.sha256(file) == text.sha256
    let spans = isExact ? text.spans : EditJournal.Span.ending(text.spans, as: file)
    var starts = isExact ? Self.exactStarts(of: spans, in: file) : Self.starts(of: spans, in: file)
    Self.dropOverlaps(&starts, spans)
    bytes = Data(capacity: file.count)
    var position = 0
    for (start, index) in starts.enumerated().compactMap({ index, start in start.map { ($0, index) } })
      .sorted(by: { $0.0 < $1.0 })
    {
      let span = spans[index]
      bytes += file[file.startIndex + position..<file.startIndex + start]
      matches.append(Match(span: span, range: ByteRange(bytes.count, bytes.count + span.old.utf8.count)))
      bytes += Data(span.old.utf8)
      position = start + span.new.utf8.count
    }
    bytes += file[(file.startIndex + position)...]
    lost = Self.lost(spans, starts, in: file)
  }

  /// Puts back what a run replaced, of a post where a killed run may have left either of two texts.
  package init(_ file: Data, _ post: EditJournal.Post) {
    let now = AuthorText(file, post.text)
    guard let previous = post.previous, !now.lost.isEmpty || post.spans.isEmpty,
      ContentDigest.sha256(file) != post.sha256
    else {
      self = now
      return
    }
    let before = AuthorText(file, previous)
    let isBefore = ContentDigest.sha256(file) == previous.sha256 || before.matches.count > now.matches.count
    self = isBefore || now.matches.isEmpty && before.lost.isEmpty ? before : now
  }

  // MARK: Finding spans

  /// No run writes spans that reach into each other, but a journal can come with a pull request: the first of them counts.
  private static func dropOverlaps(_ starts: inout [Int?], _ spans: [EditJournal.Span]) {
    var position = 0
    for (start, index) in starts.enumerated().compactMap({ index, start in start.map { ($0, index) } })
      .sorted(by: { $0 < $1 })
    {
      if start < position {
        starts[index] = nil
      } else {
        position = start + spans[index].new.utf8.count
      }
    }
  }

  /// Where each span begins in a file that is as the run left it.
  private static func exactStarts(of spans: [EditJournal.Span], in file: Data) -> [Int?] {
    var occurrences = TextOccurrences(file)
    return spans.map { span in
      let all = occurrences.of(Data(span.new.utf8))
      let nth = span.nth ?? 0
      return all.indices.contains(nth) ? all[nth] : nil
    }
  }

  /// Where each span begins in a file that the author has changed since.
  ///
  /// Long texts are looked for first, because a short one (a URL) can be part of a long one. Spans with the same text
  /// are taken in order.
  private static func starts(of spans: [EditJournal.Span], in file: Data) -> [Int?] {
    var starts = [Int?](repeating: nil, count: spans.count)
    var occurrences = TextOccurrences(file)
    var taken = TakenBytes(of: file)
    let groups = Dictionary(grouping: spans.indices) { Data(spans[$0].new.utf8) }
    for (text, members) in groups.sorted(by: { ($0.key.count, $1.value[0]) > ($1.key.count, $0.value[0]) }) {
      var rest = members[...]
      for start in occurrences.of(text) {
        guard let next = rest.first else { break }
        let range = start..<start + text.count
        // What is taken is no shorter, so that it covers an end of what reaches into it.
        guard !taken[range.lowerBound], !taken[range.upperBound - 1], standsAlone(range, in: file) else {
          continue
        }
        starts[next] = start
        taken.take(range)
        rest.removeFirst()
      }
    }
    return starts
  }

  /// Whether the text at a place is all of what stands there: a URL that goes on, or that is a candidate of a `srcset`,
  /// is another's.
  private static func standsAlone(_ range: Range<Int>, in file: Data) -> Bool {
    func byte(_ offset: Int) -> UInt8? {
      offset >= 0 && offset < file.count ? file[file.startIndex + offset] : nil
    }
    if let first = byte(range.lowerBound), let before = byte(range.lowerBound - 1), isOfURL(first),
      isOfURL(before)
    {
      return false
    }
    guard let last = byte(range.upperBound - 1), let after = byte(range.upperBound) else { return true }
    if isOfURL(last), isOfURL(after) { return false }
    var offset = range.upperBound
    while byte(offset) == 0x20 { offset += 1 }
    guard offset > range.upperBound, let digit = byte(offset), isDigit(digit) else { return true }
    while let next = byte(offset), isDigit(next) { offset += 1 }
    return byte(offset) != UInt8(ascii: "w")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The characters of a path in a URL (RFC 3986: unreserved, `%` and `/`).
  private static func isOfURL(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// The spans without a place, and where the files that they name are named still.
  private static func lost(_ spans: [EditJournal.Span], _ starts: [Int?], in file: Data) -> [Lost] {
    let missing = spans.indices.filter { starts[$0] == nil }
    guard !missing.isEmpty else { return [] }
    var taken = TakenBytes(of: file)
    for index in spans.indices {
      if let start = starts[index] { taken.take(start..<start + spans[index].new.utf8.count) }
    }
    var left = RemainingMarks(VariantMark.occurrences(in: file).filter { !taken[$0.offset] })
    let lines = LineFeeds(of: file)
    return missing.map { index in
      let marks = VariantMark.all(in: Data(spans[index].new.utf8))
      return Lost(span: spans[index], line: left.take(marks).map(lines.line))
    }
  }
}

/// Which bytes of a file are taken.
private struct TakenBytes {
  private var flags: Data

  init(of file: Data) { flags = Data(count: file.count) }

  subscript(offset: Int) -> Bool { flags[offset] != 0 }

  mutating func take(_ range: Range<Int>) {
    flags.withUnsafeMutableBytes { flags in
      guard let start = flags.baseAddress, range.upperBound <= flags.count else { return }
      memset(start + range.lowerBound, 1, range.count)
    }
  }
}

/// Where the lines of a file end.
private struct LineFeeds {
  private let offsets: [Int]

  init(of file: Data) {
    var occurrences = TextOccurrences(file)
    offsets = occurrences.of(Data([0x0A]))
  }

  /// The line of an offset, from 1.
  func line(_ offset: Int) -> Int {
    var (low, high) = (0, offsets.count)
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }
}

/// The marks of variants in a file that no span accounts for, in order.
private struct RemainingMarks {
  private let marks: [(mark: String, offset: Int)]
  /// The places of each mark, the last first.
  private var places: [String: [Int]] = [:]
  private var isTaken: [Bool]

  init(_ marks: [(mark: String, offset: Int)]) {
    self.marks = marks
    isTaken = Array(repeating: false, count: marks.count)
    for place in marks.indices.reversed() { places[marks[place].mark, default: []].append(place) }
  }

  /// Takes the first of some marks, and those behind it: two images of one file, both changed, are two places.
  ///
  /// - Returns: its offset; nil where none of them is left.
  mutating func take(_ wanted: Set<String>) -> Int? {
    for mark in wanted {
      while let place = places[mark]?.last, isTaken[place] { places[mark]?.removeLast() }
    }
    guard let first = wanted.compactMap({ places[$0]?.last }).min() else { return nil }
    var place = first
    while place < marks.count, !isTaken[place], wanted.contains(marks[place].mark) {
      isTaken[place] = true
      place += 1
    }
    return marks[first].offset
  }
}

extension EditJournal.Text {
  /// Records what was replaced in a text.
  ///
  /// - Parameters:
  ///   - changes: the ranges of the author's text that were replaced, and by what, in the order of the text.
  ///   - author: the author's text.
  ///   - new: the text with the changes made.
  package init(_ changes: [(range: ByteRange, text: String)], author: Data, new: Data) {
    var shift = 0
    var occurrences = TextOccurrences(new)
    spans = changes.map { range, text in
      let old = author[author.startIndex + range.start..<author.startIndex + range.end]
      let start = range.start + shift
      shift += text.utf8.count - range.count
      let all = occurrences.of(Data(text.utf8))
      let nth = all.count > 1 ? all.firstIndex(of: start) : nil
      return EditJournal.Span(old: String(decoding: old, as: UTF8.self), new: text, nth: nth)
    }
    sha256 = ContentDigest.sha256(new)
  }
}
