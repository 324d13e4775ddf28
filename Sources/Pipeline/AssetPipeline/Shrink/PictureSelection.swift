import AssetModel
import Foundation
import PostRewriter
import SiteFiles

/// The pictures that a run is to look at, and what was left out.
struct PictureSelection {
  /// Why files or folders are not looked at.
  enum Reason: String, CaseIterable {
    case ignored = "ignored by git"
    case dependencies = "node_modules"
    case built = "built by a generator"
    case ours = "made by optimize-assets"
    case pointer = "pointers of Git LFS"
    case submodule = "submodules"
    case readOnly = "read-only"
    case symbolicLink = "symbolic links"
    case hardLink = "files with two names"

    /// So many of them.
    func counted(_ count: Int) -> String {
      let one =
        switch self {
        case .built, .dependencies, .ignored, .ours, .readOnly: rawValue
        case .pointer: "pointer of Git LFS"
        case .submodule: "submodule"
        case .symbolicLink: "symbolic link"
        case .hardLink: "file with two names"
        }
      return count.counted(one, rawValue)
    }
  }

  /// Paths below the root, in byte order.
  private(set) var files: [String] = []
  /// Files that were left out, the first of each kind and their number; of folders that are not entered, the folders.
  private(set) var leftOut: [Reason: (first: String, count: Int)] = [:]
  private(set) var problems: [Diagnostic] = []
  /// What a killed run left behind.
  private(set) var leftovers: [String] = []

  private static let formats: Set<ImageFormat> = [.avif, .gif, .jpeg, .png, .webp]
  /// A pointer of Git LFS is shorter than this, in bytes.
  /// Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
  private static let longestPointer = 1_024

  private let root: SiteRoot
  private let repository: RepositoryFiles?
  private let createdFolders: Set<String>

  /// - Parameters:
  ///   - paths: files and folders below the root; an empty path is the root.
  ///   - createdFolders: folders that hold what runs made and remember.
  /// - Throws: `FileError` where a folder cannot be read.
  init(
    _ paths: [String], root: SiteRoot, repository: RepositoryFiles?, createdFolders: Set<String>,
    problems: [Diagnostic] = []
  ) throws(FileError) {
    self.root = root
    self.repository = repository
    self.createdFolders = createdFolders
    self.problems = problems
    var visited: Set<String> = []
    for path in paths {
      if root.resolve(path) == .folder {
        try walk(path, &visited)
      } else if visited.insert(path).inserted {
        take(path, isNamed: true)
      }
    }
    // One folder is listed in this order.
    if paths.count > 1 { files.sort { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) } }
  }

  // MARK: Folders

  private mutating func walk(_ start: String, _ visited: inout Set<String>) throws(FileError) {
    let built = GeneratedFolders(root: root)
    var skipped: [(String, Reason)] = []
    func full(_ inner: String) -> String { start.isEmpty ? inner : start + "/" + inner }
    let entries = try FileTree.files(below: root.absolute(start)) { inner in
      let folder = full(inner)
      let name = folder.split(separator: "/").last ?? ""
      if name == ".git" { return true }
      if let reason = reason(folder, named: name, built) {
        skipped.append((folder, reason))
        return true
      }
      return repository == nil && name.hasPrefix(".")
    }
    for (folder, reason) in skipped { leaveOut(folder, reason) }
    for entry in entries {
      let path = full(entry.path)
      let name = path.split(separator: "/").last ?? ""
      if FileAccess.isTemporary(name) { leftovers.append(path) }
      guard visited.insert(path).inserted, Self.isPicture(path), !FileAccess.isTemporary(name) else {
        continue
      }
      take(path, isNamed: false)
    }
  }

  private func reason(_ folder: String, named name: Substring, _ built: GeneratedFolders) -> Reason? {
    if name == "node_modules" { return .dependencies }
    if createdFolders.contains(folder) || folder == RecordFiles.workFolder || isStagedCopy(folder) {
      return .ours
    }
    if repository?.staged[folder]?.isSubmodule == true || access(root.absolute(folder + "/.git"), F_OK) == 0 {
      return .submodule
    }
    return built.holds(folder) ? .built : nil
  }

  private func isStagedCopy(_ folder: String) -> Bool {
    access(root.absolute(folder + "/" + StagedSite.recordFolder + "/manifest.json"), F_OK) == 0
  }

  // MARK: Files

  private static func isPicture(_ path: String) -> Bool {
    ImageFormat(fileName: path).map(formats.contains) ?? false
  }

  /// - Parameter isNamed: whether the file itself was asked for, and not a folder that it is in.
  private mutating func take(_ path: String, isNamed: Bool) {
    guard Self.isPicture(path) else {
      if isNamed { keep(path, "it is no JPEG, PNG, WebP, AVIF or GIF") }
      return
    }
    var info = stat()
    guard lstat(root.absolute(path), &info) == 0 else {
      problems.append(
        Diagnostic(
          .error, .unreadable, file: path, message: "there is no such file", advice: "check its path"))
      return
    }
    if let repository, !repository.isListed(path) { return leaveOut(path, .ignored) }
    if VariantMark.of(path) != nil { return leaveOut(path, .ours) }
    switch info.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: return keep(path, "it is a symbolic link", .symbolicLink)
    default: return keep(path, "it is no regular file")
    }
    if info.st_nlink > 1 {
      return keep(path, "the file has two names, which would become two files (hard link)", .hardLink)
    }
    if info.st_mode & 0o200 == 0 {
      return keep(
        path, "it is read-only", .readOnly,
        advice: "to have it made lighter: chmod u+w \(ShellWord.quoted(path))")
    }
    if info.st_size < Self.longestPointer, isPointer(path) { return leaveOut(path, .pointer) }
    files.append(path)
  }

  private func isPointer(_ path: String) -> Bool {
    guard let data = try? FileAccess.read(root.absolute(path), atMost: Self.longestPointer) else {
      return false
    }
    return GitBaseline.bytes(ofPointer: data) != nil
  }

  private mutating func keep(_ path: String, _ reason: String, _ kind: Reason? = nil, advice: String? = nil) {
    if let kind { leaveOut(path, kind) }
    problems.append(
      Diagnostic(.note, .passedThrough, file: path, message: "left as it is: \(reason)", advice: advice))
  }

  private mutating func leaveOut(_ path: String, _ reason: Reason) {
    leftOut[reason, default: (path, 0)].count += 1
  }
}
