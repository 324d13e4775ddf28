extension Node {
  /// Keys and their values, in the order in which they are written.
  ///
  /// Of a key that stands twice the last value counts, as Psych (Jekyll) and PyYAML have it;
  /// ``Document/duplicateKeys`` names it. What `<<` merges stands behind the mapping's own keys.
  package struct Mapping: Sendable, RandomAccessCollection {
    package typealias Element = (key: Node, value: Node)

    package var entries: [Element]
    package var place: Place

    package var startIndex: Int { entries.startIndex }
    package var endIndex: Int { entries.endIndex }
    package subscript(index: Int) -> Element { entries[index] }

    /// The value of a key. Keys are looked through in order, so a caller that asks for many makes a dictionary first.
    package subscript(key: String) -> Node? {
      entries.first { $0.key.scalar?.string == key }?.value
    }
  }
}

extension Node.Mapping {
  /// What a mapping's entries come to: later ones of the same key count, and `<<` brings what is not there yet.
  ///
  /// Source: https://yaml.org/type/merge.html
  init(resolving written: [Element], place: Node.Place, duplicates: inout [Document.DuplicateKey]) {
    self.place = place
    entries = []
    entries.reserveCapacity(written.count)
    var positions: [String: Int] = [:]
    var merges: [Node] = []
    for entry in written {
      guard let scalar = entry.key.scalar else {
        // A list or mapping as a key has no name to stand twice by.
        entries.append(entry)
        continue
      }
      if scalar.isMergeKey {
        merges.append(entry.value)
      } else if let position = positions[scalar.string] {
        duplicates.append(
          Document.DuplicateKey(name: scalar.string, place: scalar.place, mapping: place))
        entries[position].value = entry.value
      } else {
        positions[scalar.string] = entries.count
        entries.append(entry)
      }
    }
    for merge in merges { add(merge, &positions) }
  }

  /// Adds what a value of `<<` has and the mapping has not: of a mapping, or of each mapping of a list, earlier ones
  /// first.
  private mutating func add(_ merged: Node, _ positions: inout [String: Int]) {
    switch merged {
    case .scalar: break
    case .sequence(let nodes):
      for node in nodes where node.mapping != nil { add(node, &positions) }
    case .mapping(let mapping):
      for entry in mapping {
        guard let name = entry.key.scalar?.string else { continue }
        guard positions[name] == nil else { continue }
        positions[name] = entries.count
        entries.append(entry)
      }
    }
  }
}

extension Node.Scalar {
  /// `<<`, written plain.
  fileprivate var isMergeKey: Bool { string == "<<" && style == .plain }
}
