import AssetModel
import SystemResources

/// Why a run could not be carried out at all. What is wrong with single images or posts is a `Diagnostic` in the
/// manifest instead.
public enum PipelineError: DiagnosticError, Hashable, Sendable {
  /// There is no folder of that name, or it is not a site of a kind that is known.
  case noSite(Diagnostic)
  /// The output folder cannot be used.
  case badOutput(Diagnostic)
  /// The file system refused something that the run cannot do without.
  case fileSystem(Diagnostic)
  /// The site's own generator was to judge, and could not build the site.
  case generator(Diagnostic)
  /// Somebody wished to stop. What was made so far is kept for the next run.
  case cancelled
  /// The pages were to be looked at in a browser, and there is none that works.
  case browser(Diagnostic)
  /// The libvips of this machine does not start, or cannot encode what is wanted.
  case engine(Diagnostic)
  /// A run in place, or its undoing, would not be safe now. Nothing was written.
  case refused(Diagnostic)
  /// The journal of earlier runs in place cannot be used.
  case journal(Diagnostic)

  /// What is wrong and what to do about it.
  public var diagnostic: Diagnostic {
    switch self {
    case .noSite(let diagnostic), .badOutput(let diagnostic), .fileSystem(let diagnostic),
      .generator(let diagnostic), .browser(let diagnostic), .engine(let diagnostic), .refused(let diagnostic),
      .journal(let diagnostic):
      diagnostic
    case .cancelled:
      Diagnostic(
        .note, .cancelled, message: "stopped before everything was done", advice: "run again to go on")
    }
  }

  /// Does what may be stopped.
  ///
  /// - Throws: ``cancelled`` for `Cancelled`, and anything else that `body` throws.
  static func whenStopped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch is Cancelled { throw PipelineError.cancelled }
  }
}

// The same, from what is wrong, with which file, and what to do.
extension PipelineError {
  package static func noSite(_ message: String, file: String = "", advice: String? = nil) -> Self {
    .noSite(Diagnostic(.error, .noSite, file: file, message: message, advice: advice))
  }

  package static func badOutput(_ message: String, file: String = "", advice: String? = nil) -> Self {
    .badOutput(Diagnostic(.error, .badOutput, file: file, message: message, advice: advice))
  }

  package static func fileSystem(_ message: String, file: String = "", advice: String? = nil) -> Self {
    .fileSystem(Diagnostic(.error, .fileSystem, file: file, message: message, advice: advice))
  }

  package static func generator(_ message: String, advice: String? = nil) -> Self {
    .generator(Diagnostic(.error, .generator, message: message, advice: advice))
  }

  package static func browser(_ message: String, advice: String? = nil) -> Self {
    .browser(Diagnostic(.error, .browser, message: message, advice: advice))
  }

  package static func engine(_ message: String, advice: String? = nil) -> Self {
    .engine(Diagnostic(.error, .engine, message: message, advice: advice))
  }

  package static func refused(_ message: String, file: String = "", advice: String? = nil) -> Self {
    .refused(Diagnostic(.error, .refused, file: file, message: message, advice: advice))
  }

  package static func journal(_ message: String, file: String = "", advice: String? = nil) -> Self {
    .journal(Diagnostic(.error, .journal, file: file, message: message, advice: advice))
  }
}
