#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension Program {
  /// Reads the command line, runs what it says and ends the process.
  package func main(_ words: [String] = Array(CommandLine.arguments.dropFirst())) -> Never {
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
      Screen.write("Error: \(error)\n", to: STDERR_FILENO)
      return ExitCode.failure.rawValue
    }
  }
}
