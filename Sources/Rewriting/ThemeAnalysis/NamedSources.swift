import AssetModel
import SiteFiles

/// Which stylesheets and scripts of a site that is not built its pages may load, by who names them.
struct NamedSources {
  private let kind: Site.Kind
  private let posts: [String]
  private let files: ThemeFiles
  /// What is no post's: templates, and the files of settings and data that they go by.
  private let texts: [String]
  /// Whether a template takes whatever script there is in a folder.
  private let takesPatterns: Bool
  /// Whether one may load whatever lies beside a post: `.Resources.Match "*.css"`
  private let takesResources: Bool

  /// - Parameters:
  ///   - posts: the posts with images.
  ///   - templates: files with markup, of which those among posts are none.
  ///   - settings: files of settings and data.
  init(kind: Site.Kind, posts: [String], templates: [String], settings: [String], files: ThemeFiles) {
    (self.kind, self.posts, self.files) = (kind, posts, files)
    let templates = templates.filter { !Self.isContent($0, kind) }.compactMap(files.text)
    texts = templates + settings.filter(Self.isSetting).compactMap(files.text)
    takesPatterns = templates.contains { template in
      Self.follows(["resources.Match", "ByType"], [".js", "javascript", "*"], in: template)
    }
    takesResources = texts.contains { Self.follows([".Resources"], [".css", ".js", "\"text"], in: $0) }
  }

  /// Files that lie beside posts, as notebooks and slides bring them, are loaded by a post that names them, or by a template
  /// that takes them as resources of the page.
  func mayBeStylesheet(_ path: String) -> Bool {
    guard Self.isContent(path, kind) else { return true }
    return takesResources
      || posts.contains { post in
        path.hasPrefix(FileAccess.folder(of: post) + "/")
          && files.text(post)?.contains(Self.name(path)) == true
      }
  }

  /// A page loads a script that a template or its settings name, as a file or as what a bundler takes in, or that a template
  /// finds by a pattern. Those that a post names are the post's.
  func mayBeScript(_ path: String) -> Bool {
    if Self.isContent(path, kind) { return takesResources }
    if takesPatterns, path.contains("assets/") { return true }
    let name = Self.name(path)
    let stem = name.split(separator: ".").first ?? ""
    return texts.contains { text in
      text.contains(name) || text.contains("/\(stem)\"") || text.contains("/\(stem)'")
    }
  }

  /// Whether one of some words stands behind one of others in a line.
  private static func follows(_ words: [String], _ later: [String], in text: String) -> Bool {
    words.contains { word in
      text.ranges(of: word).contains { range in
        let line = text[range.upperBound...].prefix { !$0.isNewline }.prefix(80)
        return later.contains { line.contains($0) }
      }
    }
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Whether a file lies among posts, where what is no post belongs to one.
  private static func isContent(_ path: String, _ kind: Site.Kind) -> Bool {
    [.hugo, .zola].contains(kind) && path.hasPrefix("content/")
  }

  /// Whether a file of settings may be the site's or its theme's, and no record of packages.
  private static func isSetting(_ path: String) -> Bool {
    let folders = path.split(separator: "/").dropLast()
    return !name(path).contains("lock")
      && (folders.isEmpty || ["config", "data", "_data", "themes"].contains(folders.first))
  }
}
