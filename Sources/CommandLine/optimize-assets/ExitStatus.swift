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
      "done, but images or posts failed, pages differ, or a budget is passed"
    case .unchecked: "some files could not be read, so the result of check is incomplete"
    case .usage: "the command line is wrong, or the output is not one to write to"
    case .badEditJournal: "the journal of edits in place is damaged, or of another version"
    case .noSite: "there is no such site, or it is of no known kind"
    case .generatorFailed:
      "the site's generator, a browser or libvips is missing or failed"
    case .inputOutput: "a file could not be read or written"
    case .refused: "nothing was written: uncommitted changes, or another run"
    case .configuration: "the configuration is wrong"
    case .interrupted: "stopped by SIGINT (Ctrl-C); the next run continues"
    case .terminated: "stopped by SIGTERM; the next run continues"
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
      try stop(.configuration, error)
    } catch let error as PipelineError {
      if error == .cancelled {
        Terminal.printError(error.diagnostic.text)
        interruption.end()
      }
      try stop(status(of: error), error)
    } catch is SignalledEnd {
      interruption.end()
    } catch let error as FileError {
      try stop(.inputOutput, error)
    }
  }

  private static func status(of error: PipelineError) -> ExitStatus {
    switch error {
    case .noSite: .noSite
    case .badOutput: .usage
    case .generator, .browser, .engine: .generatorFailed
    case .refused: .refused
    case .journal: .badEditJournal
    case .fileSystem: .inputOutput
    case .cancelled: .interrupted
    }
  }

  /// Ends the command with ``imagesFailed`` where there is an error.
  static func check(_ problems: [Diagnostic]) throws {
    guard problems.contains(where: { $0.severity == .error }) else { return }
    throw ExitCode(imagesFailed.rawValue)
  }

  private static func stop(_ status: ExitStatus, _ error: any Error) throws -> Never {
    Terminal.print(error)
    throw ExitCode(status.rawValue)
  }
}
