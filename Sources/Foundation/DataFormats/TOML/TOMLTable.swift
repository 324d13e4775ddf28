/// A table of TOML, or a document, which is one.
///
///     let file = try TOMLTable("[owner]\nname = 'Kim'\n")
///     file["owner"]?["name"]?.string  // "Kim"
package struct TOMLTable: Sendable, Equatable {
  /// A key with its value.
  package struct Entry: Sendable, Equatable {
    package var key: String
    /// The bytes of the key's first mention, with its quotes.
    package var keyRange: Range<Int>
    package var value: TOMLValue
  }

  /// The entries in the order in which the text first mentions their keys, no key twice.
  package var entries: [Entry]

  /// The value of a key; nil where there is none.
  package subscript(key: String) -> TOMLValue? { entries.first { $0.key == key }?.value }
}
