import AssetModel

extension Post.Dialect {
  /// Why no reference of such a post is edited; nil in Markdown and HTML.
  var keptBecause: String? { format.map { "\($0) cannot offer candidates" } }

  /// The reasons of all formats.
  static let formatReasons: Set<String> = Set(
    [Self.asciiDoc, .notebook, .org, .reStructuredText, .textile].compactMap(\.keptBecause))
}

extension PostFormat {
  /// A line for each format whose posts show pictures and stay as they are: what reaches them.
  static func problems(of result: ScanResult) -> [Diagnostic] {
    guard result.posts.contains(where: { $0.dialect.format != nil }) else { return [] }
    let kind = result.site.kind
    let showing = Set(result.references.filter { $0.status == .local }.map(\.post))
    let posts = result.posts.filter { $0.dialect.format != nil && showing.contains($0.path) }
    return Dictionary(grouping: posts) { $0.dialect.format ?? "" }.sorted { $0.key < $1.key }.compactMap {
      format, posts in
      guard let first = posts.map(\.path).min(), let reason = posts[0].dialect.keptBecause else { return nil }
      let count = "\(posts.count) \(posts.count == 1 ? "post" : "posts") in \(format)"
      let folder = kind.builtFolder.map { ", such as \($0)" } ?? ""
      return Diagnostic(
        .warning, .postSkipped, file: first,
        message: "\(count) \(posts.count == 1 ? "is" : "are") read and not rewritten: \(reason)",
        advice:
          "run optimize-assets build, or name the folder with the pages that \(kind.name) built\(folder);"
          + " optimize-assets shrink makes the pictures themselves lighter",
        figures: ["posts": Double(posts.count)])
    }
  }
}
