#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension Program {
  /// Reads the command line, runs what it says and ends the process.
  package func main(_ words: [String] = CommandLine.arguments) -> Never {
    // Swift reads it from /proc on Linux. If /proc is not mounted, even the program's name is missing. Going on without
    // arguments would process the current folder, whichever that is.
    guard !words.isEmpty else {
      Screen.write("error: \(Self.noWords)\n", to: STDERR_FILENO)
      exit(ExitCode.usage.rawValue)
    }
    let words = Array(words.dropFirst())
    switch outcome(of: words, columns: Screen.columns, environment: Screen.environment) {
    case .text(let text):
      Screen.write(text, to: STDOUT_FILENO)
      exit(ExitCode.success.rawValue)
    case .refused(let message):
      Screen.write(message, to: STDERR_FILENO)
      exit(ExitCode.usage.rawValue)
    case .run(let invocation):
      exit(run(invocation))
    }
  }

  private static let noWords =
    "the command line cannot be read, since /proc is not mounted (mount it: mount -t proc proc /proc)"

  /// Runs a command, tells what stopped it, and gives the exit code.
  func run(_ invocation: Invocation) -> Int32 {
    do {
      try invocation.command.run()
      return ExitCode.success.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch let error as UsageError {
      Screen.write(message(error, invocation.path, Screen.columns), to: STDERR_FILENO)
      return ExitCode.usage.rawValue
    } catch {
      Screen.write("error: \(error)\n", to: STDERR_FILENO)
      return ExitCode.failure.rawValue
    }
  }
}
