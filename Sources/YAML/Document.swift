/// A text read as YAML.
///
/// ```swift
/// let document = try Document("title: a\nimage: /b.png\n")
/// document.root?["image"]?.text          // "/b.png"
/// document.root?["image"]?.place.bytes   // 16..<22
/// ```
package struct Document: Sendable {
  /// A key that stands twice in a mapping.
  package struct DuplicateKey: Hashable, Sendable {
    /// The key.
    package var name: String
    /// Where it stands again.
    package var place: Node.Place
    /// Where the mapping begins.
    package var mapping: Node.Place
  }

  /// The document's value; nil for a text without one.
  package let root: Node?
  /// Keys that stand twice, in the order of the text. The last value of each counts.
  package let duplicateKeys: [DuplicateKey]

  /// Reads a text.
  ///
  /// Time and memory are bounded: by the length of the text, by a depth of ``maxDepth``, and by ``maxAliased`` for what
  /// aliases stand for.
  ///
  /// - Throws: ``YAMLError`` for a text that is no YAML, holds a second document, or passes a bound.
  package init(_ text: String) throws(YAMLError) { try self.init(utf8: Array(text.utf8)) }

  /// Reads the bytes of a text in UTF-8.
  ///
  /// - Throws: ``YAMLError``, for bytes that are no UTF-8 too.
  package init(utf8 bytes: some Collection<UInt8>) throws(YAMLError) {
    let composed =
      bytes.withContiguousStorageIfAvailable(Composer.compose)
      ?? Array(bytes).withUnsafeBufferPointer(Composer.compose)
    (root, duplicateKeys) = try composed.get()
  }

  /// How deep lists and mappings may lie in each other. libyaml's time grows with the square of the depth.
  package static let maxDepth = 100
  /// How many nodes aliases may stand for in all: a few lines of aliases to aliases stand for billions.
  package static let maxAliased = 100_000
}
