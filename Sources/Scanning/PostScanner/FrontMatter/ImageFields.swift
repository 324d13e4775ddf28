/// The front-matter fields that name images: dotted key paths, in which `*` stands for any key. Built once per scan,
/// since a theme has fifty fields and a post few of them.
struct ImageFields: Sendable, ExpressibleByArrayLiteral {
  private let paths: [String]
  /// The indices of the paths by their first key.
  private let byRoot: [String: [Int]]

  /// - Parameter paths: in the order in which they are looked for.
  init(_ paths: [String]) {
    self.paths = paths
    byRoot = Dictionary(grouping: paths.indices) { String(paths[$0].prefix { $0 != "." }) }
  }

  init(arrayLiteral paths: String...) { self.init(paths) }

  /// Whether a path begins with a key.
  func mayHold(_ key: String) -> Bool { byRoot[key] != nil }

  /// The paths whose first key is there.
  func paths(in tree: FrontMatterValue) -> [String] {
    guard case .mapping(let entries) = tree else { return [] }
    var indices: Set<Int> = Set(byRoot["*"] ?? [])
    for entry in entries { indices.formUnion(byRoot[entry.key] ?? []) }
    return indices.sorted().map { paths[$0] }
  }
}
