import AssetModel
import SiteFiles

/// Finds files by the end of their paths, as programs for notes do: `a.jpg` is the file of that name, wherever it lies.
struct NamedFiles: Sendable {
  /// The images by their names in small letters, those with short paths first.
  private let byName: [String: [String]]

  /// - Parameter paths: the site's files.
  init(_ paths: Set<String>) {
    let images = paths.filter { ImageFormat(fileName: $0) != nil }
      .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    byName = Dictionary(grouping: images) { FileName($0).name.lowercased() }
  }

  /// The file whose path ends like this, capitals and small letters alike: one in the post's folder, one below it, or the one
  /// with the shortest path.
  func path(of target: String, from post: String) -> String? {
    // Notes that were moved up still name their files from where they were.
    let rest = target.split(separator: "/").drop { $0 == ".." || $0 == "." }.joined(separator: "/")
    guard let parts = SiteRoot.normalize(rest), let name = parts.last?.lowercased() else { return nil }
    let end = "/" + parts.joined(separator: "/").lowercased()
    let matches = (byName[name] ?? []).filter { "/\($0.lowercased())".hasSuffix(end) }
    guard matches.count > 1 else { return matches.first }
    let folder = FileName(post).folder
    return matches.first { FileName($0).folder == folder }
      ?? matches.first { $0.hasPrefix(folder + "/") } ?? matches.first
  }
}
