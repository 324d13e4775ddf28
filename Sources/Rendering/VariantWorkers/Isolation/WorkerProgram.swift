/// The program that does a worker's part, and how its processes are watched.
package struct WorkerProgram: Sendable {
  /// The first argument, which makes the program a worker.
  package static let argument = "--render-worker"

  /// The program, absolute.
  package var path: String
  package var limits: WorkerLimits

  package init(path: String, limits: WorkerLimits = .standard) {
    self.path = path
    self.limits = limits
  }
}
