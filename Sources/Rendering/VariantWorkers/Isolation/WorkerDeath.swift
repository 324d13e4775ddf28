import AssetModel

/// Why a worker ended before its work did.
struct WorkerDeath: Codable, Hashable, Sendable {
  enum Cause: Codable, Hashable, Sendable {
    /// A signal that the code itself brings about.
    case crashed(signal: Int32)
    case exited(status: Int32)
    /// A signal that comes from outside, as from a system without memory.
    case killed(signal: Int32)
    /// It took longer than so many seconds.
    case hung(seconds: Int)
    /// Parent and worker together had more than so many bytes in memory.
    case memory(limit: Int)
    /// It sent what makes no sense.
    case nonsense
  }

  var cause: Cause
  /// The operation that it was running, by libvips' name: `jp2kload`; empty if unknown.
  var operation = ""

  /// Whether the same source would bring about the same end again. A kill says nothing of the source.
  var isOfTheSource: Bool {
    if case .killed = cause { false } else { true }
  }

  /// Whether it is worth remembering. How much memory there is may change from run to run.
  var isRemembered: Bool {
    if case .memory = cause { false } else { isOfTheSource }
  }

  /// Whether a decoder is to blame, which sees the source's bytes and nothing of the settings.
  var isDecoders: Bool { operation.contains("load") && !operation.contains("save") }

  /// `the decoder crashed: jp2kload, signal 11`
  var message: String {
    let who =
      isDecoders ? "the decoder" : operation.contains("save") ? "the encoder" : "the render worker"
    let name = operation.isEmpty ? "" : operation + ", "
    return switch cause {
    case .crashed(let signal): "\(who) crashed: \(name)signal \(signal)"
    case .exited(let status): "\(who) ended the render worker: \(name)exit code \(status)"
    case .killed(let signal):
      "the render worker was killed from outside: \(name)signal \(signal), as by a system that is out of memory"
    case .hung(let seconds): "\(who) did not come to an end: \(name)stopped after \(seconds) s"
    case .memory(let limit):
      "\(who) took too much memory: \(name)stopped at \(limit >> 20) MiB for the whole program"
    case .nonsense: "\(who) broke the render worker: \(name)it sent what makes no sense"
    }
  }

  /// The problem of a source whose work has ended a worker of its own.
  func problem(of path: String) -> Diagnostic {
    Diagnostic(
      .error, isOfTheSource ? .undecodable : .unreadable, file: path, message: message,
      advice: isOfTheSource
        ? "save the image anew, or take it out; it is skipped until it or the libraries change" : "run again")
  }
}
