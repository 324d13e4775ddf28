import AssetModel
import Foundation
import SiteFiles

/// A folder that becomes a complete copy of a site with some files replaced and some added.
///
/// The site itself is only read. A file that is already right is not written again; a file that belongs to
/// neither the site nor the result is removed. Each file appears whole or not at all, so a copy whose making was
/// cut short is finished by the next run.
package struct StagedSite: Sendable {
  /// Holds the tool's own records inside the copy. Generators skip folders whose names start with a dot.
  package static let recordFolder = ".optimize-assets"

  /// The repository that a copy may be committed to, a folder or a file that names one. It is never touched.
  package static let repository = ".git"

  /// Folders of a site that are not its sources: version control, builds and caches.
  package static let skippedFolders: Set<String> = [
    ".git", ".hg", ".svn", "_site", ".jekyll-cache", ".sass-cache", "node_modules", OwnFiles.workFolder,
  ]

  private let site: SiteRoot
  private let output: String
  private let skipped: Set<String>

  /// - Parameters:
  ///   - site: the site to copy.
  ///   - output: the folder to fill. It may lie inside the site and is then not copied into itself.
  ///   - excluding: folders of the site that are not copied, relative to it.
  /// - Throws: ``StagedSiteError`` when the folder is not one to write to.
  package init(site: SiteRoot, output: String, excluding: [String] = []) throws {
    self.site = site
    self.output = output
    let root = site.path + "/"
    guard output != site.path, !root.hasPrefix(output + "/") else {
      throw StagedSiteError.containsSite(output)
    }
    var skipped = Self.skippedFolders
    skipped.formUnion(excluding)
    if output.hasPrefix(root) { skipped.insert(String(output.dropFirst(root.count))) }
    self.skipped = skipped
    try checkOutput()
  }

  /// An output folder that holds anything must be one that an earlier run made: everything in it that is not
  /// part of the result is going to be removed.
  private func checkOutput() throws {
    let contents = ((try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []).filter {
      $0 != Self.repository
    }
    var info = stat()
    if stat(output, &info) == 0, info.st_mode & S_IFMT != S_IFDIR { throw StagedSiteError.notAFolder(output) }
    guard contents.isEmpty || contents.contains(Self.recordFolder) else {
      throw StagedSiteError.foreignFolder(output)
    }
  }

  /// Whether a folder of a copy is none of its content.
  package static func isKept(_ folder: String) -> Bool { folder == recordFolder || folder == repository }

  /// Claims the output folder, so that a later run knows it as its own.
  package func prepare() throws(FileError) {
    try FileAccess.makeFolder(output + "/" + Self.recordFolder)
  }

  /// What ``fill(replacing:adding:)`` did.
  package struct Report: Hashable, Sendable {
    /// Files written, because they were new or had changed.
    package var written = 0
    /// Files that were right already.
    package var kept = 0
    /// Files removed because nothing needs them any more.
    package var removed = 0
  }

  /// The site's files that belong into a copy, in byte order.
  private func entries() throws(FileError) -> [FileEntry] {
    try FileTree.files(below: site.path, skip: isSkipped).filter {
      $0.path != OwnFiles.journal
        && !FileAccess.isTemporary(
          $0.path[($0.path.lastIndex(of: "/").map($0.path.index(after:)) ?? $0.path.startIndex)...])
    }
  }

  /// Whether a folder of the site, by its path, is no part of a copy.
  package func isSkipped(_ folder: String) -> Bool { skipped.contains(folder) }

  /// Makes the copy.
  ///
  /// - Parameters:
  ///   - adding: files, relative to the output, that were written by others and stay.
  ///   - keeping: which further files of the output stay for a while, given those that nothing needs any more.
  ///   - isStopped: asked before each file; the copy is left as far as it is where it says yes.
  ///   - isCurrent: whether the copy of a file of the site, as it is now, is what `replacing` would give.
  ///   - replacing: gives a file of the site its new content; nil keeps the file. It is called for one file after
  ///     the other, so that their contents need not be in memory at once.
  package func fill(
    adding: Set<String>, keeping: (_ unneeded: [String]) -> Set<String> = { _ in [] },
    isStopped: () -> Bool = { false },
    isCurrent: (_ path: String, _ copy: FileStamp) -> Bool = { _, _ in false },
    replacing: (_ path: String) throws(FileError) -> Data?
  ) throws(FileError) -> Report {
    let entries = try entries().filter { !adding.contains($0.path) }
    let (found, folders) = try FileTree.list(below: output, skip: Self.isKept)
    let existing = found.filter { $0.path != Self.repository }
    let present = Dictionary(existing.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var report = Report()
    var wanted = adding.union(entries.map(\.path))
    let unneeded = existing.filter { !wanted.contains($0.path) }.map(\.path)
    // A file that a kept one would stand in the way of comes first.
    let kept = keeping(unneeded).filter { path in !Self.isInTheWay(path, of: wanted) }
    wanted.formUnion(kept)
    report.removed = try remove(unneeded.filter { !kept.contains($0) })
    removeEmpty(folders, except: wanted)
    for entry in entries {
      if isStopped() { break }
      let isWritten: Bool
      if entry.kind == .file, let copy = present[entry.path], copy.kind == .file, copy.mode == entry.mode,
        copy.modified == entry.modified, isCurrent(entry.path, copy.stamp)
      {
        isWritten = false
      } else if entry.kind == .file, let data = try replacing(entry.path) {
        isWritten = try write(data, like: entry, over: present[entry.path])
      } else {
        isWritten = try copy(entry, over: present[entry.path])
      }
      if isWritten { report.written += 1 } else { report.kept += 1 }
    }
    return report
  }

  /// Removes what nothing needs any more. It comes before any write, because a file may take the place of a
  /// folder, or a folder that of a file.
  private func remove(_ stale: [String]) throws(FileError) -> Int {
    for path in stale {
      guard unlink(output + "/" + path) == 0 || errno == ENOENT else {
        throw FileError("remove", output + "/" + path)
      }
    }
    return stale.count
  }

  /// Removes the folders of the output that no file is in: a copy has files alone.
  private func removeEmpty(_ folders: [String], except wanted: Set<String>) {
    var needed: Set<String> = []
    for path in wanted {
      var folder = FileAccess.folder(of: path)
      while !folder.isEmpty, needed.insert(folder).inserted { folder = FileAccess.folder(of: folder) }
    }
    // What is below a folder comes after it in the listing, and has to go first. rmdir refuses a folder that is not
    // empty, which is the check.
    for folder in folders.reversed() where !needed.contains(folder) && folder != Self.recordFolder {
      rmdir(output + "/" + folder)
    }
  }

  /// Whether a file has the name of a folder that is needed, or lies in a folder with the name of a file that is.
  private static func isInTheWay(_ path: String, of wanted: Set<String>) -> Bool {
    var folder = FileAccess.folder(of: path)
    while !folder.isEmpty {
      if wanted.contains(folder) { return true }
      folder = FileAccess.folder(of: folder)
    }
    return wanted.contains { $0.hasPrefix(path + "/") }
  }

  private func write(_ data: Data, like entry: FileEntry, over present: FileEntry?) throws(FileError) -> Bool
  {
    let target = output + "/" + entry.path
    if let present, present.kind == .file, present.bytes == data.count, present.mode == entry.mode,
      try FileAccess.read(target) == data
    {
      return false
    }
    try FileAccess.write(data, to: target, mode: entry.mode)
    // Generators print a page's last change from this time, and it is the author's change that counts.
    FileCopy.setModified(entry.modified, of: target)
    return true
  }

  private func copy(_ entry: FileEntry, over present: FileEntry?) throws(FileError) -> Bool {
    let target = output + "/" + entry.path
    switch entry.kind {
    case .file:
      // A file that changed after it was copied may have its old length and time again.
      if let present, present.kind == .file, present.bytes == entry.bytes, present.mode == entry.mode,
        present.modified == entry.modified, entry.changed <= present.changed
      {
        return false
      }
      try FileCopy.copy(from: site.absolute(entry.path), to: target, like: entry)
      return true
    case .link(let text):
      let wanted = linkText(text, at: entry.path)
      if present?.kind == .link(wanted) { return false }
      try FileAccess.replace(target) { temporary throws(FileError) in
        guard symlink(wanted, temporary) == 0 else { throw FileError("link", target) }
      }
      return true
    }
  }

  /// A relative link that leaves the site would point elsewhere from the copy, so it is made absolute.
  private func linkText(_ text: String, at path: String) -> String {
    guard !text.hasPrefix("/") else { return text }
    let folder = FileAccess.folder(of: path)
    if SiteRoot.normalize(folder + "/" + text) != nil { return text }
    return site.absolute(folder.isEmpty ? text : folder + "/" + text)
  }
}

/// An output folder that must not be written to.
package enum StagedSiteError: DiagnosticError, Hashable, Sendable {
  /// The folder is the site, or holds it.
  case containsSite(String)
  /// The folder holds files that no earlier run made.
  case foreignFolder(String)
  /// There is a file of that name.
  case notAFolder(String)

  package var diagnostic: Diagnostic {
    let (message, advice) =
      switch self {
      case .containsSite(let path):
        ("the output folder \(path) is the site or contains it", "choose a folder of its own with --output")
      case .foreignFolder(let path):
        (
          "the output folder \(path) is not empty and was not made by optimize-assets",
          "choose an empty or new folder with --output"
        )
      case .notAFolder(let path): ("the output \(path) is not a folder", "choose another with --output")
      }
    return Diagnostic(.error, .badOutput, message: message, advice: advice)
  }
}
