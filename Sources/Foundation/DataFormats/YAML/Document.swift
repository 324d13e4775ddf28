/// A text read as YAML.
///
/// ```swift
/// let document = try Document("title: a\nimage: /b.png\n")
/// document.root?["image"]?.text          // "/b.png"
/// document.root?["image"]?.location.bytes // 16..<22
/// ```
package struct Document: Sendable {
  /// A key that stands twice in a mapping.
  package struct DuplicateKey: Hashable, Sendable {
    /// The key.
    package let name: String
    /// Where it stands again.
    package let location: Node.Location
    /// Where the mapping begins.
    package let mapping: Node.Location
  }

  /// What the keys that `<<` brings do to a mapping's own.
  package enum Merging: Sendable {
    /// They give way to all of them (https://yaml.org/type/merge.html), as in PyYAML, go-yaml and js-yaml.
    case givesWay
    /// They give way to those behind `<<`, and replace those in front of it, as in Ruby's Psych.
    case inOrder
  }

  /// The keys that stand twice in one mapping.
  package struct RepeatedKeys: Hashable, Sendable {
    /// Each once, in alphabetic order.
    package let names: [String]
    /// Where the mapping begins.
    package let mapping: Node.Location
  }

  /// The document's value; nil for a text without one.
  package let root: Node?
  /// Keys that stand twice, in the order in which their mappings end. The last value of each counts; a caller whose
  /// generator refuses such texts throws ``repeatedKeys``.
  package let duplicateKeys: [DuplicateKey]

  /// The duplicate keys of the first mapping that has any; nil if there is none.
  package var repeatedKeys: RepeatedKeys? {
    guard let first = duplicateKeys.first else { return nil }
    let keys = duplicateKeys.filter { $0.mapping == first.mapping }
    return RepeatedKeys(names: Set(keys.map(\.name)).sorted(), mapping: first.mapping)
  }

  /// Reads a text.
  ///
  /// Time and memory are bounded: by the length of the text, by a depth of ``maxDepth``, and by ``maxAliased`` for what
  /// aliases stand for.
  ///
  /// - Throws: ``YAMLError`` for a text that is no YAML, holds a second document, or passes a bound.
  package init(_ text: String, merging: Merging = .givesWay) throws(YAMLError) {
    try self.init(utf8: Array(text.utf8)[...], merging: merging)
  }

  /// Reads the bytes of a text in UTF-8, with a byte order mark in front or without.
  ///
  /// - Parameter bytes: the text. The locations of nodes are its indices, so that those of a slice are locations in the
  ///   whole text.
  /// - Throws: ``YAMLError``, for bytes that are no UTF-8 too.
  package init(utf8 bytes: ArraySlice<UInt8>, merging: Merging = .givesWay) throws(YAMLError) {
    let firstIndex = bytes.startIndex
    (root, duplicateKeys) = try bytes.withUnsafeBufferPointer { text throws(YAMLError) in
      var composer = Composer(text, firstIndex: firstIndex, merging)
      return (try composer.root(), composer.duplicates)
    }
  }

  /// How deep lists and mappings may lie in each other. libyaml's time grows with the square of the depth.
  package static let maxDepth = 100
  /// How many nodes aliases may stand for in all: a few lines of aliases to aliases stand for billions.
  package static let maxAliased = 100_000
}
