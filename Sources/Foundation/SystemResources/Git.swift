import Dispatch
import Foundation

/// Runs git. It writes nothing itself, not even the stamps that git stores in its index.
package enum Git {
  /// Why git gave no answer.
  package enum Failure: Error, Hashable, Sendable {
    case notInstalled
    /// What the system said.
    case cannotStart(String)
  }

  /// What git said.
  package struct Answer: Sendable {
    /// The exit code; 128 and the signal's number where one ended it.
    package var status: Int32
    package var output: Data
    package var errors: String
  }

  /// Settings before which those of a repository do not count: a repository can be a stranger's, and name programs. A folder
  /// that only looks like a repository is none.
  private static let safeSettings = [
    "safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null",
    "protocol.allow=never",
    "core.sshCommand=false", "core.askPass=", "credential.helper=", "diff.external=", "core.pager=cat",
  ]

  /// What would name another repository or index, the objects of another, or a program.
  private static let foreign = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE", "GIT_EXTERNAL_DIFF",
  ]

  /// The top folder of the work tree that a folder is in: the nearest that holds `.git`, whatever looks like a repository
  /// below it. nil where there is none, and empty for the root of the file system, as a beginning of paths.
  ///
  /// - Parameter folder: an absolute path, which is followed upwards by its letters.
  package static func top(of folder: String) -> String? {
    var folder = folder
    while true {
      var info = stat()
      if lstat(folder + "/.git", &info) == 0 { return folder }
      guard let end = folder.lastIndex(of: "/") else { return nil }
      folder = String(folder[..<end])
    }
  }

  /// Variables of git's environment whose values are settings, for names that `-c` would cut at a `=` of their own.
  private static let settings = (empty: "OPTIMIZE_ASSETS_EMPTY", no: "OPTIMIZE_ASSETS_NO")

  /// The settings that turn off the filters which a repository's own configuration names, in its files and in those that it
  /// includes: programs that git runs on files that are compared. Filters of the user's own configuration stay.
  package static func withoutFilters(in top: String) throws(Failure) -> [String] {
    let answer = try run(
      ["config", "--show-scope", "--name-only", "-z", "--get-regexp", "^filter\\."], in: top)
    if answer.status == 129 { throw .cannotStart("git is too old: it has to be 2.31 or newer") }
    guard answer.status == 0 else { return [] }
    let words = answer.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return stride(from: 0, to: words.count - 1, by: 2).compactMap { index in
      guard ["local", "worktree"].contains(words[index]) else { return nil }
      let name = words[index + 1]
      return "--config-env=\(name)=\(name.hasSuffix(".required") ? settings.no : settings.empty)"
    }
  }

  /// Runs a command, and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: what stands behind `git`.
  ///   - input: what it reads; nil for nothing.
  ///   - top: the folder to run it in, as ``top(of:)`` gives it; nil for the working folder.
  package static func run(
    _ arguments: [String], in top: String? = nil, input: FileHandle? = nil
  ) throws(Failure) -> Answer {
    guard let git = program("git") else { throw .notInstalled }
    let folderArguments = top.map { ["-C", $0.isEmpty ? "/" : $0] } ?? []
    let process = Process()
    process.executableURL = URL(fileURLWithPath: git)
    process.arguments = Self.safeSettings.flatMap { ["-c", $0] } + folderArguments + arguments
    // In a hook of git's these name the repository that the hook is run for, which need not be the site's.
    var environment = ProcessInfo.processInfo.environment
    for name in Self.foreign { environment[name] = nil }
    (environment[settings.empty], environment[settings.no]) = ("", "false")
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    // What is missing is not fetched: that would run what the repository names as the way to another.
    environment["GIT_NO_LAZY_FETCH"] = "1"
    environment["GIT_TERMINAL_PROMPT"] = "0"
    environment["LC_ALL"] = "C"
    process.environment = environment
    process.standardInput = input ?? FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch { throw .cannotStart("\(git) cannot be started: \(error)") }
    // Each pipe is read by a thread of its own, so that neither fills up.
    let (group, errorData) = (DispatchGroup(), Shared(Data()))
    let handle = errors.fileHandleForReading
    DispatchQueue(label: "optimize-assets.git").async(group: group) {
      let data = handle.readDataToEndOfFile()
      errorData.withLock { $0 = data }
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    group.wait()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Answer(
      status: (isSignal ? 128 : 0) + process.terminationStatus, output: data,
      errors: String(decoding: errorData.withLock(\.self), as: UTF8.self))
  }

  private static func program(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { path in
      var info = stat()
      return access(path, X_OK) == 0 && stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }
  }
}
