import AssetModel
import SiteFiles

/// A layout described by data: the folders of posts, how each extension is read, the skipped folders. Every generator
/// except Jekyll uses it.
struct FolderLayout: SiteLayout {
  var site: Site
  var problems: [Diagnostic] = []
  var reading = ReadingRules()
  /// The folders that hold posts, the longest match counting; empty strings for the site's root.
  var postFolders: [String]
  /// How a file is read, by extension in small letters.
  var dialects: [String: Post.Dialect]
  var formats: [PostFormat] = []
  /// Folders (whole paths) that are not listed: output, caches.
  var skipped: Set<String> = []
  /// Names of folders that are not listed wherever they are.
  var skippedNames: Set<String> = ["node_modules", ".git"]
  /// Whether folders whose names begin with a dot are not listed.
  var skipsHidden = false
  /// Folders and files below the posts' folders that are listed, and are no posts: layouts, includes.
  var excluded: [String] = []
  /// Whether a name that begins with `_` is no post, nor anything in a folder of such a name.
  var skipsUnderscored = false
  /// The page of a post, given its path below its posts' folder.
  var page: @Sendable (_ path: String, _ inner: String, _ matter: FrontMatter) -> PostPage
  /// Whether a file without front matter is a post all the same.
  var needsFrontMatter = false

  func isSkipped(folder: String) -> Bool {
    if skipped.contains(folder) { return true }
    let name = folder.split(separator: "/").last.map(String.init) ?? folder
    return skippedNames.contains(name) || skipsHidden && name.hasPrefix(".")
  }

  func work(for entry: FileEntry) -> PostReading.Work? {
    guard entry.kind == .file else { return nil }
    let kind = FileName(entry.path).kind
    let format = dialects[kind] == nil ? formats.first { $0.extensions.contains(kind) } : nil
    guard let dialect = dialects[kind] ?? format?.dialect, let inner = inner(of: entry.path),
      !isExcluded(entry.path, inner)
    else { return nil }
    return PostReading.Work(
      entry: entry, role: .page, dialect: dialect,
      isAlwaysRead: !needsFrontMatter && format?.needsFrontMatter != true)
  }

  func holdsPost(at path: String, needsFrontMatter: Bool, hasFrontMatter: () -> Bool) -> Bool {
    guard let inner = inner(of: path), !isExcluded(path, inner) else { return false }
    return !needsFrontMatter || hasFrontMatter()
  }

  /// The path of a post below the folder of posts that it is in.
  private func inner(of path: String) -> String? {
    let folder = postFolders.filter { $0.isEmpty || path.hasPrefix($0 + "/") }.max { $0.count < $1.count }
    return folder.map { $0.isEmpty ? path : String(path.dropFirst($0.count + 1)) }
  }

  private func isExcluded(_ path: String, _ inner: String) -> Bool {
    if skipsUnderscored, inner.split(separator: "/").contains(where: { $0.hasPrefix("_") }) { return true }
    if path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { return true }
    return excluded.contains { path == $0 || path.hasPrefix($0 + "/") }
  }

  func page(of work: PostReading.Work, _ matter: FrontMatter) -> PostPage {
    page(work.entry.path, inner(of: work.entry.path) ?? work.entry.path, matter)
  }

  func publishes(_ path: String) -> Bool { true }

  /// Adds a problem if the user's folder for variants is not published.
  func problem(ofVariantFolder folder: String, advice: String) -> Diagnostic? {
    guard !reading.mounts.contains(where: { $0.published(folder + "/x") != nil }) else { return nil }
    return Diagnostic(
      .warning,
      .siteConfiguration,
      file: folder,
      message: "\(site.kind.name) does not publish this folder, so that variants in it would not be found",
      advice: advice
    )
  }
}

/// Readings of paths that several generators share.
enum PostPath {
  /// The URL of a page in a folder of its own: `/guide/x/` for `guide/x.md`, `/guide/` for `guide/index.md`.
  static func pretty(_ inner: String, indexNames: Set<String> = ["index"]) -> String {
    let name = FileName(inner)
    let folder = name.folder.isEmpty ? "/" : "/\(name.folder)/"
    return indexNames.contains(name.stem) ? folder : "\(folder)\(name.stem)/"
  }

  /// A URL path with a `/` at its start, and nothing twice.
  static func rooted(_ url: String) -> String {
    let isFolder = url.hasSuffix("/")
    let inner = url.split(separator: "/").joined(separator: "/")
    return inner.isEmpty ? "/" : "/\(inner)\(isFolder ? "/" : "")"
  }

  /// A site's address taken apart: its scheme and host, and the path that it is published at.
  static func address(_ url: String) -> (origin: String, base: String) {
    guard let slashes = url.range(of: "://") else { return ("", base(url)) }
    let path = url[slashes.upperBound...].drop { $0 != "/" }
    return (String(url[..<path.startIndex]), base(String(path)))
  }

  /// `/blog` of `/blog/`, `blog` and `/blog`; empty for the host's root.
  static func base(_ text: String) -> String {
    let parts = text.split(separator: "/")
    return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
  }
}
