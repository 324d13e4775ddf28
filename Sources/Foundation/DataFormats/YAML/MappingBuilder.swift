/// Gathers a mapping's entries: merges what `<<` names, and finds the keys that stand twice.
struct MappingBuilder {
  private(set) var entries: [Node.Mapping.Element] = []
  /// The keys that stood there already, where they stand again.
  private(set) var repeated: [Node.Scalar] = []
  private let merging: Document.Merging
  /// The keys that are scalars. Lists and mappings as keys have no name to stand twice by.
  private var keys: [Key] = []
  /// The positions in `keys` by name, once there are many.
  private var positions: [String: Int] = [:]

  private struct Key {
    var name: String
    /// Its position in the entries.
    var entry: Int
    var isMerged: Bool
  }

  /// Up to here, comparing takes less time than hashing.
  private static let few = 16

  init(_ merging: Document.Merging) { self.merging = merging }

  mutating func add(_ key: Node, _ value: Node) {
    guard case .scalar(let scalar) = key else {
      entries.append((key, value))
      return
    }
    if scalar.isMergeKey, let mappings = Self.mappings(value) {
      // Of several, the first ones count more.
      for mapping in merging == .inOrder ? mappings.reversed() : mappings { merge(mapping) }
    } else if let position = position(of: scalar.string) {
      if !keys[position].isMerged { repeated.append(scalar) }
      keys[position].isMerged = false
      entries[keys[position].entry] = (key, value)
    } else {
      append(scalar.string, (key, value), isMerged: false)
    }
  }

  /// What `<<` merges: a mapping, or each of a list of mappings; nil for anything else, which is then a value like any.
  private static func mappings(_ value: Node) -> [Node.Mapping]? {
    switch value {
    case .scalar: return nil
    case .mapping(let mapping): return [mapping]
    case .sequence(let items):
      let mappings = items.compactMap(\.mapping)
      return mappings.count == items.count ? mappings : nil
    }
  }

  private mutating func merge(_ mapping: Node.Mapping) {
    for entry in mapping.entries {
      guard let name = entry.key.string else { continue }
      if let position = position(of: name) {
        if merging == .inOrder { entries[keys[position].entry] = entry }
      } else {
        append(name, entry, isMerged: true)
      }
    }
  }

  private mutating func append(_ name: String, _ entry: Node.Mapping.Element, isMerged: Bool) {
    keys.append(Key(name: name, entry: entries.count, isMerged: isMerged))
    entries.append(entry)
    if keys.count == Self.few {
      for (position, key) in keys.enumerated() { positions[key.name] = position }
    } else if keys.count > Self.few {
      positions[name] = keys.count - 1
    }
  }

  private func position(of name: String) -> Int? {
    keys.count < Self.few ? keys.firstIndex { $0.name == name } : positions[name]
  }
}

extension Node.Scalar {
  /// `<<`, written plain.
  fileprivate var isMergeKey: Bool {
    string == "<<" && style == .plain && (tag == nil || tag == "tag:yaml.org,2002:merge")
  }
}
