import AssetModel
import Foundation
import SiteFiles

/// A folder that becomes a complete copy of a site with some files replaced and some added.
///
/// The site itself is only read. A file that is already right is not written again; a file that an earlier run wrote and
/// nothing needs any more is removed; what no run wrote stays. Each file appears whole or not at all, so a copy whose
/// making was cut short is finished by the next run.
package struct StagedSite: Sendable {
  /// Holds the tool's own records inside the copy of a site's sources. Generators skip folders whose names start with a dot.
  package static let recordFolder = ".optimize-assets"

  /// The repository that a copy may be committed to, a folder or a file that names one. It is never touched.
  package static let repository = ".git"

  /// Folders of a site that are not its sources: version control, builds and caches.
  package static let skippedFolders: Set<String> = [
    repository, ".hg", ".svn", "_site", ".jekyll-cache", ".sass-cache", "node_modules",
    RecordFiles.workFolder,
  ]

  let site: SiteRoot
  let output: String
  /// The folder of the records, absolute.
  package let records: String
  private let skipped: Set<String>

  /// - Parameters:
  ///   - site: the site to copy.
  ///   - output: the folder to fill. It may lie inside the site and is then not copied into itself.
  ///   - excluding: folders of the site that are not copied, relative to it.
  ///   - isDeployed: whether the copy is published as it is, so that records lie beside it.
  /// - Throws: ``StagedSiteError`` when the folder is not one to write to.
  package init(
    site: SiteRoot, output: String, excluding: [String] = [], isDeployed: Bool = false
  ) throws {
    self.site = site
    self.output = output
    let inside = output + "/" + Self.recordFolder
    records = isDeployed ? Self.records(beside: output) : inside
    let root = site.path + "/"
    guard output != site.path, !root.hasPrefix(output + "/") else {
      throw StagedSiteError.containsSite(output)
    }
    var skipped = Self.skippedFolders
    skipped.formUnion(excluding)
    for folder in [output, records] where folder.hasPrefix(root) {
      skipped.insert(String(folder.dropFirst(root.count)))
    }
    self.skipped = skipped
    try checkOutput()
  }

  /// The list of what runs have written into the copy.
  var recordFile: String { (isEarlier ? earlierRecords : records) + "/" + CopyRecord.name }

  /// The folder beside an output that holds its records: `.public.optimize-assets` for `public`.
  package static func records(beside output: String) -> String {
    let name = output.split(separator: "/").last ?? ""
    return FileAccess.folder(of: output) + "/.\(name)\(recordFolder)"
  }

  /// Where earlier versions kept the records of every copy.
  private var earlierRecords: String { output + "/" + Self.recordFolder }

  /// Whether the records are still where earlier versions kept them.
  private var isEarlier: Bool {
    var info = stat()
    return records != earlierRecords && lstat(records, &info) != 0 && lstat(earlierRecords, &info) == 0
      && info.st_mode & S_IFMT == S_IFDIR
  }

  /// An output folder that holds anything must be one that an earlier run made of this site.
  private func checkOutput() throws {
    var info = stat()
    guard lstat(output, &info) == 0 else { return }
    guard stat(output, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
      throw StagedSiteError.notAFolder(output)
    }
    let hasRecords = lstat(records, &info) == 0 || isEarlier
    if hasRecords, !isEarlier, info.st_mode & S_IFMT != S_IFDIR {
      throw StagedSiteError.foreignFolder(output)
    }
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
    guard contents.contains(where: { $0 != Self.repository && $0 != Self.recordFolder }) else { return }
    guard hasRecords else { throw StagedSiteError.foreignFolder(output) }
    guard let recordedPath = CopyRecord.site(of: recordFile) else { throw StagedSiteError.unproven(output) }
    guard recordedPath == sitePath else { throw StagedSiteError.otherSite(output, site: recordedPath) }
  }

  /// The way from the copy to its site, by which a list tells whose copy it is.
  var sitePath: String {
    let from = ((try? SiteRoot(output).path) ?? output).split(separator: "/")
    let to = site.path.split(separator: "/")
    let common = zip(from, to).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: from.count - common)
    return CopyRecord.spelled((up + to.dropFirst(common).map(String.init)).joined(separator: "/").utf8)
  }

  /// Whether a folder of a copy is none of its content: records, and what generators keep beside their sources.
  package static func isExcluded(_ folder: String) -> Bool {
    folder == recordFolder || skippedFolders.contains(folder)
  }

  /// Claims the output folder, so that a later run knows it as its own, and puts the links in place that the folder for
  /// variants is reached through.
  ///
  /// - Throws: `FileError`
  package func prepare(_ survey: CopySurvey? = nil) throws(FileError) {
    try FileAccess.makeFolder(output)
    if isEarlier, rename(earlierRecords, records) != 0 { throw FileError("write", records) }
    try FileAccess.makeFolder(records)
    if CopyRecord.site(of: recordFile) != sitePath {
      try FileAccess.write(CopyRecord(site: sitePath).text(with: [:]), to: recordFile)
    }
    guard let survey else { return }
    for path in survey.obstacles {
      guard unlink(output + "/" + path) == 0 else { throw FileError("remove", output + "/" + path) }
    }
    for entry in survey.entries {
      guard let folder = survey.folderLinks[entry.path], case .link(let text) = entry.kind else { continue }
      try FileAccess.makeFolder(output + "/" + folder)
      try clear(entry.path)
      try link(linkText(text, at: entry.path), at: entry.path, try CopyLog(recordFile))
    }
  }

  /// Removes a folder that an earlier run filled, and that a link takes the place of; what no run wrote was refused before.
  private func clear(_ path: String) throws(FileError) {
    var info = stat()
    let folder = output + "/" + path
    guard lstat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { return }
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      throw FileError("remove", folder)
    }
  }

  /// Whether a folder of the site, by its path, is no part of a copy.
  package func isSkipped(_ folder: String) -> Bool { skipped.contains(folder) }

  /// Whether a file of the site is no part of a copy.
  static func isLeftOut(_ path: String) -> Bool {
    path == RecordFiles.journal || path == RecordFiles.originals || FileAccess.isTemporary(name(of: path))
  }

  static func name(of path: String) -> Substring {
    path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
  }
}

/// An output folder that must not be written to.
package enum StagedSiteError: DiagnosticError, Hashable, Sendable {
  /// The folder is the site, or holds it.
  case containsSite(String)
  /// The folder holds files that no earlier run made.
  case foreignFolder(String)
  /// The folder looks like a copy, and holds no list that proves it.
  case unproven(String)
  /// The folder is the copy of another site.
  case otherSite(String, site: String)
  /// Files that no run wrote have the names of files of the copy.
  case inTheWay(String, [String])
  /// A link of the site leads the folder for new images out of the site.
  case leadsOut(String)
  /// There is a file of that name.
  case notAFolder(String)

  package var diagnostic: Diagnostic {
    Diagnostic(.error, .badOutput, message: words.message, advice: words.advice)
  }

  private var words: (message: String, advice: String) {
    switch self {
    case .containsSite(let path):
      ("the output folder \(path) is the site or contains it", "choose a folder of its own with --output")
    case .foreignFolder(let path):
      (
        "the output folder \(path) is not empty and was not made by optimize-assets",
        "choose an empty or new folder with --output"
      )
    case .unproven(let path):
      (
        "the output folder \(path) is not empty, and nothing proves that optimize-assets made all of it: there is no list"
          + " of its files, which earlier versions did not write",
        "remove the folder, or choose another with --output"
      )
    case .otherSite(let path, let site):
      (
        "the output folder \(path) holds the copy of another site, \(site) from there",
        "remove it, or choose another with --output"
      )
    case .inTheWay(let path, let files):
      (
        "the output folder \(path) has files in the way that no run wrote: \(Self.list(files))",
        "move them away, or choose another folder with --output; nothing was written"
      )
    case .leadsOut(let link):
      (
        "\(link) leads out of the site, and the new images would lie in it",
        "name another folder with folder: in the configuration; nothing was written"
      )
    case .notAFolder(let path): ("the output \(path) is not a folder", "choose another with --output")
    }
  }

  static func list(_ paths: [String]) -> String {
    let shown = paths.sorted().prefix(5).joined(separator: ", ")
    return paths.count > 5 ? "\(shown) and \(paths.count - 5) more" : shown
  }
}
