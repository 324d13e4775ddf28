import AssetModel

/// The images of a site's sources that keep their markup, a line for each reason, and what reaches them.
struct LeftImages {
  private var groups: [(reason: String, references: Int, sources: Set<String>)] = []
  private let bytes: [String: Int]
  private let site: Site
  /// Images that only the generator can name.
  private let templated: Int

  /// Begins the reasons why only the URLs of images change.
  private static let onlyURLs = "\0"
  /// More reasons than these are summed up in one line.
  private static let mostReasons = 4

  init(_ manifest: AssetManifest) {
    site = manifest.site
    bytes = Dictionary(manifest.sources.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    templated = manifest.references.count { $0.status == .templated }
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var counts: [String: (references: Int, sources: Set<String>)] = [:]
    for reference in manifest.references where reference.status == .local {
      guard let source = reference.source, let reason = Self.reason(reference, in: posts[reference.post])
      else {
        continue
      }
      counts[reason, default: (0, [])].references += 1
      counts[reason]?.sources.insert(source)
    }
    groups = counts.map { ($0.key, $0.value.references, $0.value.sources) }
      .sorted { ($1.references, $0.reason) < ($0.references, $1.reason) }
  }

  private static func reason(_ reference: Reference, in post: Post?) -> String? {
    // A format that is never rewritten has a warning of its own.
    if post?.dialect.format != nil { return nil }
    if reference.isBodyImage {
      if let obstacle = reference.obstacle, reference.replacement == nil { return obstacle }
      return post?.keepsMarkup.map { onlyURLs + $0 }
    }
    return reference.keptBecause
  }

  /// Whether no image of the posts stays because it could not be told what to do with it.
  var isEmpty: Bool { groups.isEmpty && templated == 0 }

  /// The lines at the end of a summary.
  var lines: [String] {
    guard !isEmpty else { return [] }
    var lines = groups.prefix(Self.mostReasons).map { line($0.reason, $0.references, $0.sources) }
    let others = groups.dropFirst(Self.mostReasons)
    if !others.isEmpty {
      lines.append(
        line(
          "\(others.count) further reasons (--verbose lists them)", others.reduce(0) { $0 + $1.references },
          others.reduce(into: []) { $0.formUnion($1.sources) }))
    }
    if templated > 0 {
      lines.append("Not known before the site is built: \(Self.images(templated)) named by template code.")
    }
    let folder = site.kind.builtFolder.map { ", such as \($0)" } ?? ""
    return lines + [
      "The built pages reach them: run optimize-assets build, or name the folder that \(site.kind.name) builds\(folder)."
    ]
  }

  private func line(_ reason: String, _ references: Int, _ sources: Set<String>) -> String {
    let size = ByteSize(bytes: sources.reduce(0) { $0 + (bytes[$1] ?? 0) }).description
    let what =
      reason.hasPrefix(Self.onlyURLs)
      ? "Lighter files at most, and no candidates"
      : "Left as the author has \(references == 1 ? "it" : "them")"
    let why = reason.hasPrefix(Self.onlyURLs) ? String(reason.dropFirst(Self.onlyURLs.count)) : reason
    return "\(what): \(Self.images(references)), \(size): \(why).".printable
  }

  private static func images(_ count: Int) -> String { count == 1 ? "1 image" : "\(count) images" }
}
