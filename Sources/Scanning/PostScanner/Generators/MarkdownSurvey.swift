import AssetModel
import Foundation
import SiteFiles

/// What lies in a folder of Markdown posts that belongs to no generator: which files are posts, and which folders URLs may
/// lead into.
struct MarkdownSurvey: Sendable {
  /// How a file is read, by extension in small letters.
  static let dialects: [String: Post.Dialect] = [
    "md": .commonmark, "markdown": .commonmark, "mdown": .commonmark, "mkd": .commonmark, "mkdn": .commonmark,
    "mdx": .mdx, "svx": .mdx,
  ]
  /// Folders that hold nothing of an author's, wherever they are. Those whose names begin with a dot are others.
  static let skippedNames: Set<String> = [
    "node_modules", "bower_components", "vendor", "venv", "__pycache__", "_optimized",
  ]
  /// Files that tell of a project and not of its subject, in small letters and without their extensions.
  private static let projectDocuments: Set<String> = [
    "readme", "changelog", "contributing", "code_of_conduct", "license", "security", "support", "governance",
    "agents", "claude",
  ]
  /// How far below the top folders are looked for that are served.
  private static let deepestRoot = 4

  let options: MarkdownOptions
  /// The first post that names a picture, one in Markdown where there is any; nil where none does, or where pages of HTML are
  /// the greater part.
  private(set) var post: String?
  /// The posts in formats beside Markdown, by format, to be named where they alone make no site.
  private(set) var others: [String: Int] = [:]
  /// Folders named `public` and `static` that hold pictures: what is in them is served at the root of some host.
  private(set) var served: [String] = []
  /// Other folders that URLs may lead into.
  private(set) var further: [String] = []
  /// Whether the notes are those of Obsidian, whose links name files wherever they are.
  let isVault: Bool
  /// The folders that a framework builds into.
  private(set) var output: Set<String> = []
  /// Files at the top that are no posts.
  private(set) var excluded: [String] = []
  /// Sites of known generators below the folder.
  private(set) var inner: InnerSites
  /// What lies in the folder, as a scan lists it; nil where it cannot be read.
  let listing: FileListing?

  init(_ root: SiteRoot, _ options: MarkdownOptions, excluding folders: [String]) {
    self.options = options
    let top = ((try? FileManager.default.contentsOfDirectory(atPath: root.absolute(""))) ?? []).sorted()
    isVault = top.contains(".obsidian")
    if top.contains("package.json") {
      output = ["out", "dist", "build"]
      if top.contains(where: { $0.hasPrefix("gatsby-config.") }) { output.insert("public") }
      excluded = top.filter(Self.isProjectDocument)
    }
    let skipped = output.union(folders.map(\.trimmingSlashes))
    listing = try? FileTree.list(below: root.absolute("")) { folder in
      let name = FileName(folder).name
      return skipped.contains(folder) || Self.skippedNames.contains(name) || name.hasPrefix(".")
    }
    let files = (listing?.files ?? []).filter { $0.kind == .file }.map(\.path)
    inner = InnerSites(files, root)
    excluded += inner.all.map(\.folder)
    survey(inner.all.isEmpty ? files : files.filter { !inner.holds($0) }, root)
  }

  private mutating func survey(_ files: [String], _ root: SiteRoot) {
    var (posts, pages, hasPictures) = ([String](), 0, false)
    var foreign: [String] = []
    for path in files {
      let kind = FileName(path).kind
      if Self.dialects[kind] != nil {
        if !excluded.contains(path) { posts.append(path) }
      } else if let format = PostFormat.ofFolders.first(where: { $0.extensions.contains(kind) }) {
        guard !Self.isProjectDocument(path) else { continue }
        foreign.append(path)
        others[format.name, default: 0] += 1
      } else if kind == "html" || kind == "htm" {
        pages += 1
      } else if ImageFormat(fileName: path) != nil {
        hasPictures = true
        addRoot(of: path)
      }
    }
    served.sort(by: Self.isBefore)
    further.sort(by: Self.isBefore)
    // What lies beside pages tells of them.
    if pages > 0 { posts.removeAll(where: Self.isProjectDocument) }
    guard hasPictures, posts.count + foreign.count >= pages else { return }
    post = (posts + foreign).first { path in
      (try? FileAccess.read(root.absolute(path))).map { Self.namesPicture([UInt8]($0)) } ?? false
    }
  }

  private mutating func addRoot(of picture: String) {
    let parts = picture.split(separator: "/").dropLast().prefix(Self.deepestRoot)
    guard let index = parts.firstIndex(where: { ["public", "static", "assets"].contains($0) }) else { return }
    let folder = parts[...index].joined(separator: "/")
    if parts[index] != "assets" {
      if !served.contains(folder) { served.append(folder) }
    } else if index == 0 || index == 1 && ["src", "app"].contains(parts[0]), !further.contains(folder) {
      further.append(folder)
    }
  }

  /// Folders near the top come first.
  private static func isBefore(_ a: String, _ b: String) -> Bool {
    (a.split(separator: "/").count, a) < (b.split(separator: "/").count, b)
  }

  private static func isProjectDocument(_ path: String) -> Bool {
    projectDocuments.contains(FileName(path).stem.lowercased())
  }

  /// Whether a text holds a picture's name.
  private static func namesPicture(_ text: [UInt8]) -> Bool {
    let kinds = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].map { Array($0.utf8) }
    var at = 0
    while let dot = text.find(UInt8(ascii: "."), from: at) {
      at = dot + 1
      for kind in kinds where dot + kind.count <= text.count {
        if zip(kind, text[dot...]).allSatisfy({ $0 == $1.lowercased }) { return true }
      }
    }
    return false
  }

  // MARK: What it means

  /// The folders that are served at the host's root for certain: those that the author names, or the only one there is.
  var certain: [String] { options.imagesRoots ?? (served.count == 1 ? served : []) }

  /// Other folders that a path from the root may lead into, the site's own last.
  var possible: [String] {
    (options.imagesRoots == nil ? (served.count == 1 ? [] : served) + further : []) + [""]
  }

  /// Some folders in the order in which they count for a post: those that stand beside it, or beside a folder that it is in,
  /// the nearest first.
  static func order(_ folders: [String], around post: String) -> [String] {
    guard folders.count > 1 else { return folders }
    let near = folders.filter { folder in
      let parent = FileName(folder).folder
      return !folder.isEmpty && (parent.isEmpty || post.hasPrefix(parent + "/"))
    }.sorted { $0.split(separator: "/").count > $1.split(separator: "/").count }
    return near + folders.filter { !near.contains($0) }
  }

  /// Why the folder is one of posts, and where their pictures are looked for.
  var reason: String? {
    post.map { "\($0) and pictures, but no generator whose posts are read; \(locations)" }
  }

  /// Where pictures are looked for.
  var locations: String {
    let folders = (certain + possible).filter { !$0.isEmpty }
    let below = folders.isEmpty ? "" : " and below \(folders.joined(separator: ", "))"
    return "files are those beside the post\(below)\(isVault ? ", or of that name" : "")"
  }

  /// The posts in other formats than Markdown, in words; nil where there are none.
  var otherPosts: String? {
    let words = others.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { format, count in
      "\(count.counted("post")) in \(format)"
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// The sites below the folder, in words; nil where there are none.
  var innerSites: String? { inner.words }

  /// All of it, to tell one folder from another.
  var description: String {
    "\(post ?? "") \(served) \(further) \(isVault) \(output.sorted()) \(excluded) \(options)"
  }
}
