import AssetModel

/// The images of a site's sources that keep their markup, a line for each reason, and what reaches them.
struct LeftImages {
  /// Why images keep their markup, and whether their URLs may change all the same.
  private struct Reason: Hashable {
    var text: String
    var allowsURLs = false
  }

  private struct Group {
    var reason: Reason
    var references = 0
    var sources: Set<String> = []
  }

  private var groups: [Group] = []
  private let bytes: [String: Int]
  private let site: Site
  /// Images that only the generator can name.
  private let templated: Int

  /// More reasons than these are summed up in one line.
  private static let mostReasons = 4

  init(_ manifest: AssetManifest) {
    site = manifest.site
    bytes = Dictionary(manifest.sources.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    templated = manifest.references.count { $0.status == .templated }
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [Reason: Group] = [:]
    for reference in manifest.references where reference.status == .local {
      guard let source = reference.source, let reason = Self.reason(reference, in: posts[reference.post])
      else {
        continue
      }
      groups[reason, default: Group(reason: reason)].references += 1
      groups[reason]?.sources.insert(source)
    }
    self.groups = groups.values.sorted { ($1.references, $0.reason.text) < ($0.references, $1.reason.text) }
  }

  private static func reason(_ reference: Reference, in post: Post?) -> Reason? {
    // A format that is never rewritten has a warning of its own.
    if post?.dialect.format != nil { return nil }
    if reference.isBodyImage {
      if let obstacle = reference.obstacle, reference.replacement == nil { return Reason(text: obstacle) }
      return post?.keepsMarkup.map { Reason(text: $0, allowsURLs: true) }
    }
    return reference.keptBecause.map { Reason(text: $0) }
  }

  /// Whether no image of the posts stays because it could not be told what to do with it.
  var isEmpty: Bool { groups.isEmpty && templated == 0 }

  /// The lines at the end of a summary.
  var lines: [String] {
    guard !isEmpty else { return [] }
    var lines = groups.prefix(Self.mostReasons).map(line)
    let others = groups.dropFirst(Self.mostReasons)
    if !others.isEmpty {
      lines.append(
        line(
          Group(
            reason: Reason(text: "\(others.count) further reasons (--verbose lists them)"),
            references: others.reduce(0) { $0 + $1.references },
            sources: others.reduce(into: []) { $0.formUnion($1.sources) })))
    }
    if templated > 0 {
      lines.append("Not known before the site is built: \(Self.images(templated)) named by template code.")
    }
    let folder = site.kind.builtFolder.map { ", such as \($0)" } ?? ""
    return lines + [
      "The built pages reach them: run optimize-assets build, or name the folder that \(site.kind.name) builds\(folder)."
    ]
  }

  private func line(_ group: Group) -> String {
    let size = ByteSize(bytes: group.sources.reduce(0) { $0 + (bytes[$1] ?? 0) }).description
    let what =
      group.reason.allowsURLs
      ? "Lighter files at most, and no candidates"
      : "Left as the author has \(group.references == 1 ? "it" : "them")"
    return "\(what): \(Self.images(group.references)), \(size): \(group.reason.text).".printable
  }

  private static func images(_ count: Int) -> String { count == 1 ? "1 image" : "\(count) images" }
}
