import AssetModel
import Foundation
import SiteFiles

/// What a site and its copy hold before a run writes.
package struct CopySurvey: Sendable {
  /// The site's files that belong into a copy, in byte order.
  var entries: [FileEntry]
  /// Those that no text names.
  var unnamed: [FileListing.Unnamed]
  /// Folders of the site that cannot be read.
  var closed: [(path: String, reason: String)]
  /// Folders of the site that hold no file, each behind those that it is in: where a generator looks into one, as into a theme
  /// that is an empty submodule, it must find it.
  var emptyFolders: [String] = []
  /// What of the site is no file.
  var special: [String]
  /// Files of the copy that runs wrote, or that are as the site has them.
  var managed: Set<String> = []
  /// Files of the copy that no run wrote, in byte order.
  package internal(set) var foreign: [String] = []
  /// Links of the site that lead to a folder which new images are put into, with the folder's path.
  var folderLinks: [String: String] = [:]
  /// Links of the copy in the place of folders that the run needs.
  var obstacles: [String] = []
  /// The folder for variants as it really is.
  var variantFolder: String
  /// What runs wrote.
  var record: CopyRecord

  /// The paths of the site's files that belong into a copy, in byte order.
  package var files: [String] { entries.lazy.filter { $0.kind == .file }.map(\.path) }

  /// The site's pictures that are no icons, with their bytes.
  package var pictures: [(path: String, bytes: Int)] {
    entries.filter { $0.kind == .file && $0.bytes >= 20_000 }.compactMap { entry in
      let isPicture = ImageFormat(fileName: entry.path).map {
        $0.isShownByBrowsers && $0 != .svg && $0 != .ico
      }
      return isPicture == true ? (entry.path, entry.bytes) : nil
    }
  }

  /// Whether the copy holds a file that an earlier run wrote.
  package func isManaged(_ path: String) -> Bool { managed.contains(path) }

  /// Where a file of the copy really is, for the folder it is in may be reached through a link.
  func outputPath(of path: String) -> String {
    for (link, folder) in folderLinks where path.hasPrefix(link + "/") {
      return folder + path.dropFirst(link.utf8.count)
    }
    return path
  }

  /// Whether a file is a run's own by its name, which no other program gives: a variant, or a file in the making.
  func isNamedByUs(_ path: String) -> Bool {
    let name = StagedSite.name(of: path)
    if FileAccess.isTemporary(name) { return true }
    guard path.hasPrefix(variantFolder + "/"), let mark = VariantMark.of(path) else { return false }
    return name.hasSuffix("-" + mark)
  }
}

extension StagedSite {
  /// Looks at the site and the copy.
  ///
  /// - Parameters:
  ///   - folder: the folder for variants.
  ///   - further: files of the copy that the run may write beside the site's.
  /// - Throws: ``StagedSiteError`` where the copy holds files that stand in the run's way; `FileError`.
  package func survey(folder: String = "", further: [String] = []) throws -> CopySurvey {
    let listing = try FileTree.list(below: site.path, skip: isSkipped)
    let record = (try? FileAccess.read(recordFile)).flatMap(CopyRecord.init) ?? CopyRecord(site: sitePath)
    var survey = CopySurvey(
      entries: listing.files.filter { !Self.isLeftOut($0.path) },
      unnamed: listing.unnamed.filter { !FileAccess.isTemporary(Self.name(of: $0.entry.path)) },
      closed: listing.closed, special: listing.special, variantFolder: folder, record: record)
    let full = Self.folders(of: listing.files.map(\.path) + listing.unnamed.map(\.entry.path))
      .union(listing.closed.map(\.path))
    survey.emptyFolders = listing.folders.filter { !full.contains($0) && !Self.isLeftOut($0) }
    try findFolderLinks(&survey)
    guard access(output, F_OK) == 0 else { return survey }
    let present = try FileTree.list(below: output, skip: Self.isExcluded).files
    let entries = Dictionary(
      survey.entries.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for file in present where file.path != Self.repository {
      if isManaged(file, entries[file.path], survey) {
        survey.managed.insert(file.path)
      } else {
        survey.foreign.append(file.path)
      }
    }
    let folders = try check(survey, further)
    // What is written to such a folder would go elsewhere.
    survey.obstacles = present.map(\.path).filter(folders.contains)
    return survey
  }

  /// Follows the links of the site that lead to the folder for variants.
  private func findFolderLinks(_ survey: inout CopySurvey) throws {
    let links = Set(survey.entries.lazy.filter { $0.kind != .file }.map(\.path))
    // A link can lead through another one.
    for _ in 0..<8 {
      let parts = survey.variantFolder.split(separator: "/").map(String.init)
      let folders = parts.indices.map { parts[...$0].joined(separator: "/") }
      guard let link = folders.first(where: links.contains) else { return }
      guard let real = try? SiteRoot(site.absolute(link)).path, real.hasPrefix(site.path + "/") else {
        throw StagedSiteError.leadsOut(link)
      }
      let target = String(real.dropFirst(site.path.utf8.count + 1))
      survey.variantFolder = target + survey.variantFolder.dropFirst(link.utf8.count)
      survey.folderLinks[link] = target
    }
    throw StagedSiteError.leadsOut(survey.variantFolder)
  }

  private func isManaged(_ file: FileEntry, _ original: FileEntry?, _ survey: CopySurvey) -> Bool {
    if let original, Self.isSame(original, file) { return true }
    if survey.isNamedByUs(file.path) { return true }
    if case .link(let text) = file.kind, case .link(let wanted)? = original?.kind,
      text == linkText(wanted, at: file.path)
    {
      return true
    }
    let path = output + "/" + file.path
    let isRecorded = survey.record.proves(CopyRecord.spelled(file.path.utf8), file) {
      (try? FileAccess.read(path)).map { ContentDigest.sha256($0) }
    }
    if isRecorded { return true }
    // As after a checkout, which keeps no times.
    guard let original, original.kind == .file, file.kind == .file, original.bytes == file.bytes,
      let data = try? FileAccess.read(path)
    else { return false }
    return (try? FileAccess.read(site.absolute(file.path))) == data
  }

  /// Whether a file is the copy of another as far as its stamp tells; what is so is never written.
  private static func isSame(_ original: FileEntry, _ copy: FileEntry) -> Bool {
    original.kind == .file && copy.kind == .file && original.bytes == copy.bytes
      && original.modified == copy.modified && original.mode == copy.mode
  }

  /// Refuses a copy in which the run would have to write over what it must not.
  ///
  /// - Returns: the folders that the run needs.
  private func check(_ survey: CopySurvey, _ further: [String]) throws(StagedSiteError) -> Set<String> {
    let variant = survey.variantFolder.isEmpty ? [] : [survey.variantFolder + "/x"]
    let wanted = Set(survey.entries.map(\.path) + further)
    let folders = Self.folders(of: wanted.union(variant))
    let foreign = survey.foreign.filter { path in
      wanted.contains(path) || folders.contains(path) || Self.lies(path, inAnyOf: wanted)
    }
    guard foreign.isEmpty else { throw .inTheWay(output, foreign) }
    return folders
  }

  /// The folders that are needed for some files.
  static func folders(of paths: some Sequence<String>) -> Set<String> {
    var folders: Set<String> = []
    for path in paths {
      var folder = FileAccess.folder(of: path)
      while !folder.isEmpty, folders.insert(folder).inserted { folder = FileAccess.folder(of: folder) }
    }
    return folders
  }

  /// Whether a file lies in a folder that has the name of one of some files.
  static func lies(_ path: String, inAnyOf files: Set<String>) -> Bool {
    var folder = FileAccess.folder(of: path)
    while !folder.isEmpty {
      if files.contains(folder) { return true }
      folder = FileAccess.folder(of: folder)
    }
    return false
  }
}
