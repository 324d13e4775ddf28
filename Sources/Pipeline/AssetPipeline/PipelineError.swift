import SystemResources

/// Why a run could not be carried out at all. What is wrong with single images or posts is a `Problem` in the
/// manifest instead.
public enum PipelineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no folder of that name, or it is not a site of a kind that is known.
  case noSite(String)
  /// The output folder cannot be used.
  case badOutput(String)
  /// The file system refused something that the run cannot do without.
  case fileSystem(String)
  /// The site's own generator was to judge, and could not build the site.
  case generator(String)
  /// Somebody wished to stop. What was made so far is kept for the next run.
  case cancelled
  /// The pages were to be looked at in a browser, and there is none that works.
  case browser(String)
  /// The libvips of this machine does not start, or cannot encode what is wanted.
  case engine(String)
  /// A run in place, or its undoing, would not be safe now. Nothing was written.
  case refused(String)
  /// The journal of earlier runs in place cannot be used.
  case journal(String)

  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .noSite(let message), .badOutput(let message), .fileSystem(let message), .generator(let message),
      .browser(let message), .engine(let message), .refused(let message), .journal(let message):
      message
    case .cancelled: "stopped before everything was done (run again to go on)"
    }
  }

  /// Does what may be stopped.
  ///
  /// - Throws: ``cancelled`` for `Cancelled`, and anything else that `body` throws.
  static func whenStopped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch is Cancelled { throw PipelineError.cancelled }
  }
}
