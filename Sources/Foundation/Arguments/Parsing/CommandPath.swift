/// The command that a command line means, with those that it is in.
struct CommandPath {
  /// The program's own command first.
  private(set) var commands: [Command]

  init(_ root: Command) { commands = [root] }

  /// The command itself.
  var command: Command { commands[commands.count - 1] }

  /// The words that lead to it: `optimize-assets cache info`.
  var name: String { commands.map(\.name).joined(separator: " ") }

  /// What may follow the words: what the command takes, and what every command takes.
  var parameters: [ParameterInfo] { command.parameters() + [.version, .help] }

  /// Follows the words that name subcommands, and then the default one, and takes them from the words.
  mutating func follow(_ words: inout ArraySlice<String>) {
    while !command.subcommands.isEmpty {
      if let next = words.first.flatMap(command.subcommand) {
        commands.append(next)
        words.removeFirst()
      } else if let fallback = command.defaultCommand, !isAboutItself(words.first) {
        commands.append(fallback)
      } else {
        return
      }
    }
  }

  /// Follows words as far as they name subcommands: for help, which does not mind other words.
  mutating func follow(named words: ArraySlice<String>) {
    for word in words {
      guard let next = command.subcommand(word) else { return }
      commands.append(next)
    }
  }

  mutating func append(_ subcommand: Command) { commands.append(subcommand) }

  /// Whether a word that stands before any subcommand asks about the command that holds them.
  private func isAboutItself(_ word: String?) -> Bool {
    guard let word else { return false }
    return ParameterInfo.help.names.contains(word) || ParameterInfo.version.names.contains(word)
  }
}
