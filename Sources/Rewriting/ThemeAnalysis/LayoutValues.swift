import AssetModel
import DataFormats

/// The values that a Jekyll site's files give the names of its layouts: `site.title`, `layout.css`, `page.css`. Used by one
/// thread at a time.
final class LayoutValues {
  private let files: ThemeFiles
  private let site: Site
  /// The keys that posts have in their front matter.
  private let keys: () -> Set<String>
  private lazy var configuration =
    ["_config.yml", "_config.yaml"].lazy.compactMap { self.mapping($0) }.first
  private var data: [String: Node?] = [:]

  init(files: ThemeFiles, site: Site, keys: @escaping () -> Set<String>) {
    (self.files, self.site, self.keys) = (files, site, keys)
  }

  /// What Jekyll itself gives a page and a site.
  private static let ofPages: Set<String> = [
    "title", "url", "date", "id", "categories", "category", "tags", "content", "excerpt", "path", "next",
    "previous",
    "name", "slug", "ext", "collection", "dir", "draft", "output", "relative_path", "layout", "permalink",
  ]
  private static let ofSites: Set<String> = [
    "posts", "pages", "time", "static_files", "collections", "categories", "tags", "related_posts",
    "html_pages", "html_files", "documents", "github", "env",
  ]

  /// The value of a name; nil where only the generator knows it.
  ///
  /// - Parameter headers: the front matter of the layouts that are rendered, the innermost first.
  func value(_ name: String, headers: [Node.Mapping]) -> LayoutCode.Values? {
    let parts = name.split(separator: ".").map(String.init)
    guard let root = parts.first, let key = parts.dropFirst().first else { return nil }
    switch root {
    case "layout":
      let node = headers.lazy.compactMap { Self.node(parts.dropFirst(), in: .mapping($0)) }.first
      return node.map(Self.values) ?? .nothing
    case "page":
      return Self.ofPages.contains(key) || keys().contains(key) || hasDefault(key) ? nil : .nothing
    case "site":
      if name == "site.baseurl" { return LayoutCode.Values(texts: [site.baseurl]) }
      if name == "site.url" { return LayoutCode.Values(texts: [site.url]) }
      if key == "data" { return dataValue(Array(parts.dropFirst(2))) }
      if Self.ofSites.contains(key) { return nil }
      if let node = configuration.flatMap({ Self.node(parts.dropFirst(), in: .mapping($0)) }) {
        return Self.values(node)
      }
      // A theme that is not in the site brings a configuration of its own.
      return configuration?["theme"] == nil && configuration?["remote_theme"] == nil ? .nothing : nil
    default: return nil
    }
  }

  private func hasDefault(_ key: String) -> Bool {
    guard case .sequence(let sets)? = configuration?["defaults"] else { return false }
    return sets.contains { $0.mapping?["values"]?.mapping?[key] != nil }
  }

  private func dataValue(_ parts: [String]) -> LayoutCode.Values? {
    guard let file = parts.first else { return nil }
    let root = data[file] ?? load(file)
    data[file] = .some(root)
    return root.flatMap { Self.node(parts.dropFirst(), in: $0) }.flatMap(Self.values)
  }

  private func load(_ file: String) -> Node? {
    ["yml", "yaml", "json"].lazy.compactMap { self.files.text("_data/\(file).\($0)") }.first
      .flatMap { try? Document($0).root }
  }

  private func mapping(_ file: String) -> Node.Mapping? {
    files.text(file).flatMap { try? Document($0).root?.mapping }
  }

  private static func node(_ path: ArraySlice<String>, in root: Node) -> Node? {
    path.reduce(Optional(root)) { node, key in node?.mapping?[key] }
  }

  private static func values(_ node: Node) -> LayoutCode.Values? {
    switch node {
    case .scalar: node.text.map { LayoutCode.Values(texts: $0 == "false" ? [] : [$0]) } ?? .nothing
    // An empty list has nothing to go through, and yet is there.
    case .sequence(let items):
      LayoutCode.Values(texts: items.compactMap(\.text), isExact: !items.isEmpty)
    case .mapping: nil
    }
  }

  /// The front matter of a layout.
  static func header(_ text: String) -> Node.Mapping? {
    guard text.hasPrefix("---") else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" }) else { return nil }
    return try? Document(lines[1..<end].joined(separator: "\n")).root?.mapping
  }
}
