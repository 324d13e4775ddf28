import Dispatch
import Foundation

/// One process of a site's generator: without a shell, without anybody to answer it, and with a time limit.
struct GeneratorProcess {
  private let program: String
  private let arguments: [String]
  private let folder: String
  private let environment: [String: String]
  private let seconds: Int
  private let guardian: BuildGuard

  /// - Parameters:
  ///   - words: the program and its arguments.
  ///   - folder: the folder it runs in.
  ///   - environment: variables beside those of this process.
  ///   - seconds: how long it may take.
  ///   - guardian: records the process for as long as it runs.
  /// - Throws: ``GeneratorOracleError/notInstalled(program:)``
  init(
    _ words: [String], in folder: String, environment: [String: String], seconds: Int, guardian: BuildGuard
  ) throws(GeneratorOracleError) {
    guard let name = words.first, let program = BuildCommand.program(name, folder: folder) else {
      throw .notInstalled(program: words.first ?? "the build command")
    }
    self.program = program
    arguments = Array(words.dropFirst())
    (self.folder, self.environment, self.seconds, self.guardian) = (folder, environment, seconds, guardian)
  }

  /// Runs it to its end, or ends it.
  ///
  /// - Parameters:
  ///   - output: where both of its streams go.
  ///   - started: called once it runs.
  ///   - isStuck: asked now and then whether to wait no longer.
  /// - Returns: its exit status, or the number of the signal that ended it; nil where it took too long.
  /// - Throws: ``GeneratorOracleError/cannotStart(program:reason:)``
  func run(
    into output: FileHandle, started: () -> Void = {}, isStuck: () -> Bool = { false }
  ) throws(GeneratorOracleError) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = allVariables
    // A question that nobody answers ends the build.
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw .cannotStart(program: program, reason: error.localizedDescription)
    }
    guardian.started(process.processIdentifier)
    defer { guardian.ended() }
    started()
    let end = DispatchTime.now() + .seconds(seconds)
    while ended.wait(timeout: min(end, .now() + .milliseconds(500))) == .timedOut {
      guard .now() >= end || isStuck() else { continue }
      Self.end(process.processIdentifier, SIGTERM)
      if ended.wait(timeout: .now() + .seconds(2)) == .timedOut {
        Self.end(process.processIdentifier, SIGKILL)
        ended.wait()
      }
      return nil
    }
    return process.terminationStatus
  }

  /// Ends a process, and those it started where it leads a group of its own.
  static func end(_ process: pid_t, _ signal: Int32) {
    if getpgid(process) == process { kill(-process, signal) } else { kill(process, signal) }
  }

  private var allVariables: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    // Ruby and Python read files in the locale's encoding, and sites are UTF-8.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { variables[$0] }.first { !$0.isEmpty } ?? ""
    if !locale.lowercased().contains("utf") { variables["LC_ALL"] = "C.UTF-8" }
    return variables.merging(environment) { _, new in new }
  }
}
