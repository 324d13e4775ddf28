import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// Puts a finished build where it is served, in one move.
///
/// The new pages are laid beside the old ones first, in a folder with a name of its own; a file that is as it was is the same
/// file, linked to. Killed anywhere, the old pages are served or the new ones, whole; the folder that a killed run left
/// goes away in the next. Where a single file differs, it takes the old one's place, which is one move too.
struct Publication {
  /// The finished pages.
  let source: String
  /// Where they go, absolute.
  var destination: String
  /// What was published before, in a file.
  let record: String
  let jobs: Int

  /// What a destination held, by path, and of which file that came.
  private struct Record: CompactRecord {
    struct File: CompactRecord {
      var path = ""
      var source = FileStamp.blank
      var published = FileStamp.blank

      static var blank: File { File() }

      mutating func exchange(with fields: CompactFields) throws {
        try fields.exchange(&path)
        try fields.exchange(&source)
        try fields.exchange(&published)
      }
    }

    /// The build of the program that wrote it: another one may have had another form.
    private var program = BuildIdentity.text
    var destination = ""
    var files: [String: File] = [:]

    static var blank: Record { Record() }

    private init() {}

    init(destination: String) { self.destination = destination }

    mutating func exchange(with fields: CompactFields) throws {
      try fields.exchange(&program)
      guard program == BuildIdentity.text else { throw CompactFailure() }
      try fields.exchange(&destination)
      var list = Array(files.values)
      try fields.exchange(&list)
      files = Dictionary(list.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  private static let prefix = ".optimize-assets-"
  private static let suffix = ".new"

  /// Looks whether the destination is one to replace.
  ///
  /// - Throws: ``PipelineError/badOutput(_:)``
  func check(site: String) throws(PipelineError) {
    let advice = "choose another folder with --output"
    guard !(site + "/").hasPrefix(destination + "/") else {
      throw .badOutput("the output folder holds the site itself", file: destination, advice: advice)
    }
    var info = stat()
    guard lstat(destination, &info) == 0 else { return }
    guard info.st_mode & S_IFMT == S_IFDIR else {
      throw .badOutput("the output is no folder", file: destination, advice: advice)
    }
    guard access(destination + "/.git", F_OK) != 0 else {
      throw .badOutput(
        "the output folder is a repository of its own, and would be replaced as a whole", file: destination,
        advice: advice + ", and copy it there")
    }
  }

  /// Looks whether what is in the destination can have come of a build of this site.
  ///
  /// - Throws: ``PipelineError/badOutput(_:)``
  private func checkContent(_ old: [FileEntry], _ new: [FileEntry], _ earlier: Record?) throws(PipelineError)
  {
    let names = Set(new.map(\.path))
    guard earlier == nil, !old.isEmpty, !old.contains(where: { names.contains($0.path) }) else { return }
    throw .badOutput(
      "the output folder holds files, and none of them is one of this site's pages", file: destination,
      advice: "choose an empty folder with --output, or remove what is in it")
  }

  /// Publishes.
  ///
  /// - Returns: how many files are new or changed, and whether anything was replaced.
  /// - Throws: `FileError`, ``PipelineError``; what was there is there still.
  func run(_ cancellation: Cancellation) throws -> (files: Int, isReplaced: Bool) {
    let parent = FileAccess.folder(of: destination)
    try FileAccess.makeFolder(parent)
    removeLeftovers(in: parent)
    let new = try FileTree.list(below: source) { $0 == StagedSite.recordFolder }
    let present = FileAccess.isFolder(destination) ? try FileTree.list(below: destination) : nil
    let old = present?.files ?? []
    let earlier = read()
    try checkContent(old, new.files, earlier)
    let stamps = Dictionary(old.map { ($0.path, $0.stamp) }, uniquingKeysWith: { first, _ in first })
    let unchanged = Set(
      new.files.filter { entry in
        earlier?.files[entry.path].map { $0.source == entry.stamp && $0.published == stamps[entry.path] }
          ?? false
      }.map(\.path))
    if unchanged.count == new.files.count, old.count == new.files.count { return (0, false) }
    let name = "\(Self.prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))\(Self.suffix)"
    let beside = (parent.isEmpty ? "" : parent + "/") + name
    if let present, let entry = Self.onlyChange(present, new, unchanged) {
      try replace(entry, by: beside)
      note(entry, earlier, new.files)
      return (1, true)
    }
    do {
      try fill(beside, new, unchanged, cancellation)
      let previous = try FolderExchange.put(beside, at: destination)
      if let previous { try? FileManager.default.removeItem(atPath: previous) }
    } catch {
      try? FileManager.default.removeItem(atPath: beside)
      throw error
    }
    write(new.files)
    return (new.files.count - unchanged.count, true)
  }

  /// The one file that differs, where all others and the folders are the same: it can be replaced alone.
  private static func onlyChange(
    _ old: FileListing, _ new: FileListing, _ unchanged: Set<String>
  ) -> FileEntry? {
    guard old.files.count == new.files.count, unchanged.count == new.files.count - 1,
      old.unnamed.isEmpty, old.special.isEmpty, old.closed.isEmpty, Set(old.folders) == Set(new.folders),
      let entry = new.files.first(where: { !unchanged.contains($0.path) }), entry.kind == .file,
      old.files.contains(where: { $0.path == entry.path && $0.kind == .file })
    else { return nil }
    return entry
  }

  /// Puts one file in the place of the old one, in one move.
  private func replace(_ entry: FileEntry, by beside: String) throws(FileError) {
    try FileCopy.copy(from: source + "/" + entry.path, to: beside, like: entry)
    guard rename(beside, destination + "/" + entry.path) == 0 else {
      let error = FileError("write", destination + "/" + entry.path)
      unlink(beside)
      throw error
    }
  }

  private func fill(
    _ folder: String, _ new: FileListing, _ unchanged: Set<String>, _ cancellation: Cancellation
  ) throws {
    try FileAccess.makeFolder(folder)
    for path in new.folders { try FileAccess.makeFolder(folder + "/" + path) }
    let errors = Parallel.map(new.files, jobs: jobs) { entry -> FileError? in
      guard !cancellation.isRaised else { return nil }
      let target = folder + "/" + entry.path
      if unchanged.contains(entry.path), link(destination + "/" + entry.path, target) == 0 { return nil }
      do throws(FileError) {
        switch entry.kind {
        case .file: try FileCopy.copy(from: source + "/" + entry.path, to: target, like: entry)
        case .link(let text):
          guard symlink(text, target) == 0 else { throw FileError("link", target) }
        }
        return nil
      } catch {
        return error
      }
    }
    try cancellation.check()
    if let error = errors.compactMap(\.self).first { throw error }
  }

  /// Removes what runs left beside the destination that were killed.
  private func removeLeftovers(in parent: String) {
    let folder = parent.isEmpty ? "." : parent
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasPrefix(Self.prefix), name.contains(Self.suffix),
        let id = pid_t(name.dropFirst(Self.prefix.count).prefix { $0 != "-" }), id > 0,
        kill(id, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  // MARK: The record

  private func read() -> Record? {
    guard let data = try? FileAccess.read(record),
      let value = CompactDecoder.value(Record.self, of: data),
      value.destination == destination
    else { return nil }
    return value
  }

  /// Notes what is there now. Without the note the next run copies everything.
  private func write(_ files: [FileEntry]) {
    guard let old = try? FileTree.list(below: destination).files else { return }
    let stamps = Dictionary(old.map { ($0.path, $0.stamp) }, uniquingKeysWith: { first, _ in first })
    var value = Record(destination: destination)
    for entry in files {
      guard let published = stamps[entry.path] else { continue }
      value.files[entry.path] = Record.File(path: entry.path, source: entry.stamp, published: published)
    }
    keep(value)
  }

  /// Notes the one file that has been replaced.
  private func note(_ entry: FileEntry, _ earlier: Record?, _ files: [FileEntry]) {
    guard var value = earlier, let published = FileStamp(of: destination + "/" + entry.path) else {
      return write(files)
    }
    value.files[entry.path] = Record.File(path: entry.path, source: entry.stamp, published: published)
    keep(value)
  }

  private func keep(_ value: Record) {
    guard let data = CompactEncoder.data(of: value) else { return }
    try? FileAccess.write(data, to: record)
  }
}

extension FileStamp: CompactRecord {
  package static var blank: FileStamp { FileStamp(bytes: 0, modified: 0, identity: 0) }

  package mutating func exchange(with fields: CompactFields) throws {
    var numbers = (Int(modified), Int(bitPattern: UInt(identity)))
    try fields.exchange(&bytes)
    try fields.exchange(&numbers.0)
    try fields.exchange(&numbers.1)
    (modified, identity) = (Int64(numbers.0), UInt64(UInt(bitPattern: numbers.1)))
  }
}
