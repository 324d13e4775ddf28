import AssetModel
import Foundation
import SiteFiles

/// The values of front matter that a site's own files compare or look up: another URL in their place would make another page.
/// Used by one thread at a time.
final class ComparedValues {
  private let root: SiteRoot
  private let paths: [String]
  private lazy var mentions = readMentions()
  /// The site's templates and their texts.
  private(set) lazy var templates = readTemplates()
  private var fields: [String: String?] = [:]

  /// No configuration or data file that a person wrote is longer, in bytes.
  private static let maxBytes = 4_000_000
  private static let dataFolders: Set<String> = ["_data", "data", "config"]
  private static let templateFolders: Set<String> = [
    "_layouts", "_includes", "layouts", "templates", "themes", "theme", "_partials", "layout",
  ]

  /// - Parameter paths: the files of the site.
  init(root: SiteRoot, paths: some Sequence<String>) {
    self.root = root
    self.paths = paths.sorted()
  }

  /// Why a value keeps its text; nil where nothing of the site goes by it.
  func reason(_ value: String, field: String) -> String? {
    if let file = mentions[value] { return "\(file) has the same value, which templates may compare" }
    let comparison =
      fields[field] ?? templates.lazy.compactMap { Self.comparison(of: field, in: $0.text, $0.path) }.first
    fields[field] = .some(comparison)
    return comparison
  }

  // MARK: Values

  /// The image paths that stand as values or keys in configuration and data files, and the file that has each.
  private func readMentions() -> [String: String] {
    var mentions: [String: String] = [:]
    for path in paths where Self.holdsData(path) {
      for word in text(path).split(whereSeparator: { " \t\r\n\"'`,[]{}()".contains($0) }) {
        let word = word.hasSuffix(":") ? word.dropLast() : word
        if ImageFormat(fileName: word) != nil, mentions[String(word)] == nil { mentions[String(word)] = path }
      }
    }
    return mentions
  }

  private static func holdsData(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    let name = FileName(path)
    guard parts.count == 1 else {
      return ["yml", "yaml", "json", "toml", "csv", "tsv"].contains(name.kind)
        && parts.dropLast().prefix(2).contains(where: dataFolders.contains)
    }
    return ["_config", "config", "hugo", "mkdocs", "zola", "pelicanconf", "publishconf", "_quarto"].contains(
      where: name.stem.hasPrefix) && ["yml", "yaml", "json", "toml", "py"].contains(name.kind)
  }

  // MARK: Templates

  private func readTemplates() -> [(path: String, text: String)] {
    paths.filter { path in
      ["html", "htm", "liquid", "xml", "json", "njk", "j2", "jinja", "ejs"].contains(FileName(path).kind)
        && path.split(separator: "/").dropLast().contains { Self.templateFolders.contains(String($0)) }
    }.map { ($0, text($0)) }
  }

  private func text(_ path: String) -> String {
    guard let data = try? FileAccess.read(root.absolute(path)), data.count <= Self.maxBytes else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Where a template compares a field with anything but nothing, or looks something up by it.
  static func comparison(of field: String, in text: String, _ path: String) -> String? {
    guard text.contains("." + field) else { return nil }
    // No comparison goes on behind a tag's end, so that the rest of the page need not be searched.
    let tags = text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "}") })
      .map { String(decoding: $0, as: UTF8.self) }.filter { $0.contains("." + field) }
    guard !tags.isEmpty else { return nil }
    let text = tags.joined(separator: "%")
    let name = "[\\w.$-]*\\.\(NSRegularExpression.escapedPattern(for: field))(?![\\w.-])"
    let other = "([^\\s%}]+)"
    let patterns = [
      "\(name)\\s*(?:==|!=)\\s*\(other)", "\(other)\\s*(?:==|!=)\\s*\(name)",
      "\\b(?:eq|ne)\\s+\(name)\\s+\(other)", "\\b(?:eq|ne)\\s+\(other)\\s+\(name)",
      "\\[\\s*\(name)()\\s*\\]", "\\bindex\\s+\\S+\\s+\(name)()",
    ]
    let nothing: Set<String> = [
      "nil", "null", "blank", "empty", "false", "true", "\"\"", "''", "none", "None",
    ]
    let isCompared = patterns.contains { pattern in
      ConfigurationText.matches(pattern, in: text).contains { !nothing.contains($0[1]) }
    }
    return isCompared ? "\(path) compares it or looks something up by it" : nil
  }
}
