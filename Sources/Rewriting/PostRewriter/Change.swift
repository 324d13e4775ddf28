import AssetModel
import Foundation

/// What became of one reference: a stretch of the post, and what stands in its place.
package struct Change: Hashable, Sendable {
  /// The stretch of the post as it was scanned. Where it is empty, text was added.
  package var range: ByteRange
  /// What stands there now.
  package var text: String

  package init(range: ByteRange, text: String) {
    self.range = range
    self.text = text
  }

  /// One change a reference, in the order of the text. The edits of one reference belong together: an author who
  /// changes the one has changed what the other was made for.
  static func all(_ groups: Set<[Edit]>, in bytes: Data) -> [Change] {
    let ordered = groups.inOrder
    let joined = ordered.compactMap { Change($0, in: bytes) }
    let overlap = zip(joined, joined.dropFirst()).contains { $0.range.end > $1.range.start }
    // What lies between the edits of one reference is never another's; if it were, each edit would stand for itself.
    guard overlap else { return joined }
    return ordered.flatMap(\.self).byPlace.map { Change(range: $0.range, text: $0.text) }
  }

  private init?(_ edits: [Edit], in bytes: Data) {
    guard let start = edits.map(\.range.start).min(), let end = edits.map(\.range.end).max() else {
      return nil
    }
    range = ByteRange(start, end)
    let inner = edits.map {
      Edit(range: ByteRange($0.range.start - start, $0.range.end - start), text: $0.text)
    }
    let stretch = Data(bytes[bytes.startIndex + start..<bytes.startIndex + end])
    guard let text = inner.applied(to: stretch).flatMap({ String(validating: $0, as: UTF8.self) }) else {
      return nil
    }
    self.text = text
  }

  /// A post with changes made; nil where two of them overlap, or one leaves the post.
  package static func apply(_ changes: [Change], to bytes: Data) -> Data? {
    changes.map { Edit(range: $0.range, text: $0.text) }.applied(to: bytes)
  }
}
