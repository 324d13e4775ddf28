import AssetModel
import SiteFiles

/// Sites of known generators in folders below one that is none: what lies in them is read by their own rules, and not as posts
/// of that folder.
struct InnerSites: Sendable {
  /// Files by which a folder with a site is told. Only folders with one of them are looked at closer.
  static let files: [String] = [
    "_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml",
    ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "astro.config.mjs",
    "astro.config.js", "astro.config.ts", "pelicanconf.py", "mkdocs.yml", "mkdocs.yaml",
    "docusaurus.config.js", "docusaurus.config.ts", "_quarto.yml",
  ]

  /// The folders, the outermost of each, and the generators.
  private(set) var all: [(folder: String, kind: Site.Kind)] = []

  /// - Parameter paths: the files below a root.
  init(_ paths: [String], _ root: SiteRoot) {
    let names = Set(Self.files)
    let folders = Set(paths.map { FileName($0) }.filter { names.contains($0.name) }.map(\.folder))
    for folder in folders.subtracting([""]).sorted() where !holds(folder) {
      guard let inner = try? SiteRoot(root.absolute(folder)) else { continue }
      let site = SiteFolder(root: inner)
      // A folder of Markdown is told last, and lists all that is in it.
      let kind = SiteKind.all.dropLast().first { $0.recognize(site) != nil }
      if let kind { all.append((folder, kind.kind)) }
    }
  }

  /// Whether a file or folder is in one of them.
  func holds(_ path: String) -> Bool {
    all.contains { path == $0.folder || path.hasPrefix($0.folder + "/") }
  }

  /// What is said of each in place of reading it.
  var problems: [Diagnostic] {
    all.map { folder, kind in
      Diagnostic(
        .warning, .unreadFormat, file: folder,
        message: "\(UnreadPosts.notRead) the site in this folder, which is one of \(kind.name)",
        advice: "run optimize-assets on that folder by itself")
    }
  }

  /// All of them in words; nil where there are none.
  var words: String? {
    all.isEmpty ? nil : all.map { "\($0.folder) is one of \($0.kind.name)" }.joined(separator: ", ")
  }
}
