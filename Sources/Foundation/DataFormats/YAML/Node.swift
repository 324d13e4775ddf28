/// A value of a YAML document. Aliases are what they stand for, and what `<<` merges is merged.
package enum Node: Sendable {
  /// A text, whatever its type.
  case scalar(Scalar)
  /// A list.
  case sequence(Sequence)
  /// Keys and their values.
  case mapping(Mapping)

  /// A list of nodes.
  package struct Sequence: Sendable, RandomAccessCollection {
    package let items: [Node]
    /// The tag that is written in front of it, in its full form; nil for none.
    package let tag: String?
    package let location: Location

    package var startIndex: Int { items.startIndex }
    package var endIndex: Int { items.endIndex }
    package subscript(index: Int) -> Node { items[index] }
  }

  /// Keys and their values, in the order in which they are written.
  ///
  /// If a key occurs twice, it has the last value, at the position of the first.
  package struct Mapping: Sendable, RandomAccessCollection {
    package typealias Element = (key: Node, value: Node)

    package let entries: [Element]
    /// The tag that is written in front of it, in its full form; nil for none.
    package let tag: String?
    package let location: Location

    package var startIndex: Int { entries.startIndex }
    package var endIndex: Int { entries.endIndex }
    package subscript(index: Int) -> Element { entries[index] }

    /// The value of a key. Keys are looked through in order, so a caller that asks for many makes a dictionary first.
    package subscript(key: String) -> Node? {
      entries.first { $0.key.scalar?.string == key }?.value
    }
  }

  /// Where the node is written; of an alias, where the node is that it stands for.
  package var location: Location {
    switch self {
    case .scalar(let scalar): scalar.location
    case .sequence(let sequence): sequence.location
    case .mapping(let mapping): mapping.location
    }
  }

  /// The scalar; nil for a list or mapping.
  package var scalar: Scalar? {
    if case .scalar(let scalar) = self { return scalar }
    return nil
  }

  /// The list; nil for anything else.
  package var sequence: Sequence? {
    if case .sequence(let sequence) = self { return sequence }
    return nil
  }

  /// The mapping; nil for anything else.
  package var mapping: Mapping? {
    if case .mapping(let mapping) = self { return mapping }
    return nil
  }

  /// The value of a key; nil where there is none, or no mapping.
  ///
  /// ```swift
  /// document.root?["formats"]?["avif"]?.int
  /// ```
  package subscript(key: String) -> Node? { mapping?[key] }
}
