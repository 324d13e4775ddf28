/// Values of front matter as every form has them (YAML, TOML, JSON, lines of metadata), with their ranges.
indirect enum FrontMatterValue: Sendable {
  /// One text, number or date.
  case scalar(Scalar)
  case list([FrontMatterValue])
  /// Keys in the order of the file.
  case mapping([(key: String, value: FrontMatterValue)])

  /// A value that contains no other values.
  struct Scalar: Sendable {
    /// The value as it reads, without whitespace at its ends.
    var text: String
    /// Where it stands in the file, without quotes; nil where its bytes are not what it reads as (escapes, folded
    /// lines).
    var range: Range<Int>?
    /// The line of the file, from 1.
    var line: Int
  }

  /// The value of a key; nil where this is no mapping, or has no such key.
  subscript(key: String) -> FrontMatterValue? {
    guard case .mapping(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text of a scalar.
  var text: String? {
    if case .scalar(let scalar) = self { return scalar.text }
    return nil
  }

  /// The texts of a list, or of a scalar as a list of one.
  var texts: [String] {
    switch self {
    case .scalar(let scalar): [scalar.text]
    case .list(let items): items.compactMap(\.text)
    case .mapping: []
    }
  }

  /// The values at a dotted key path, in which `*` stands for any key, with their key paths.
  func values(at path: Substring, prefix: String = "") -> [(field: String, value: FrontMatterValue)] {
    guard !path.isEmpty else { return [(prefix, self)] }
    guard case .mapping(let entries) = self else { return [] }
    let key = path.prefix { $0 != "." }
    let rest = path.dropFirst(key.count + 1)
    return entries.filter { key == "*" || $0.key == key }.flatMap { entry in
      entry.value.values(at: rest, prefix: prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)")
    }
  }

  /// The keys under which a mapping keeps an image.
  private static let imageKeys = [
    "path", "src", "url", "image", "image_path", "feature", "teaser", "thumb", "relative", "filename",
  ]

  /// The scalars below this value that could be images: itself, the items of a list, the usual keys of a mapping.
  func images(field: String, depth: Int = 0) -> [(field: String, scalar: Scalar)] {
    guard depth < 3 else { return [] }
    switch self {
    case .scalar(let scalar): return [(field, scalar)]
    case .list(let items):
      return items.enumerated().flatMap { $1.images(field: "\(field).\($0)", depth: depth + 1) }
    case .mapping(let entries):
      return entries.filter { Self.imageKeys.contains($0.key) }.flatMap {
        $0.value.images(field: "\(field).\($0.key)", depth: depth + 1)
      }
    }
  }
}
