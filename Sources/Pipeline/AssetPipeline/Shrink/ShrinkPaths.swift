import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// The files and folders that somebody named, as paths below a root.
struct ShrinkPaths {
  /// Paths below the root; an empty one is the root itself.
  private(set) var selected: [String] = []
  private(set) var problems: [Diagnostic] = []

  /// - Parameter names: relative to the working folder, or absolute; none for all that is below the root.
  init(_ names: [String], root: SiteRoot) {
    if names.isEmpty { selected = [""] }
    for name in names {
      if let path = Self.path(of: name, in: root) {
        selected.append(path)
      } else {
        problems.append(
          Diagnostic(
            .error, .outsideSite, file: name, message: "is not in \(root.path), and stays as it is",
            advice: "run it for that folder by itself"))
      }
    }
  }

  /// The folder may be reached through links; the file's own name counts, so that a link is seen as one.
  private static func path(of name: String, in root: SiteRoot) -> String? {
    let absolute = name.hasPrefix("/") ? name : FileManager.default.currentDirectoryPath + "/" + name
    guard let parts = SiteRoot.normalize(absolute) else { return nil }
    if let folder = try? SiteRoot("/" + parts.joined(separator: "/")) { return below(folder.path, root) }
    guard let last = parts.last, let folder = try? SiteRoot("/" + parts.dropLast().joined(separator: "/"))
    else {
      return nil
    }
    return below(folder.path + "/" + last, root)
  }

  private static func below(_ path: String, _ root: SiteRoot) -> String? {
    if path == root.path { return "" }
    return path.hasPrefix(root.path + "/") ? String(path.dropFirst(root.path.count + 1)) : nil
  }

  /// Keeps the changed files that are named, or lie in a folder that is.
  mutating func limit(to changed: ChangedFiles) {
    let named = selected
    selected = changed.paths.filter { path in
      named.contains { $0.isEmpty || $0 == path || path.hasPrefix($0 + "/") }
    }
  }

  /// The folder that paths are relative to: the work tree that the first of them is in, or else the first folder that is
  /// named, or else the working folder.
  static func root(of names: [String]) -> String {
    let working = FileManager.default.currentDirectoryPath
    let first = names.first.map { $0.hasPrefix("/") ? $0 : working + "/" + $0 } ?? working
    var info = stat()
    let isFolder = stat(first, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    let folder = isFolder ? first : FileAccess.folder(of: first)
    let real = (try? SiteRoot(folder))?.path ?? folder
    if let top = Git.top(of: real) { return top }
    if names.isEmpty { return working }
    return isFolder ? real : (real + "/").hasPrefix(working + "/") ? working : real
  }
}

/// The files of a work tree that differ from a commit, or that no commit holds.
struct ChangedFiles {
  let paths: [String]

  /// - Throws: ``ConfigurationError`` where there is no such commit.
  init(since reference: String, root: SiteRoot) throws {
    let tree = try GitTree(site: root.absolute(""), ref: reference)
    let folder = root.absolute("")
    // Files are compared as they are, with none of the programs that the repository or a submodule of it names.
    let answer = try? Git.run(
      Git.withoutFilters(in: folder) + [
        "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", "--diff-filter=d",
        "--ignore-submodules=dirty", tree.commit,
      ],
      in: folder)
    guard let answer, answer.status == 0 else {
      throw ConfigurationError(
        file: folder, message: "git cannot say what differs from commit '\(reference)'",
        advice: "check the repository with git status")
    }
    let others = try? Git.run(["ls-files", "--others", "--exclude-standard", "-z"], in: folder)
    let names = [answer, others].compactMap { $0?.status == 0 ? $0?.output : nil }.flatMap {
      $0.split(separator: 0)
    }
    paths = Set(names.map { String(decoding: $0, as: UTF8.self) }).sorted()
  }
}
