import AssetModel
import Foundation
import SiteFiles

/// What of a site is no plain file with a name, and what of a copy is not the site's.
extension StagedSite {
  /// Copies the files that no text names, and removes the copies of those that are gone.
  func fillUnnamed(
    _ survey: CopySurvey, _ present: [FileListing.Unnamed], _ log: CopyLog, _ report: inout Report
  ) throws(FileError) {
    let copies = Dictionary(present.map { ($0.path, $0.entry) }, uniquingKeysWith: { first, _ in first })
    for file in survey.unnamed {
      let spelled = CopyRecord.spelled(file.path)
      if let copy = copies[file.path], copy.kind == file.entry.kind, copy.bytes == file.entry.bytes,
        copy.kind != .file || copy.modified == file.entry.modified
      {
        report.unchanged += 1
        continue
      }
      if let copy = copies[file.path], !survey.record.proves(spelled, copy, digest: { nil }) {
        report.problems.append(Self.foreign([file.entry.path], in: output))
        continue
      }
      do throws(FileError) {
        try UnnamedCopy.copy(file, from: site.path, to: output)
        report.written += 1
      } catch {
        guard error.path == site.path + "/" + file.entry.path else { throw error }
        report.problems.append(Self.unreadable(file.entry.path, error))
      }
    }
    let wanted = Set(survey.unnamed.map(\.path))
    for file in present where !wanted.contains(file.path) {
      guard survey.record.proves(CopyRecord.spelled(file.path), file.entry, digest: { nil }) else { continue }
      try UnnamedCopy.remove(file, from: output)
      report.removed += 1
    }
  }

  /// Writes the list of all files anew, where the run has changed it.
  func note(
    _ wanted: Set<String>, _ present: [String: FileEntry], _ digests: [String: String],
    _ survey: CopySurvey, _ log: CopyLog
  ) throws(FileError) {
    var lines = log.lines
    for path in wanted {
      let spelled = CopyRecord.spelled(path.utf8)
      guard lines[spelled] == nil, let file = present[path] else { continue }
      // Of what was made anew the time says when, and no list depends on that.
      lines[spelled] =
        digests[path].map { CopyRecord.Line(bytes: file.bytes, modified: 0, sha256: $0) }
        ?? line(file, survey.record.lines[spelled] ?? [])
    }
    for file in survey.unnamed {
      lines[CopyRecord.spelled(file.path)] = line(file.entry, [])
    }
    let text = CopyRecord(site: sitePath).text(with: lines)
    guard (try? FileAccess.read(recordFile)) != text else { return }
    try FileAccess.write(text, to: recordFile)
  }

  private func line(_ file: FileEntry, _ earlier: [CopyRecord.Line]) -> CopyRecord.Line {
    if case .link(let text) = file.kind {
      return CopyRecord.Line(bytes: file.bytes, modified: 0, sha256: CopyRecord.digest(ofLink: text))
    }
    let same = earlier.first { line in
      line.bytes == file.bytes
        && (line.modified == file.modified || line.modified == 0 && line.sha256 != nil)
    }
    return same ?? CopyRecord.Line(bytes: file.bytes, modified: file.modified)
  }

  // MARK: Problems

  /// What is to be said before anything is copied.
  func notCopied(_ survey: CopySurvey) -> [Diagnostic] {
    var problems = survey.closed.map { folder in
      Diagnostic(
        .warning, .unreadable, file: folder.path,
        message: "cannot be read (\(folder.reason)), so the copy is made without what is in it",
        advice: "check the folder's permissions")
    }
    problems += survey.special.map { path in
      Diagnostic(
        .warning, .notCopied, file: path,
        message: "is a pipe, a socket or a device, so the copy is made without it")
    }
    if !survey.foreign.isEmpty { problems.append(Self.foreign(survey.foreign, in: output)) }
    return problems
  }

  private static func foreign(_ paths: [String], in output: String) -> Diagnostic {
    let count =
      paths.count == 1
      ? "a file that no run wrote, and that stays"
      : "\(paths.count) files that no run wrote, and that stay"
    return Diagnostic(
      .warning, .notCopied, file: output, message: "holds \(count): \(StagedSiteError.list(paths))",
      advice: "remove what does not belong to the copy")
  }

  static func unreadable(_ path: String, _ error: FileError) -> Diagnostic {
    if error.code == ENOENT {
      return Diagnostic(
        .warning, .unreadable, file: path,
        message: "was removed while the site was copied, so the copy is made without it", advice: "run again")
    }
    return Diagnostic(
      .warning, .unreadable, file: path,
      message: "cannot be read (\(error.reason)), so the copy is made without it",
      advice: "check the file's permissions")
  }
}
