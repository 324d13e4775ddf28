import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import VariantPlanner
import VariantWorkers

/// Where the variants of a run in place go, and which of those of earlier runs nothing needs any more.
struct InPlaceVariants {
  private let root: SiteRoot
  /// Variants that are to be moved out of the work folder, by path.
  private(set) var moves: [String] = []
  /// Those of them that take the place of a file that is not as it was made.
  private(set) var replaced: [String] = []
  /// Files in the way, which no run made.
  private(set) var conflicts: [String] = []
  /// Folders that are to be made, those above before those in them.
  private(set) var folders: [String] = []
  /// What the journal is to hold of the sources.
  private(set) var sources: [EditJournal.Source] = []
  /// What an earlier run made and this one does not ask for.
  private(set) var stale: [String: String] = [:]
  private(set) var problems: [Diagnostic] = []

  /// - Parameters:
  ///   - jobs: everything that is asked for.
  ///   - outcomes: what came of it, by source.
  ///   - journal: what earlier runs did.
  init(
    root: SiteRoot, jobs: [RenderJob], outcomes: [String: RenderOutcome], journal: EditJournal,
    renders: JournalRenderCache
  ) {
    self.root = root
    let created = journal.createdFiles
    let records = Dictionary(
      journal.sources.flatMap(\.variants).map { ($0.variant.path, $0) },
      uniquingKeysWith: { first, _ in first })
    for job in jobs {
      guard let outcome = outcomes[job.source.path] else { continue }
      var existing: Set<String> = []
      let variants = outcome.variants.map { variant -> Variant in
        let record = records[variant.path]
        if record?.found == true { existing.insert(variant.path) }
        var info = stat()
        guard lstat(root.absolute(variant.path), &info) == 0 else {
          moves.append(variant.path)
          return variant
        }
        let digest = renders.digest(of: variant.path)
        if digest == variant.sha256 {
          if created[variant.path] == nil { existing.insert(variant.path) }
          return variant
        }
        // Another version of an encoder gives other bytes for the same name; those that are committed stay.
        if let record, digest == record.variant.sha256 { return record.variant }
        guard created[variant.path] != nil, info.st_mode & S_IFMT == S_IFREG else {
          conflicts.append(variant.path)
          return variant
        }
        moves.append(variant.path)
        replaced.append(variant.path)
        problems.append(
          Diagnostic(
            .warning, .variantChanged, file: variant.path,
            message: "was changed since it was made, and is made again"))
        return variant
      }
      sources.append(EditJournal.Source(job, outcome, variants: variants, existing: existing))
    }
    let wanted = Set(sources.flatMap(\.variants).map(\.variant.path))
    stale = created.filter { !wanted.contains($0.key) }
    findFolders()
  }

  private mutating func findFolders() {
    var visited: Set<String> = []
    for path in moves {
      var missing: [String] = []
      var folder = FileAccess.folder(of: path)
      while !folder.isEmpty, visited.insert(folder).inserted {
        var info = stat()
        if lstat(root.absolute(folder), &info) == 0 {
          // What is there has to be a folder inside the site, also where a link leads there.
          if root.resolve(folder) != .folder { conflicts.append(folder) }
          break
        }
        missing.append(folder)
        folder = FileAccess.folder(of: folder)
      }
      folders += missing.reversed()
    }
  }

  /// Moves the variants to their places.
  ///
  /// - Throws: `FileError`
  func moveFiles(from work: String) throws(FileError) {
    for folder in folders { try DurableFile.makeFolder(root.absolute(folder)) }
    for path in moves { try Self.move(work + "/" + path, to: root.absolute(path)) }
  }

  private static func move(_ source: String, to target: String) throws(FileError) {
    do throws(FileError) {
      try DurableFile.move(source, to: target)
    } catch {
      // The folder of variants can be on another file system.
      guard error.code == EXDEV else { throw error }
      try DurableFile.write(try FileAccess.read(source), to: target)
    }
  }
}

/// Removes what runs made.
struct VariantRemoval {
  let root: SiteRoot
  /// Tells the folders that hold no sources.
  let skip: @Sendable (String) -> Bool

  /// What became of files that were to be removed.
  struct Result {
    var removed: [String] = []
    /// Files that something on the site still names.
    var needed: [EditJournal.File] = []
    /// Files that are not as they were made; they are the author's now.
    var changed: [String] = []
  }

  /// Sorts files into those that may go and those that stay. Nothing is removed.
  ///
  /// - Parameters:
  ///   - files: paths and the digests that the files had when they were made.
  ///   - named: the marks of variants that are needed, whatever the files of the site say.
  ///   - texts: the marks that the site's files name; nil to read them.
  /// - Throws: `FileError` where a file of the site cannot be read.
  func sort(_ files: [String: String], named: Set<String> = [], texts: Set<String>? = nil) throws(FileError)
    -> Result
  {
    var result = Result()
    guard !files.isEmpty else { return result }
    let marks: Set<String>?
    if let texts { marks = texts } else { marks = try SiteTexts.marks(in: root, skip: skip) }
    for (path, digest) in files.sorted(by: { $0.key < $1.key }) {
      var info = stat()
      guard lstat(root.absolute(path), &info) == 0 else { continue }
      let mark = VariantMark.of(path)
      if let mark, named.contains(mark) {
        result.needed.append(EditJournal.File(path: path, sha256: digest))
        continue
      }
      guard case .file = root.resolve(path), info.st_mode & S_IFMT == S_IFREG,
        let data = try? FileAccess.read(root.absolute(path)), ContentDigest.sha256(data) == digest
      else {
        result.changed.append(path)
        continue
      }
      // A name without a mark cannot be looked for.
      if let mark, let marks, !marks.contains(mark) {
        result.removed.append(path)
      } else {
        result.needed.append(EditJournal.File(path: path, sha256: digest))
      }
    }
    return result
  }

  /// Removes files, and those of some folders that are empty then.
  ///
  /// - Returns: the folders that are there still.
  /// - Throws: `FileError`
  func remove(_ paths: [String], folders: [String]) throws(FileError) -> [String] {
    for path in paths { try DurableFile.remove(root.absolute(path)) }
    return folders.sorted { $0.utf8.count > $1.utf8.count }.filter { folder in
      guard rmdir(root.absolute(folder)) != 0 else { return false }
      return errno != ENOENT
    }
  }
}
