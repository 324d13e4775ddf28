import AssetModel
import Foundation

/// A change to a file's bytes. An empty range inserts.
struct Edit: Hashable {
  var range: ByteRange
  var text: String
}

extension [Edit] {
  /// The file with the edits made, in whatever order they are listed; nil when two of them overlap or one
  /// leaves the file.
  func applied(to bytes: Data) -> Data? {
    let ordered = sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
    var out = Data(capacity: bytes.count + reduce(0) { $0 + $1.text.utf8.count })
    var position = 0
    for edit in ordered {
      guard edit.range.start >= position, edit.range.end <= bytes.count else { return nil }
      out += bytes[bytes.startIndex + position..<bytes.startIndex + edit.range.start]
      out += Data(edit.text.utf8)
      position = edit.range.end
    }
    return out + bytes[(bytes.startIndex + position)...]
  }
}
