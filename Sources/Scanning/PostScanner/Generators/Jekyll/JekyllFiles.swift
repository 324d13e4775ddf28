import AssetModel

/// Which of a site's files Jekyll renders (`Jekyll::Reader`, `EntryFilter`, `PostReader`, `Collection`, 4.3).
struct JekyllFiles: Sendable {
  /// What Jekyll takes a file for.
  enum Role: Hashable, Sendable {
    /// In `_posts`: rendered with or without front matter.
    case post
    /// In `_drafts`: rendered as a post on request.
    case draft
    /// In a collection's folder.
    case document(label: String)
    /// Anywhere else: a page with front matter, a static file without.
    case page
    /// A Markdown file that a post takes in with `include` or `include_relative`: it has no page of its own, and
    /// its relative URLs start from the page of the post named here.
    case partial(of: String)
  }

  private let configuration: JekyllConfiguration
  private let skipped: Set<String>
  /// The patterns of `exclude` that `include` does not list as well.
  private let excluded: [String]

  /// - Parameters:
  ///   - configuration: the site's.
  ///   - excludedFolders: site folders that are not read.
  init(_ configuration: JekyllConfiguration, excludedFolders: [String]) {
    self.configuration = configuration
    excluded = configuration.exclude.filter { !configuration.include.contains($0) }
    skipped = Set(([configuration.destination] + excludedFolders).map { $0.trimmingSlashes })
  }

  /// Whether a folder holds nothing that any page can show.
  func isSkipped(folder: String) -> Bool {
    skipped.contains(folder) || folder == ".git" || folder.hasSuffix("/.git") || folder == "node_modules"
      || folder == ".jekyll-cache" || folder == ".sass-cache"
  }

  /// What Jekyll takes a file for; nil where it leaves it out.
  func role(of path: String) -> Role? {
    let parts = path.split(separator: "/").map(String.init)
    if let label = collection(of: parts) {
      let inner = parts.dropFirst(collectionDepth + 1).joined(separator: "/")
      return accepts(inner, below: parts.prefix(collectionDepth + 1).joined(separator: "/"))
        ? .document(label: label) : nil
    }
    var folder = ""
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if !isLast, part == "_posts" || part == "_drafts", isInCollectionsFolder(folder) {
        let base = folder.isEmpty ? part : folder + "/" + part
        let inner = parts[(index + 1)...].joined(separator: "/")
        guard accepts(inner, below: base) else { return nil }
        return part == "_posts" ? .post : .draft
      }
      guard accepts(part, below: folder) else { return nil }
      folder += folder.isEmpty ? part : "/" + part
      if !isLast, skipped.contains(folder) { return nil }
    }
    return .page
  }

  private var collectionDepth: Int { configuration.collectionsFolder.isEmpty ? 0 : folderDepth }
  private var folderDepth: Int { configuration.collectionsFolder.split(separator: "/").count }

  private func collection(of parts: [String]) -> String? {
    guard parts.count > collectionDepth + 1 else { return nil }
    if collectionDepth > 0 {
      guard parts.prefix(collectionDepth).joined(separator: "/") == configuration.collectionsFolder else {
        return nil
      }
    }
    let folder = parts[collectionDepth]
    guard folder.hasPrefix("_") else { return nil }
    let label = folder.dropFirst()
    return configuration.collections.first { $0.label == label }?.label
  }

  private func isInCollectionsFolder(_ folder: String) -> Bool {
    configuration.collectionsFolder.isEmpty || folder.hasPrefix(configuration.collectionsFolder)
  }

  /// `EntryFilter#filter` of one entry.
  private func accepts(_ entry: String, below folder: String) -> Bool {
    guard !entry.hasSuffix(".") else { return false }
    let name = entry.split(separator: "/").last.map(String.init) ?? entry
    let isIncluded =
      Self.matches(configuration.include, entry) || Self.matches(configuration.include, name)
    let path = folder.isEmpty ? entry : folder + "/" + entry
    if !isIncluded {
      if Self.matches(excluded, path) { return false }
    }
    if isIncluded { return true }
    // Folders below `_posts` are entered whatever they are called, but for hidden ones.
    if entry.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { return false }
    return !Self.isSpecial(entry) && !Self.isSpecial(name) && !entry.hasSuffix("~")
  }

  private static func isSpecial(_ name: String) -> Bool {
    guard let first = name.utf8.first else { return false }
    return first == UInt8(ascii: ".") || first == .underscore || first == .hash || first == UInt8(ascii: "~")
  }

  /// `glob_include?`: a pattern matches, or the path begins with it.
  private static func matches(_ patterns: [String], _ path: String) -> Bool {
    patterns.contains { pattern in
      let pattern = pattern.hasPrefix("/") ? String(pattern.dropFirst()) : pattern
      guard !pattern.isEmpty else { return false }
      if path.utf8.starts(with: pattern.utf8) || pattern == path + "/" { return true }
      return pattern.utf8.contains(where: Self.isWildcard) && Glob.matches(pattern, path)
    }
  }

  private static func isWildcard(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == .openBracket || byte == .backslash
  }
}

extension String {
  /// Without slashes at either end, and without a leading `./`.
  var trimmingSlashes: String {
    var parts = split(separator: "/")
    while parts.first == "." { parts.removeFirst() }
    return parts.joined(separator: "/")
  }
}
