/// A program: its command, and what every program answers (`--help`, `--version`, completions, the manual).
package struct Program: Sendable {
  let root: Command
  let version: String

  /// Makes a program.
  ///
  /// - Parameters:
  ///   - root: the command whose name is the program's.
  ///   - version: what `--version` prints.
  package init(_ root: Command, version: String) {
    self.root = root
    self.version = version
  }

  /// A command with its values filled in.
  package struct Invocation: Sendable {
    /// What runs.
    package let command: any Runnable
    let path: CommandPath
  }

  /// What a command line comes to.
  package enum Outcome: Sendable {
    /// A command to run.
    case run(Invocation)
    /// Something to print on standard output: help, the version, a script.
    case text(String)
    /// A message for standard error; the exit code is 64.
    case refused(String)
  }

  /// Reads a command line, and runs nothing.
  ///
  /// - Parameters:
  ///   - words: what follows the program's name.
  ///   - columns: how wide text may be.
  ///   - environment: tells an environment variable.
  package func outcome(
    of words: [String], columns: Int = 80, environment: (String) -> String? = { _ in nil }
  ) -> Outcome {
    var rest = words[...]
    if let request = Request(rest, to: root) {
      do {
        return .text(try request.answer(self, columns: columns, environment: environment))
      } catch {
        return .refused(message(error, CommandPath(root), columns))
      }
    }
    var path = CommandPath(root)
    path.follow(&rest)
    var reader = WordReader(path.parameters)
    reader.read(rest)
    switch reader.wish {
    case .help?: return .text(HelpText(path, columns: columns).text)
    case .version?: return .text(version + "\n")
    default: break
    }
    do {
      try check(reader, path)
      guard let make = path.command.make else { return .text(HelpText(path, columns: columns).text) }
      let command = try make(reader.assignments)
      try command.validate()
      return .run(Invocation(command: command, path: path))
    } catch {
      return .refused(message(error, path, columns))
    }
  }

  /// The message for a wrong command line.
  func message(_ error: any Error, _ path: CommandPath, _ columns: Int) -> String {
    var lines = ["error: \(error)"]
    if let advice = (error as? UsageError)?.advice {
      lines += TextLayout.wrap(
        advice.text, columns: columns, first: "Help:  " + advice.label, rest: "       ")
    }
    lines += UsageLine(path).lines(label: "Usage: ", columns: columns)
    lines.append("  See '\(path.name) --help' for more information.")
    return lines.joined(separator: "\n") + "\n"
  }

  private func check(_ reader: WordReader, _ path: CommandPath) throws(UsageError) {
    if let mistake = reader.mistake { throw mistake }
    if !reader.unexpected.isEmpty { throw unexpected(reader, path) }
    if let missing = reader.missing { throw .missing(missing) }
  }

  /// A word that is not expected may be a subcommand with a slip in it, or follow one.
  private func unexpected(_ reader: WordReader, _ path: CommandPath) -> UsageError {
    var error = UsageError.unexpected(reader.unexpected)
    guard let holder = path.commands.last(where: { !$0.subcommands.isEmpty }) else { return error }
    let names = holder.visibleSubcommands.map(\.name)
    if path.command.make == nil {
      let meant = reader.unexpected.first.flatMap { Suggestion.closest(to: $0, among: names) }
      if let meant { error.description += ". Did you mean '\(meant)'?" }
    } else if holder.defaultName == path.command.name, let word = reader.assignments.first?.word,
      let meant = Suggestion.closest(to: word, among: names)
    {
      error.advice = ("", "'\(word)' is no subcommand. Did you mean '\(meant)'?")
    }
    return error
  }
}
