import DataFormats

/// YAML as dictionaries, lists and texts, for tests that look into files of other programs. Every scalar is a text.
package enum PlainYAML {
  /// Reads a text.
  ///
  /// - Throws: ``YAMLError``
  package static func load(_ text: String) throws -> Any { value(try Document(text).root) }

  private static func value(_ node: Node?) -> Any {
    switch node {
    case nil: ""
    case .scalar(let scalar): scalar.string
    case .sequence(let nodes): nodes.map(value)
    case .mapping(let entries):
      Dictionary(entries.map { ($0.key.scalar?.string ?? "", value($0.value)) }) { $1 }
    }
  }
}
