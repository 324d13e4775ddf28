import Foundation

/// What one run of a program cost, as the system counts it.
struct ChildRun: Codable {
  /// Seconds from start to end.
  var wall: Double
  /// Seconds of user and system time, of the program and of the programs it ran.
  var cpu: Double
  /// The largest resident memory of one of these processes, in bytes.
  var peak: Int
}

/// A program that could not be run, or failed.
struct ChildFailure: Error, CustomStringConvertible {
  var command: [String]
  var status: Int32
  var complaint: String

  var description: String {
    "`\(command.joined(separator: " "))` failed (\(status)): \(complaint.suffix(500))"
  }
}

/// Runs programs one at a time and waits for them.
///
/// The parent has to stay small: a new process starts with its parent's peak of memory on its account.
enum ChildProcess {
  /// Runs a program to its end. Its standard output goes to a file, or nowhere.
  ///
  /// - Parameters:
  ///   - environment: what is added to this process's own.
  ///   - accepted: exit statuses that are no failure.
  /// - Throws: ``ChildFailure``
  static func run(
    _ command: [String], environment: [String: String] = [:], output: String? = nil,
    accepting accepted: Set<Int32> = [0]
  ) throws -> ChildRun {
    #if canImport(Glibc)
    var actions = posix_spawn_file_actions_t()
    #else
    var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let complaints = NSTemporaryDirectory() + "/benchmark-\(getpid()).stderr"
    defer { unlink(complaints) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output ?? "/dev/null", flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, complaints, flags, 0o644)
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let arguments = command.map { strdup($0) } + [nil]
    let settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + settings { free(text) } }

    let start = ContinuousClock.now
    var child = pid_t()
    let refusal = posix_spawnp(&child, command[0], &actions, nil, arguments, settings)
    guard refusal == 0 else {
      throw ChildFailure(command: command, status: refusal, complaint: String(cString: strerror(refusal)))
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    let wall = (ContinuousClock.now - start).seconds
    // WIFEXITED and WEXITSTATUS, which the importer does not see.
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : -(status & 0x7f)
    guard accepted.contains(code) else {
      let text = FileManager.default.contents(atPath: complaints).map { String(decoding: $0, as: UTF8.self) }
      throw ChildFailure(command: command, status: code, complaint: text ?? "")
    }
    return ChildRun(
      wall: wall, cpu: usage.ru_utime.seconds + usage.ru_stime.seconds,
      peak: Int(usage.ru_maxrss) * bytesInUnitOfMemory)
  }

  /// Where a program is, by the names or paths given; nil where none of them can be run.
  static func find(_ names: [String]) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    for name in names where !name.isEmpty {
      let paths = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
      if let path = paths.first(where: { access($0, X_OK) == 0 }) { return path }
    }
    return nil
  }

  /// `ru_maxrss` counts kilobytes on Linux and bytes on macOS.
  private static var bytesInUnitOfMemory: Int {
    #if os(Linux)
    1024
    #else
    1
    #endif
  }
}

/// Seconds of CPU time that this process has used, on all of its threads.
func usedCPU() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension timeval {
  var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
