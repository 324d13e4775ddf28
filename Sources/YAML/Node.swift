/// A value of a YAML document.
package enum Node: Sendable {
  /// A text, whatever its type.
  case scalar(Scalar)
  /// A list.
  case sequence(Sequence)
  /// Keys and their values.
  case mapping(Mapping)

  /// A text as it reads, and how and where it is written.
  package struct Scalar: Sendable {
    /// The text, with escapes resolved and lines folded.
    package var string: String
    /// How it is written.
    package var style: Style
    /// The tag that is written in front of it, such as `!!str`, in its full form; nil for none.
    package var tag: String?
    package var place: Place
  }

  /// How a scalar is written.
  package enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted
    /// Behind `|`.
    case literal
    /// Behind `>`.
    case folded
  }

  /// A list of nodes.
  package struct Sequence: Sendable, RandomAccessCollection {
    package var items: [Node]
    package var place: Place

    package var startIndex: Int { items.startIndex }
    package var endIndex: Int { items.endIndex }
    package subscript(index: Int) -> Node { items[index] }
  }

  /// Where a node begins, and the bytes it takes.
  package struct Place: Hashable, Sendable {
    /// The line, from 1. As libyaml has it, U+0085, U+2028 and U+2029 end a line too.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int
    /// The bytes in the UTF-8 text, an anchor and a tag in front and quotes included.
    package var bytes: Range<Int>
  }

  /// Where the node is written; of an alias, where the node is that it stands for.
  package var place: Place {
    switch self {
    case .scalar(let scalar): scalar.place
    case .sequence(let sequence): sequence.place
    case .mapping(let mapping): mapping.place
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
  package subscript(key: String) -> Node? { mapping?[key] }
}
