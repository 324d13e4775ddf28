import AssetModel
import DataFormats
import Foundation
import SiteFiles

/// What a site's `_config.yml` says, as far as it decides which files are rendered and where their pages are.
struct JekyllConfiguration: Sendable {
  /// A collection other than posts.
  struct Collection: Sendable {
    var label: String
    /// Whether its documents become pages.
    var output = false
    var permalink: String?
  }

  /// A set of front-matter defaults.
  struct Defaults: Sendable {
    var path = ""
    var type: String?
    var values: [String: String] = [:]
    var categories: [String] = []
  }

  var baseurl = ""
  var url = ""
  var exclude: [String] = []
  var include = [".htaccess"]
  var markdownExtensions: Set<String> = ["markdown", "mkdown", "mkdn", "mkd", "md"]
  /// The output folder, relative to the site's root.
  var destination = "_site"
  var permalink = "date"
  var postsPermalink: String?
  var collectionsFolder = ""
  var includesFolder = "_includes"
  var collections: [Collection] = []
  var defaults: [Defaults] = []
  var timezone: String?
  /// Where plugins that make pictures take them from, by the name of their tag.
  var tagFolders: [String: String] = [:]
  /// Where they put what they make.
  var generatedFolders: [String] = []
  /// The keys that stand twice, of which Jekyll takes the last.
  var repeatedKeys: [Document.DuplicateKey] = []
  /// `markdown:` names another engine than kramdown.
  var otherMarkdown: String?

  /// Jekyll's own defaults (`Configuration::DEFAULT_EXCLUDES`), which a site's list is added to.
  static let defaultExcludes = [
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules", "vendor/bundle/",
    "vendor/cache/", "vendor/gems/", "vendor/ruby/",
  ]

  /// The configuration of a site without a file.
  init() { exclude = Self.defaultExcludes }

  /// Reads a configuration.
  ///
  /// - Throws: ``ScanError/badConfiguration(file:line:message:)``
  init(yaml: [UInt8], file: String) throws(ScanError) {
    let document: Document
    do throws(YAMLError) {
      document = try Document(utf8: yaml[...], merging: YAMLHabits.psych.merging)
    } catch {
      throw .badConfiguration(file: file, line: error.location.line, message: error.problem)
    }
    self.init()
    repeatedKeys = document.duplicateKeys
    guard let root = document.root else { return }
    guard let map = root.mapping else {
      throw .badConfiguration(
        file: file,
        line: 1,
        message: "the configuration is not a mapping of keys to values"
      )
    }
    baseurl = Self.trimmedBase(map["baseurl"]?.text ?? "")
    url = (map["url"]?.text ?? "").trimmingCharacters(in: .whitespaces)
    while url.hasSuffix("/") { url.removeLast() }
    exclude = (map["exclude"]?.texts ?? []) + Self.defaultExcludes
    include = map["include"]?.texts ?? include
    if let list = map["markdown_ext"]?.text {
      markdownExtensions = Set(
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
      )
    }
    destination = map["destination"]?.text ?? destination
    permalink = map["permalink"]?.text ?? permalink
    collectionsFolder = (map["collections_dir"]?.text ?? "").trimmingCharacters(in: ["/"])
    includesFolder = (map["includes_dir"]?.text ?? includesFolder).trimmingSlashes
    timezone = map["timezone"]?.text
    if let engine = map["markdown"]?.text, engine.lowercased() != "kramdown" { otherMarkdown = engine }
    readCollections(map["collections"])
    readPicturePlugins(map)
    defaults = map["defaults"]?.sequence?.compactMap(Self.readDefaults) ?? []
  }

  /// `/blog` of `/blog/`, `blog` and `/blog`; empty for the host's root.
  private static func trimmedBase(_ text: String) -> String {
    let parts = text.trimmingCharacters(in: .whitespaces).split(separator: "/")
    return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
  }

  private mutating func readCollections(_ node: Node?) {
    switch node {
    case .sequence(let labels)?:
      collections = labels.compactMap { $0.text.map { Collection(label: $0) } }
    case .mapping(let settings)?:
      for (key, value) in settings {
        guard let label = key.text else { continue }
        if label == "posts" {
          postsPermalink = value["permalink"]?.text
          continue
        }
        collections.append(
          Collection(
            label: label, output: value["output"]?.bool ?? false, permalink: value["permalink"]?.text))
      }
    case .scalar?, nil: break
    }
    collections.removeAll { $0.label == "posts" || $0.label == "data" }
  }

  /// What jekyll_picture_tag and jekyll-responsive-image are told of folders.
  private mutating func readPicturePlugins(_ map: Node.Mapping) {
    if let settings = map["picture"]?.mapping {
      if let folder = settings["source"]?.text { tagFolders["picture"] = folder.trimmingSlashes }
      generatedFolders.append((settings["output"]?.text ?? "generated").trimmingSlashes)
    }
    if let settings = map["responsive_image"]?.mapping {
      for tag in ["responsive_image", "responsive_image_block"] {
        tagFolders[tag] = settings["base_path"]?.text?.trimmingSlashes
      }
      let format = settings["output_path_format"]?.text ?? "assets/resized/%{width}"
      generatedFolders.append(String(format.prefix { $0 != "%" }).trimmingSlashes)
    }
    generatedFolders.removeAll(where: \.isEmpty)
  }

  private static func readDefaults(_ node: Node) -> Defaults? {
    guard let values = node.mapping?["values"]?.mapping else { return nil }
    var defaults = Defaults()
    let scope = node.mapping?["scope"]?.mapping
    defaults.path = scope?["path"]?.text ?? ""
    defaults.type = scope?["type"]?.text.map { type in
      ["page": "pages", "post": "posts", "draft": "drafts"][type] ?? type
    }
    for key in [
      "layout", "permalink", "published", "render_with_liquid", "slug", "date", "category", "img_path",
      "media_subpath",
    ] {
      if let text = values[key]?.text { defaults.values[key] = text }
    }
    if let list = values["categories"]?.texts {
      defaults.categories = list
    } else if let text = values["categories"]?.text {
      defaults.categories = text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    return defaults
  }

  /// The default of a front-matter key for a file (`FrontmatterDefaults#find`): of those that apply the one with
  /// the longest path, and of those the last.
  ///
  /// - Parameters:
  ///   - key: the key.
  ///   - path: the file's path, below the collections' folder for documents of collections.
  ///   - type: `pages`, `posts` or a collection's label.
  func defaultValue(_ key: String, path: String, type: String) -> String? {
    var best: Defaults?
    for set in defaults where set.values[key] != nil && applies(set, path, type) {
      if best.map({ Self.precedes(set, $0) }) ?? true { best = set }
    }
    return best?.values[key]
  }

  /// The default categories for a file.
  func defaultCategories(path: String, type: String) -> [String] {
    var best: Defaults?
    for set in defaults where !set.categories.isEmpty && applies(set, path, type) {
      if best.map({ Self.precedes(set, $0) }) ?? true { best = set }
    }
    return best?.categories ?? []
  }

  private static func precedes(_ new: Defaults, _ old: Defaults) -> Bool {
    let newPath = new.path.trimmingCharacters(in: ["/"])
    let oldPath = old.path.trimmingCharacters(in: ["/"])
    if newPath.count != oldPath.count { return newPath.count > oldPath.count }
    return new.type != nil || old.type == nil
  }

  private func applies(_ set: Defaults, _ path: String, _ type: String) -> Bool {
    if let wanted = set.type, wanted != type { return false }
    var scope = set.path.hasPrefix("/") ? String(set.path.dropFirst()) : set.path
    guard !scope.isEmpty else { return true }
    if !collectionsFolder.isEmpty, scope.hasPrefix(collectionsFolder + "/") {
      scope.removeFirst(collectionsFolder.count + 1)
    }
    guard scope.contains("*") else { return path.hasPrefix(scope) }
    return Self.prefixes(of: path).contains { Glob.matches(scope, $0) }
  }

  /// A path and every folder above it.
  private static func prefixes(of path: String) -> [String] {
    var prefixes: [String] = []
    var prefix = ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty ? String(part) : "/" + part
      prefixes.append(prefix)
    }
    return prefixes
  }
}
