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
    let process = try GeneratorProcess(
      command.filled(source: source, destination: destination, settings: settings), in: source,
      environment: command.environment, seconds: seconds, guardian: guardian)
    let line = command.line
    try FileAccess.write(Data(), to: log)
    guard let output = FileHandle(forWritingAtPath: log) else { throw FileError("write", log) }
    defer { try? output.close() }
    guard let status = try process.run(into: output) else {
      throw GeneratorOracleError.timedOut(command: line, seconds: seconds, output: lastLines())
    }
    guard status == 0 else {
      throw GeneratorOracleError.failed(command: line, status: status, output: lastLines())
    }
    if let outputFolder = command.outputFolder, rename(source + "/" + outputFolder, destination) != 0 {
      throw GeneratorOracleError.noPages(command: line)
    }
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
