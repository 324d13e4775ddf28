import Arguments
import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import SystemResources

/// The end of a command that goes on until a signal ends it.
struct SignalledEnd: Error {}

/// The exit codes, after sysexits.h.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case imagesFailed = 1
  case unchecked = 2
  case usage = 64
  case badEditJournal = 65
  case noSite = 66
  case generatorFailed = 69
  case inputOutput = 74
  case refused = 75
  case configuration = 78
  case interrupted = 130
  case terminated = 143

  /// What help says of it.
  var meaning: String {
    switch self {
    case .done: "done"
    case .imagesFailed:
      "done, but some images or posts failed or could not be given back, pages differ, or a budget is passed; each is listed"
    case .unchecked: "check: something could not be read, so that nobody knows what it weighs"
    case .usage: "the command line is wrong, or the output is not one to write to"
    case .badEditJournal: "the ledger of runs in place is damaged, or of another version"
    case .noSite: "there is no such site, or it is of no known kind"
    case .generatorFailed:
      "the site's own generator, a browser or libvips with a format was asked for and is not installed or failed"
    case .inputOutput: "a file could not be read or written"
    case .refused: "not now: uncommitted changes, files in the way or another run; nothing was written"
    case .configuration: "the configuration is wrong"
    case .interrupted: "stopped by SIGINT (Ctrl-C); the next run goes on where this one was"
    case .terminated: "stopped by SIGTERM; the next run goes on where this one was"
    }
  }

  /// Runs a command, and turns what stops it into one line on standard error and an exit code.
  ///
  /// - Parameter body: is given a wish to stop that SIGINT and SIGTERM raise.
  static func reporting(_ body: (Cancellation) throws -> Void) throws {
    let interruption = Interruption()
    do {
      try body(interruption.cancellation)
    } catch let error as ConfigurationError {
      try stop(.configuration, "\(error)")
    } catch let error as PipelineError {
      switch error {
      case .noSite: try stop(.noSite, "error: \(error)")
      case .badOutput: try stop(.usage, "error: \(error)")
      case .generator, .browser, .engine: try stop(.generatorFailed, "error: \(error)")
      case .refused: try stop(.refused, "error: \(error)")
      case .ledger: try stop(.badEditJournal, "error: \(error)")
      case .fileSystem: try stop(.inputOutput, "error: \(error)")
      case .cancelled:
        Terminal.printError("\(error)")
        interruption.end()
      }
    } catch is SignalledEnd {
      interruption.end()
    } catch let error as FileError {
      try stop(.inputOutput, "error: \(error)")
    }
  }

  /// Ends the command with ``imagesFailed`` where there is an error.
  static func check(_ problems: [Problem]) throws {
    guard problems.contains(where: { $0.severity == .error }) else { return }
    throw ExitCode(imagesFailed.rawValue)
  }

  private static func stop(_ status: ExitStatus, _ message: String) throws -> Never {
    Terminal.printError(message)
    throw ExitCode(status.rawValue)
  }
}
