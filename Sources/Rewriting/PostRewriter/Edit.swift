import AssetModel
import Foundation

/// A change to a file's bytes. An empty range inserts.
struct Edit: Hashable {
  var range: ByteRange
  var text: String
}

extension Set<[Edit]> {
  /// The edits by the references that they are made for, in the order of the text: where one image follows another at once,
  /// the end of what is put around the first comes before the beginning of what is put around the second.
  var inOrder: [[Edit]] {
    func key(_ edits: [Edit]) -> (start: Int, end: Int, text: String) {
      (
        edits.map(\.range.start).min() ?? 0, edits.map(\.range.end).max() ?? 0,
        edits.map(\.text).joined(separator: "\n")
      )
    }
    return map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension [Edit] {
  /// The edits in the order of the text, and at one place in that in which they are listed.
  var byPlace: [Edit] {
    enumerated().sorted {
      ($0.element.range.start, $0.element.range.end, $0.offset)
        < ($1.element.range.start, $1.element.range.end, $1.offset)
    }.map(\.element)
  }

  /// The file with the edits made; nil when two of them overlap or one leaves the file. What is inserted at one place comes in
  /// the order in which it is listed.
  func applied(to bytes: Data) -> Data? {
    var out = Data(capacity: bytes.count + reduce(0) { $0 + $1.text.utf8.count })
    var position = 0
    for edit in byPlace {
      guard edit.range.start >= position, edit.range.end <= bytes.count else { return nil }
      out += bytes[bytes.startIndex + position..<bytes.startIndex + edit.range.start]
      out += Data(edit.text.utf8)
      position = edit.range.end
    }
    return out + bytes[(bytes.startIndex + position)...]
  }
}
