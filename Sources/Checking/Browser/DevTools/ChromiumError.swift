/// Why a page could not be looked at in a browser.
package enum ChromiumError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No browser is installed, or there is none of the name that was given.
  case notFound(String?)
  /// The browser could not be started.
  case cannotStart(program: String, reason: String)
  /// The browser ended, or closed its pipe.
  case ended(String)
  /// The browser refused a command.
  case refused(command: String, reason: String)
  /// A page's script, or one of ours, failed.
  case script(String)
  /// The browser did not answer in time.
  case timedOut(what: String, seconds: Int)
  /// The pages could not be served.
  case cannotServe(String)

  package var description: String {
    switch self {
    case .notFound(nil):
      "no browser is installed (install chromium or Google Chrome, or name one with --browser-path or CHROME_PATH)"
    case .notFound(let name?):
      "there is no browser \(name) (name the program of a Chromium or Chrome with --browser-path or CHROME_PATH)"
    case .cannotStart(let program, let reason):
      "the browser \(program) cannot be started: \(reason) (name another with --browser-path)"
    case .ended(let output):
      "the browser ended by itself\(output.isEmpty ? "" : ": " + output) (run again, or name another with --browser-path)"
    case .refused(let command, let reason):
      "the browser refused \(command): \(reason) (it may be too old: use Chromium 100 or later)"
    case .script(let message): "a measuring script failed: \(message)"
    case .timedOut(let what, let seconds): "\(what) took more than \(seconds) s"
    case .cannotServe(let reason): "the pages cannot be served on 127.0.0.1: \(reason)"
    }
  }
}
