import Dispatch
import Foundation
import Synchronization
import SystemResources

/// Turns SIGINT and SIGTERM into a wish to stop. The second signal ends the program at once.
final class Interruption {
  private let signals = Signals()
  private let sources: [any DispatchSourceSignal]

  /// Raised by the first signal.
  var cancellation: Cancellation { signals.cancellation }

  init() {
    let queue = DispatchQueue(label: "optimize-assets.signals")
    sources = [SIGINT, SIGTERM].map { [signals] number in
      // The signal's own action would end the program before anybody heard of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { signals.receive(number) }
      source.resume()
      return source
    }
  }

  /// Ends the program after its run was stopped. Threads may still be inside an encoder, and the destructors that `exit`
  /// calls would pull the libraries away from under them.
  func end() -> Never {
    fflush(nil)
    _exit(Signals.status(of: signals.first.withLock { $0 } ?? SIGINT))
  }
}

/// What was received.
private final class Signals: Sendable {
  let cancellation = Cancellation()
  let first = Mutex<Int32?>(nil)

  func receive(_ number: Int32) {
    let isFirst = first.withLock { first in
      guard first == nil else { return false }
      first = number
      return true
    }
    guard isFirst else { _exit(Self.status(of: number)) }
    cancellation.raise()
  }

  /// The exit code that shells give a program which a signal ended: 128 and the signal's number.
  static func status(of number: Int32) -> Int32 {
    (number == SIGINT ? ExitStatus.interrupted : .terminated).rawValue
  }
}
