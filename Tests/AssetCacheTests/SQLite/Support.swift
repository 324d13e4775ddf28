import Foundation
import Synchronization
import TestSupport

/// Something that runs on a thread of its own, whose error comes out where it is waited for.
final class BackgroundThread: Sendable {
  private let isDone = DispatchSemaphore(value: 0)
  private let failure = Mutex<(any Error)?>(nil)

  init(_ body: @escaping @Sendable () throws -> Void) {
    Thread.detachNewThread { [self] in
      do {
        try body()
      } catch {
        failure.withLock { $0 = error }
      }
      isDone.signal()
    }
  }

  /// Waits until it is over.
  func join() throws {
    isDone.wait()
    if let error = failure.withLock(\.self) { throw error }
  }
}

extension TemporaryFolder {
  /// The length of a file in it.
  func bytes(of name: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: self(name))[.size] as? Int ?? 0
  }
}
