import Foundation
import SystemResources
import VariantWorkers

/// Where images are opened, decoded and encoded.
///
/// Decoders read strangers' files, and a file can break one. In a process of its own that costs the one image, and on Linux
/// the process is held to reading the site and writing a folder of its own. In the program's own process it ends the program.
public enum RenderWorker: Hashable, Sendable {
  /// In a process of the running program, where its `main` calls ``serveIfStarted()``; of the `optimize-assets` that lies
  /// beside the running program; or else, where there is none, in the running program itself.
  case automatic
  /// In a process of a program: `optimize-assets`, or one that calls ``serveIfStarted()``.
  case program(String)
  /// In the running program. Nothing protects it from a file that breaks a decoder.
  case inProcess

  private static let serves = Shared(false)

  /// Does the work of a worker, and does not return, where the running program was started as one; and else lets it be started
  /// as one. To be called first of all in `main`, before any thread is started.
  public static func serveIfStarted() {
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == WorkerProgram.argument, let parent = pid_t(arguments[2]) {
      WorkerMain.run(parent: parent)
    }
    serves.withLock { $0 = true }
  }

  /// The program; nil for none.
  package var program: WorkerProgram? {
    switch self {
    case .inProcess: nil
    case .program(let path): WorkerProgram(path: path)
    case .automatic: Self.defaultPath.map { WorkerProgram(path: $0) }
    }
  }

  private static var defaultPath: String? {
    guard let running = OwnProgram.path else { return nil }
    if serves.withLock(\.self) { return running }
    let beside = (running as NSString).deletingLastPathComponent + "/optimize-assets"
    return access(beside, X_OK) == 0 ? beside : nil
  }
}
