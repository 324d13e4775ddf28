import AssetModel
import Foundation
import SiteFiles

/// Files that a generator makes pages of although they are no posts to the scanner. A gate that says nothing of them would be
/// green for ever.
struct UnreadPosts {
  let root: SiteRoot
  let layout: any SiteLayout
  let formats: [PostFormat]

  /// A warning for each format that is not read, with the number of its files.
  ///
  /// - Parameter entries: the files of the site.
  func problems(among entries: [FileEntry]) -> [Diagnostic] {
    guard !formats.isEmpty else { return [] }
    var format: [String: Int] = [:]
    for (index, postFormat) in formats.enumerated() {
      for kind in postFormat.extensions { format[kind] = index }
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

  private func problem(_ format: PostFormat, first: String, count: Int) -> Diagnostic {
    let kind = layout.site.kind
    let folder = kind.builtFolder.map { ", such as \($0)" } ?? ""
    let builder = kind == .markdown ? "" : " with \(kind.name)"
    return Diagnostic(
      .warning, .unreadFormat, file: first,
      message: "\(Self.notRead) \(count.counted("post")) in \(format.name)",
      advice: "build the site\(builder), and name the folder with its pages\(folder)",
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
