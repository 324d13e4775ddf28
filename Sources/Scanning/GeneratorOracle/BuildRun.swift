import Dispatch
import Foundation
import SiteFiles

/// One run of a build command, without a shell and with a time limit. Its output is kept for the error message.
struct BuildRun {
  /// What is run.
  var command: BuildCommand
  /// The folder it runs in, which is also `{source}`.
  var source: String
  /// The folder that it writes to.
  var destination: String
  /// The file that holds ``BuildCommand/jekyllSettings(now:)``.
  var settings: String
  /// The file that its output goes to.
  var log: String
  /// How long it may take, in seconds.
  var seconds: Int
  /// Records the process for as long as it runs.
  var guardian: BuildGuard

  /// Runs the command.
  ///
  /// - Throws: ``GeneratorOracleError``, or `FileError` when the log cannot be written.
  func run() throws {
    let words = command.filled(source: source, destination: destination, settings: settings)
    let line = command.line
    guard let name = words.first, let program = BuildCommand.program(name, folder: source) else {
      throw GeneratorOracleError.notInstalled(program: words.first ?? "the build command")
    }
    try FileAccess.write(Data(), to: log)
    guard let output = FileHandle(forWritingAtPath: log) else { throw FileError("write", log) }
    defer { try? output.close() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: source)
    process.environment = Self.environment(adding: command.environment)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw GeneratorOracleError.cannotStart(program: program, reason: error.localizedDescription)
    }
    guardian.started(process.processIdentifier)
    defer { guardian.ended() }
    if ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
      Self.end(process.processIdentifier, SIGTERM)
      if ended.wait(timeout: .now() + .seconds(2)) == .timedOut {
        Self.end(process.processIdentifier, SIGKILL)
        ended.wait()
      }
      throw GeneratorOracleError.timedOut(command: line, seconds: seconds, output: lastLines())
    }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw GeneratorOracleError.failed(
        command: line, status: process.terminationStatus, output: lastLines())
    }
    if let made = command.made, rename(source + "/" + made, destination) != 0 {
      throw GeneratorOracleError.noPages(command: line)
    }
  }

  /// Ends a process, and those it started where it leads a group of its own.
  static func end(_ process: pid_t, _ signal: Int32) {
    if getpgid(process) == process { kill(-process, signal) } else { kill(process, signal) }
  }

  /// This process's variables, and a command's own.
  static func environment(adding own: [String: String]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    // Ruby and Python read files in the locale's encoding, and sites are UTF-8.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    if !locale.lowercased().contains("utf") { environment["LC_ALL"] = "C.UTF-8" }
    return environment.merging(own) { _, new in new }
  }

  /// The last lines of the output that say something: without colors, and without Ruby's lists of callers.
  private func lastLines() -> [String] {
    guard let data = try? FileAccess.read(log) else { return [] }
    let text = String(decoding: data.suffix(65_536), as: UTF8.self)
    let lines = text.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "").split(whereSeparator: \.isNewline)
      .map { line in
        String(line.unicodeScalars.filter { $0 == "\t" || $0.value >= 32 }.prefix(400).map(Character.init))
      }
    let telling = lines.filter { !$0.drop(while: \.isWhitespace).isEmpty && !$0.hasPrefix("\tfrom ") }
    return Array(telling.suffix(12))
  }
}
