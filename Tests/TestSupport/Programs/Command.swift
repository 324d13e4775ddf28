import Foundation
import Synchronization

/// A program run to its end: what it wrote, and how it ended.
package struct Command: Sendable {
  /// The exit code; 128 and the signal's number where a signal ended it.
  package var status: Int32
  package var output: Data
  package var errors: String

  package var text: String { String(decoding: output, as: UTF8.self) }

  /// A program that did not start, or did not end in time.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  /// Where the tool keeps its caches during the tests.
  static let caches: TemporaryFolder? = {
    atexit { Command.caches.map { try? FileManager.default.removeItem(atPath: $0.path) } }
    return try? TemporaryFolder()
  }()

  /// Runs a program.
  ///
  /// Its output goes to files and not through pipes: nothing has to be drained while it runs, and a grandchild that
  /// outlives it keeps no pipe open.
  ///
  /// - Parameters:
  ///   - program: its path.
  ///   - environment: variables beside, or in place of, those of the tests.
  ///   - seconds: how long it may take; then it is killed, which is an error.
  /// - Throws: ``Failure``
  package static func run(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    seconds: Double = 900
  ) async throws -> Command {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.environment = ProcessInfo.processInfo.environment.merging([
      // Ruby reads and writes files in the locale's encoding, and dates are printed in the zone's time.
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "JEKYLL_ENV": "production", "NO_COLOR": "1",
      // Each site has a cache of its own below this, which goes when the tests end.
      "XDG_CACHE_HOME": caches?.path ?? "",
    ]) { _, new in new }.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try file(scratch("output"))
    process.standardError = try file(scratch("errors"))
    let isInTime = try await end(of: process, seconds: seconds)
    let errors = String(decoding: try read(scratch("errors")), as: UTF8.self)
    guard isInTime else {
      throw Failure(description: "\(program) did not end in \(seconds) s: \(errors.suffix(2_000))")
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Command(
      status: (isSignal ? 128 : 0) + process.terminationStatus,
      output: try read(scratch("output")),
      errors: errors)
  }

  /// The same, for a program that is expected to succeed.
  @discardableResult
  package static func succeed(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    seconds: Double = 900
  ) async throws -> Command {
    let command = try await run(program, arguments, in: folder, environment: environment, seconds: seconds)
    guard command.status == 0 else {
      throw Failure(
        description: "\(program) \(arguments.joined(separator: " ")) ended with \(command.status): "
          + command.errors.suffix(2_000))
    }
    return command
  }

  private static func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private static func file(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  /// Starts a process and waits for its end without holding a thread. False where it took too long and was killed;
  /// it is asked to end where the task is cancelled, so that a browser ends its own processes before itself.
  private static func end(of process: Process, seconds: Double) async throws -> Bool {
    let state = Mutex(State())
    let timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + seconds)
    timer.setEventHandler { state.withLock { $0.killBecauseLate() } }
    timer.resume()
    defer { timer.cancel() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (end: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in
          state.withLock { $0.pid = nil }
          end.resume()
        }
        do {
          try process.run()
          // A process that has ended already must not be killed: its number may be another's by now.
          state.withLock { $0.pid = process.isRunning ? process.processIdentifier : nil }
        } catch {
          process.terminationHandler = nil
          end.resume(throwing: error)
        }
      }
    } onCancel: {
      state.withLock { if let pid = $0.pid { kill(pid, SIGTERM) } }
    }
    return state.withLock { !$0.isLate }
  }

  /// A running process.
  private struct State {
    var pid: pid_t?
    var isLate = false

    mutating func killBecauseLate() {
      guard let pid else { return }
      isLate = true
      kill(pid, SIGKILL)
    }
  }
}
