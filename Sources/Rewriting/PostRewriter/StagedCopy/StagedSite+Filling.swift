import AssetModel
import Foundation
import SiteFiles

extension StagedSite {
  /// What ``fill(_:adding:keeping:isStopped:isCurrent:replacing:)`` did.
  package struct Report: Hashable, Sendable {
    /// Files written, because they were new or had changed.
    package var written = 0
    /// Files that were right already.
    package var unchanged = 0
    /// Files removed because nothing needs them any more.
    package var removed = 0
    /// What could not be copied, and what else lies in the copy.
    package var problems: [Diagnostic] = []
  }

  /// Makes the copy.
  ///
  /// - Parameters:
  ///   - before: what the site and the copy held before the run; nil to look now.
  ///   - adding: files, relative to the output, that were written by others and stay.
  ///   - digests: those of such files, where they are known.
  ///   - keeping: which further files of the output stay for a while, given those that nothing needs any more.
  ///   - isStopped: asked before each file; the copy is left as far as it is where it says yes.
  ///   - isCurrent: whether the copy of a file of the site, as it is now, is what `replacing` would give.
  ///   - replacing: gives a file of the site its new content; nil keeps the file. It is called for one file after
  ///     the other, so that their contents need not be in memory at once.
  /// - Throws: `FileError` where the copy cannot be written. What of the site cannot be read is a problem in the report.
  package func fill(
    _ before: CopySurvey? = nil,
    adding: Set<String>, digests: [String: String] = [:],
    keeping: (_ unneeded: [String]) -> Set<String> = { _ in [] },
    isStopped: () -> Bool = { false },
    isCurrent: (_ path: String, _ copy: FileStamp) -> Bool = { _, _ in false },
    replacing: (_ path: String) throws(FileError) -> Data?
  ) throws -> Report {
    let survey = try before ?? survey()
    let adding = Set(adding.map(survey.outputPath))
    let entries = survey.entries.filter { !adding.contains($0.path) }
    let listing = try FileTree.list(below: output, skip: Self.isExcluded)
    let existing = listing.files.filter { $0.path != Self.repository }
    let present = Dictionary(existing.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var report = Report()
    report.problems = notCopied(survey)
    var wanted = adding.union(entries.map(\.path))
    let unneeded = existing.map(\.path).filter { path in
      !wanted.contains(path) && (survey.managed.contains(path) || survey.isNamedByUs(path))
        && !survey.closed.contains { path.hasPrefix($0.path + "/") }
    }
    // A file that a kept one would stand in the way of comes first.
    let retained = keeping(unneeded)
    let folders = Self.folders(of: wanted)
    wanted.formUnion(retained.filter { !folders.contains($0) && !Self.lies($0, inAnyOf: wanted) })
    report.removed = try remove(unneeded.filter { !wanted.contains($0) })
    removeEmpty(listing.folders, except: wanted.union(survey.foreign), survey.emptyFolders)
    makeEmpty(survey)
    let log = try CopyLog(recordFile)
    for entry in entries {
      if isStopped() { return report }
      let copy = present[entry.path]
      do throws(FileError) {
        let isWritten = try put(entry, over: copy, log, isCurrent: isCurrent, replacing: replacing)
        if isWritten { report.written += 1 } else { report.unchanged += 1 }
      } catch {
        guard error.path == site.absolute(entry.path) else { throw error }
        report.problems.append(Self.unreadable(entry.path, error))
      }
    }
    try fillUnnamed(survey, listing.unnamed, log, &report)
    // Copies of what cannot be read now stay as well.
    let rest = unneeded.isEmpty && survey.closed.isEmpty ? [] : survey.managed.subtracting(unneeded)
    let outputDigests = Dictionary(
      digests.map { (survey.outputPath(of: $0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    try note(wanted.union(rest), present, outputDigests, survey, log)
    return report
  }

  /// Puts one file of the site into the copy; false where it is there.
  private func put(
    _ entry: FileEntry, over copy: FileEntry?, _ log: CopyLog,
    isCurrent: (_ path: String, _ copy: FileStamp) -> Bool,
    replacing: (_ path: String) throws(FileError) -> Data?
  ) throws(FileError) -> Bool {
    if case .link(let text) = entry.kind {
      let wanted = linkText(text, at: entry.path)
      if copy?.kind == .link(wanted) { return false }
      try link(wanted, at: entry.path, log)
      return true
    }
    if let copy, copy.kind == .file, copy.mode == entry.mode, copy.modified == entry.modified,
      isCurrent(entry.path, copy.stamp)
    {
      return false
    }
    if let data = try replacing(entry.path) { return try write(data, like: entry, over: copy, log) }
    return try self.copy(entry, over: copy, log)
  }

  // MARK: What goes

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

  /// Removes the folders of the output that no file is in, but those that the site has.
  private func removeEmpty(_ folders: [String], except wanted: Set<String>, _ empty: [String]) {
    let needed = Self.folders(of: wanted).union(empty).union(Self.folders(of: empty))
    // What is below a folder comes after it in the listing, and has to go first. rmdir refuses a folder that is not
    // empty, which is the check.
    for folder in folders.reversed() where !needed.contains(folder) && folder != Self.recordFolder {
      rmdir(output + "/" + folder)
    }
  }

  /// Makes the folders that are empty in the site, but where something else has their name or that of a folder around them.
  private func makeEmpty(_ survey: CopySurvey) {
    let foreign = Set(survey.foreign)
    for folder in survey.emptyFolders where !foreign.contains(folder) && !Self.lies(folder, inAnyOf: foreign)
    {
      try? FileAccess.makeFolder(output + "/" + survey.outputPath(of: folder))
    }
  }

  // MARK: What is written

  private func write(
    _ data: Data, like entry: FileEntry, over present: FileEntry?, _ log: CopyLog
  ) throws(FileError) -> Bool {
    let target = output + "/" + entry.path
    if let present, present.kind == .file, present.bytes == data.count, present.mode == entry.mode,
      try FileAccess.read(target) == data
    {
      return false
    }
    // Generators print a page's last change from the file's time, and it is the author's change that counts.
    try write(data, to: entry.path, mode: entry.mode, modified: entry.modified, log)
    return true
  }

  /// Writes a file that the site has not, unless the copy holds the bytes already.
  ///
  /// - Throws: `FileError`
  package func add(_ data: Data, at path: String) throws(FileError) {
    if let old = try? FileAccess.read(output + "/" + path), old == data { return }
    // It has no time of its own, so its digest alone tells it.
    try write(data, to: path, mode: 0o644, modified: nil, try CopyLog(recordFile))
  }

  private func write(
    _ data: Data, to path: String, mode: mode_t, modified: Int64?, _ log: CopyLog
  ) throws(FileError) {
    try FileAccess.replace(output + "/" + path) { temporary throws(FileError) in
      try FileAccess.write(data, to: temporary, mode: mode)
      if let modified { FileCopy.setModified(modified, of: temporary) }
      try log.add(
        path, CopyRecord.Line(bytes: data.count, modified: modified ?? 0, sha256: ContentDigest.sha256(data)))
    }
  }

  private func copy(_ entry: FileEntry, over present: FileEntry?, _ log: CopyLog) throws(FileError) -> Bool {
    // A file that changed after it was copied may have its old length and time again.
    if let present, present.kind == .file, present.bytes == entry.bytes, present.mode == entry.mode,
      present.modified == entry.modified, entry.changed <= present.changed
    {
      return false
    }
    try FileCopy.copy(from: site.absolute(entry.path), to: output + "/" + entry.path, like: entry) {
      bytes throws(FileError) in
      try log.add(entry.path, CopyRecord.Line(bytes: bytes, modified: entry.modified))
    }
    return true
  }

  func link(_ text: String, at path: String, _ log: CopyLog) throws(FileError) {
    let target = output + "/" + path
    try FileAccess.replace(target) { temporary throws(FileError) in
      guard symlink(text, temporary) == 0 else { throw FileError("link", target) }
      try log.add(
        path,
        CopyRecord.Line(bytes: text.utf8.count, modified: 0, sha256: CopyRecord.digest(ofLink: text)))
    }
  }

  /// The text of a link in the copy, so that it leads to what the site's leads to: inside the copy where that is inside the
  /// site, and else to the same place.
  func linkText(_ text: String, at path: String) -> String {
    let folder = FileAccess.folder(of: path)
    if text.hasPrefix(site.path + "/") {
      let up = String(repeating: "../", count: folder.split(separator: "/").count)
      return up + text.dropFirst(site.path.utf8.count + 1)
    }
    if text.hasPrefix("/") || SiteRoot.normalize(folder + "/" + text) != nil { return text }
    return site.absolute(folder.isEmpty ? text : folder + "/" + text)
  }
}
