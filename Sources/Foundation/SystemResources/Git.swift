import Dispatch
import Foundation

/// Asks git. It writes nothing of its own, the index's memory of stamps included.
package enum Git {
  /// Why git could not be asked.
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

  /// Runs a command, and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: what stands behind `git`.
  ///   - input: what it reads; nil for nothing.
  package static func run(_ arguments: [String], input: FileHandle? = nil) throws(Failure) -> Answer {
    guard let git = program("git") else { throw .notInstalled }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: git)
    process.arguments = arguments
    // In a hook of git's these name the repository that the hook is run for, which need not be the site's.
    var environment = ProcessInfo.processInfo.environment
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
      environment[name] = nil
    }
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["LC_ALL"] = "C"
    process.environment = environment
    process.standardInput = input ?? FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch { throw .cannotStart("\(git) cannot be started: \(error)") }
    // Each pipe is read by a thread of its own, so that neither fills up.
    let (group, told) = (DispatchGroup(), Shared(Data()))
    let handle = errors.fileHandleForReading
    DispatchQueue(label: "optimize-assets.git").async(group: group) {
      let data = handle.readDataToEndOfFile()
      told.withLock { $0 = data }
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    group.wait()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Answer(
      status: (isSignal ? 128 : 0) + process.terminationStatus, output: data,
      errors: String(decoding: told.withLock(\.self), as: UTF8.self))
  }

  private static func program(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { path in
      var info = stat()
      return access(path, X_OK) == 0 && stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }
  }
}
