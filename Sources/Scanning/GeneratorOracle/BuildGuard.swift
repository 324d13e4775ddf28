import Dispatch
import Foundation
import Synchronization

/// What has to go when the tool is interrupted during a build: the temporary folder and the running process.
final class BuildGuard: Sendable {
  private let folder: String
  private let process = Mutex<pid_t?>(nil)
  private let isStopped = Mutex(false)

  init(folder: String) { self.folder = folder }

  /// Records a process that runs.
  func started(_ id: pid_t) {
    process.withLock { process in
      process = id
      if isStopped.withLock({ $0 }) { GeneratorProcess.end(id, SIGKILL) }
    }
  }

  /// Ends the process, and each that starts from now on.
  func stop() {
    process.withLock { id in
      isStopped.withLock { $0 = true }
      if let id { GeneratorProcess.end(id, SIGKILL) }
    }
  }

  /// Records that the process has ended.
  func ended() { process.withLock { $0 = nil } }

  /// Ends the process, removes the folder, and lets `next` end the tool. The lock is held meanwhile, so that the thread
  /// that waits for the build does not report a failure.
  func cleanUp(then next: () -> Void) {
    process.withLock { id in
      if let id { GeneratorProcess.end(id, SIGKILL) }
      try? FileManager.default.removeItem(atPath: folder)
      next()
    }
  }
}

/// Has a ``BuildGuard`` clean up when the user interrupts the tool. The interrupt then takes its usual course.
struct InterruptWatch {
  private let sources: [any DispatchSourceSignal]

  /// Watches for SIGINT, SIGTERM and SIGHUP until ``release()``. A signal that the program handles or ignores
  /// itself is left to it.
  init(_ guardian: BuildGuard) {
    let queue = DispatchQueue(label: "optimize-assets.interrupt")
    sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      guard Self.isDefault(number) else { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        guardian.cleanUp {
          signal(number, SIG_DFL)
          kill(getpid(), number)
        }
      }
      source.resume()
      return source
    }
  }

  private static func isDefault(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_DFL is the null pointer on every system that Swift runs on.
    #if os(Linux)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0
    #else
    return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 0
    #endif
  }

  /// Stops watching.
  func release() {
    for source in sources {
      source.cancel()
      signal(Int32(source.handle), SIG_DFL)
    }
  }
}
