/// Where the log of a run goes: a level, and a closure that is given each line.
///
/// A log shows what the stages do and how long they take. It is not needed to use a result: everything that a user
/// should know about a site is in the manifest's problems.
///
/// ```swift
/// var pipeline = try Pipeline(site: "my-blog", configuration: Configuration())
/// pipeline.log = Logger(level: .info) { level, line in print("\(level): \(line)") }
/// ```
public struct Logger: Sendable {
  /// How much a line matters, least first.
  public enum Level: Int, Comparable, CaseIterable, Sendable {
    /// What helps somebody who looks for a fault.
    case debug
    /// What a stage has done, and how long it took.
    case info
    /// What may be wrong, and does not stop a run.
    case warning
    /// What stops a run, or a part of it.
    case error

    /// Whether a level matters less than another.
    public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// The least level that is written.
  public let level: Level
  private let write: (@Sendable (Level, String) -> Void)?

  /// Makes a log.
  ///
  /// - Parameters:
  ///   - level: the least level that is written.
  ///   - write: is given each line, without its end, from whatever thread has something to say.
  public init(level: Level, write: @escaping @Sendable (Level, String) -> Void) {
    self.level = level
    self.write = write
  }

  private init() {
    level = .error
    write = nil
  }

  /// A log that goes nowhere.
  public static let off = Logger()

  /// Writes a line. Its text is built only if the line is printed.
  package func callAsFunction(_ level: Level, _ line: @autoclosure () -> String) {
    guard let write, level >= self.level else { return }
    write(level, line())
  }

  /// Does a stage's work, and writes what it came to with the time it took.
  ///
  /// - Parameters:
  ///   - stage: the stage's name.
  ///   - work: what it does.
  ///   - outcome: what it came to.
  package func stage<Outcome, Failure>(
    _ stage: String, _ work: () throws(Failure) -> Outcome, outcome: (Outcome) -> String
  ) throws(Failure) -> Outcome {
    let start = ContinuousClock.now
    let result = try work()
    self(.info, "\(stage): \(outcome(result)) (\(Self.milliseconds(ContinuousClock.now - start)) ms)")
    return result
  }

  private static func milliseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
