import AssetModel
import Foundation
import SiteFiles

/// A format that a generator makes pages of, and that is not read here.
struct UnreadFormat: Sendable {
  /// Its name, as people write it.
  var name: String
  /// The extensions of its files, in small letters.
  var extensions: [String]
  /// Whether a file is one of the site's posts only where it has front matter: anything else is copied as it is.
  var needsFrontMatter = false

  private static let reStructuredText = UnreadFormat(name: "reStructuredText", extensions: ["rst"])
  private static let asciiDoc = UnreadFormat(name: "AsciiDoc", extensions: ["adoc", "asciidoc", "asc", "ad"])
  private static let org = UnreadFormat(name: "Org mode", extensions: ["org"])
  private static let textile = UnreadFormat(name: "Textile", extensions: ["textile"])
  private static let pandoc = UnreadFormat(name: "Pandoc's Markdown", extensions: ["pdc", "pandoc"])
  private static let notebook = UnreadFormat(name: "notebooks", extensions: ["ipynb"])
  private static let markdoc = UnreadFormat(name: "Markdoc", extensions: ["mdoc"])

  /// The formats of a generator: its own, and those that plugins teach it. Where a plugin has to be named, its site's
  /// configuration tells.
  static func all(of kind: Site.Kind, in folder: SiteFolder) -> [UnreadFormat] {
    switch kind {
    case .hugo: return [asciiDoc, org, pandoc, reStructuredText]
    case .jekyll: return [asciiDoc, org, reStructuredText, textile]
    case .pelican: return [asciiDoc, notebook, org, reStructuredText]
    case .quarto: return [notebook]
    case .astro: return [markdoc]
    case .hexo:
      return [asciiDoc, org, reStructuredText, textile].map {
        var format = $0
        format.needsFrontMatter = true
        return format
      }
    case .mkdocs:
      let settings = ["mkdocs.yml", "mkdocs.yaml"].map(folder.textIfAny).joined()
      return settings.contains("jupyter") ? [notebook] : []
    case .eleventy:
      let files = [".eleventy.js"] + JavaScriptSite.extensions.map { "eleventy.config." + $0 }
      let settings = files.filter { folder.has(file: $0) }.map(folder.textIfAny).joined()
      return [asciiDoc, org, reStructuredText, textile].filter { format in
        format.extensions.contains { settings.contains("'\($0)'") || settings.contains("\"\($0)\"") }
      }
    case .docusaurus, .html, .zola: return []
    }
  }
}

/// Files that a generator makes pages of although they are no posts to the scanner. A gate that says nothing of them would be
/// green for ever.
struct UnreadPosts {
  let root: SiteRoot
  let layout: any SiteLayout
  let formats: [UnreadFormat]

  /// A warning for each format, with the number of its files.
  ///
  /// - Parameter entries: the files of the site.
  func problems(among entries: [FileEntry]) -> [Diagnostic] {
    guard !formats.isEmpty else { return [] }
    var format: [String: Int] = [:]
    for (index, found) in formats.enumerated() {
      for kind in found.extensions { format[kind] = index }
    }
    var files: [[String]] = formats.map { _ in [] }
    for entry in entries where entry.kind == .file {
      guard let index = format[FileName(entry.path).kind], layout.work(for: entry) == nil,
        layout.holdsPost(
          at: entry.path, needsFrontMatter: formats[index].needsFrontMatter,
          hasFrontMatter: { self.hasFrontMatter(entry.path) })
      else { continue }
      files[index].append(entry.path)
    }
    return zip(formats, files).compactMap { format, files in
      files.min().map { problem(format, first: $0, count: files.count) }
    }
  }

  private func problem(_ format: UnreadFormat, first: String, count: Int) -> Diagnostic {
    let kind = layout.site.kind
    let folder = kind.builtFolder.map { ", such as \($0)" } ?? ""
    return Diagnostic(
      .warning, .unreadFormat, file: first,
      message: "\(Self.notRead) \(count) \(count == 1 ? "post" : "posts") in \(format.name)",
      advice: "build the site with \(kind.name), and name the folder with its pages\(folder)",
      figures: ["posts": Double(count)])
  }

  static let notRead = "not read:"

  private func hasFrontMatter(_ path: String) -> Bool {
    guard let start = try? FileAccess.read(root.absolute(path), atMost: 4) else { return false }
    return start.starts(with: Data("---\n".utf8)) || start.starts(with: Data("---\r".utf8))
  }
}

extension Diagnostic {
  /// Of a site in which there is nothing to read.
  static let nothingFound = Diagnostic(
    .warning, .nothingFound, file: ".", message: "no post or page was found",
    advice: "name the folder that holds the site, or the one with its built pages")

  /// The same of a check, which has not looked at what was not read.
  package var ofCheck: Diagnostic {
    var problem = self
    problem.severity = .error
    if rule == .unreadFormat, message.hasPrefix(UnreadPosts.notRead) {
      problem.message = "not checked:" + message.dropFirst(UnreadPosts.notRead.count)
    }
    return problem
  }
}
