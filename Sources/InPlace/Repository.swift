import Foundation
import SiteFiles

/// The git repositories that a site's files are in: the site's own, one above it, and submodules below it.
///
/// A linked worktree and a submodule have a file `.git` where a repository has a folder
/// (https://git-scm.com/docs/gitrepository-layout).
package struct Repositories {
  /// Why git could not be asked.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  private let site: SiteRoot
  private var tops: [String: String?] = [:]

  package init(site: SiteRoot) { self.site = site }

  /// Those of the site's files that have changes which no commit holds, in the order given: modified, staged, or not
  /// tracked at all. What git is told to ignore does not count: its author keeps no versions of it.
  ///
  /// - Parameter paths: files, relative to the site's root.
  /// - Throws: ``Failure`` where there is a repository, and git is missing or refuses.
  package mutating func uncommitted(_ paths: [String]) throws(Failure) -> [String] {
    var byTop: [String: [String]] = [:]
    for path in paths {
      guard let top = top(of: FileAccess.folder(of: site.absolute(path))) else { continue }
      byTop[top, default: []].append(path)
    }
    var changed: Set<String> = []
    for (top, files) in byTop {
      let status = try Self.status(of: top, below: site.path)
      // Git lists a whole folder that is not tracked only where it holds a repository of its own.
      for file in files where status.contains(String(site.absolute(file).dropFirst(top.count + 1))) {
        changed.insert(file)
      }
    }
    return paths.filter { changed.contains($0) }
  }

  /// The top folder of the work tree that a folder is in.
  private mutating func top(of folder: String) -> String? {
    if let known = tops[folder] { return known }
    var info = stat()
    let found: String? =
      lstat(folder + "/.git", &info) == 0
      ? folder : folder.isEmpty ? nil : top(of: FileAccess.folder(of: folder))
    tops[folder] = .some(found)
    return found
  }

  /// The paths of a work tree that git would commit changes of, relative to its top.
  private static func status(of top: String, below site: String) throws(Failure) -> Set<String> {
    guard let git = program("git") else {
      throw Failure(
        description:
          "\(top) is a git repository and git is not installed, so nobody can say whether there are"
          + " uncommitted changes")
    }
    var arguments = [
      "-C", top.isEmpty ? "/" : top, "status", "--porcelain=v1", "-z", "--untracked-files=all",
      "--no-renames",
    ]
    if site.hasPrefix(top + "/") {
      arguments += ["--", ":(literal)" + site.dropFirst(top.count + 1)]
    }
    let (status, output, errors) = try run(git, arguments)
    guard status == 0 else {
      throw Failure(
        description: "git cannot say whether there are uncommitted changes in \(top): "
          + errors.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    // Two letters, a space, and the path, up to a zero byte.
    return Set(
      output.split(separator: 0).compactMap { entry in
        entry.count > 3 ? String(decoding: entry.dropFirst(3), as: UTF8.self) : nil
      })
  }

  private static func run(
    _ program: String, _ arguments: [String]
  ) throws(Failure) -> (status: Int32, output: Data, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    // In a hook of git's these name the repository that the hook is run for, which need not be the site's. Without
    // optional locks nothing is written, the index's memory of stamps included.
    var environment = ProcessInfo.processInfo.environment
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
      environment[name] = nil
    }
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["LC_ALL"] = "C"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw Failure(description: "\(program) cannot be started: \(error)")
    }
    let reader = PipeReader(errors.fileHandleForReading)
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return (
      (isSignal ? 128 : 0) + process.terminationStatus, data, String(decoding: reader.wait(), as: UTF8.self)
    )
  }

  private static func program(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { path in
      var info = stat()
      return access(path, X_OK) == 0 && stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }
  }
}

/// Reads one pipe of a process while another thread reads the other, so that neither fills up.
private final class PipeReader: @unchecked Sendable {
  // Safe to share: `data` is written by the one block of the queue, and read after that block has left the group.
  private var data = Data()
  private let group = DispatchGroup()

  init(_ handle: FileHandle) {
    DispatchQueue.global().async(group: group) { self.data = handle.readDataToEndOfFile() }
  }

  func wait() -> Data {
    group.wait()
    return data
  }
}
