import Foundation

/// How the lines of a text end.
package struct LineEnds: Sendable {
  /// Whether a line ends with a line feed alone.
  package private(set) var hasPlain = false
  /// Whether a carriage return is there.
  package private(set) var hasReturns = false

  package init(_ bytes: some Sequence<UInt8>) {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D { hasReturns = true }
      if byte == 0x0A, previous != 0x0D { hasPlain = true }
      previous = byte
    }
  }

  /// A text whose lines end in this way, as far as there is only one.
  func applied(to text: String) -> String {
    guard hasPlain != hasReturns else { return text }
    var bytes: [UInt8] = []
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == 0x0A {
        if previous == 0x0D { bytes.removeLast() }
        if hasReturns { bytes.append(0x0D) }
      }
      bytes.append(byte)
      previous = byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension EditJournal.Span {
  /// Spans whose lines end as those of a file do.
  static func ending(_ spans: [Self], as file: Data) -> [Self] {
    guard spans.contains(where: \.hasLines) else { return spans }
    let ends = LineEnds(file)
    return spans.map {
      $0.hasLines ? Self(old: ends.applied(to: $0.old), new: ends.applied(to: $0.new), nth: $0.nth) : $0
    }
  }

  private var hasLines: Bool { old.utf8.contains(0x0A) || new.utf8.contains(0x0A) }
}
