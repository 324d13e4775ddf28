import AssetModel

/// The images in the folder of one of Hugo's page bundles, and which of them a pattern means.
struct BundleFiles {
  /// The folder; nil for a page that has none.
  let bundle: String?
  private let index: SiteIndex
  /// The paths, and what patterns are compared with. Read on first use.
  private var paths: [(path: String, name: String)]?
  /// Pairs of letters that may still be compared: a post can have as many patterns as its folder has files.
  private var rest = 100_000_000

  init(_ bundle: String?, _ index: SiteIndex) {
    self.bundle = bundle
    self.index = index
  }

  /// The files that a pattern means, sorted; nil where the page has more patterns than are looked at.
  mutating func files(matching pattern: String) -> [String]? {
    guard let bundle else { return [] }
    let all = paths ?? Self.images(below: bundle + "/", in: index)
    paths = all
    let pattern = pattern.lowercased()
    var files: [String] = []
    for (path, name) in all {
      rest -= pattern.utf8.count * name.utf8.count
      guard rest > 0 else { return nil }
      if Glob.matches(pattern, name) { files.append(path) }
    }
    return files
  }

  private static func images(below prefix: String, in index: SiteIndex) -> [(path: String, name: String)] {
    index.allPaths.filter { $0.hasPrefix(prefix) && ImageFormat(fileName: $0) != nil }.sorted()
      .map { ($0, $0.dropFirst(prefix.count).lowercased()) }
  }
}
