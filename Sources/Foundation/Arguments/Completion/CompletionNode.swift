/// A command as completions see it.
struct CompletionNode {
  struct Subcommand {
    var name: String
    var about: String
    /// Whether there is something to complete behind it.
    var hasNode: Bool
  }

  /// The words that lead to it from the program's name: `["cache", "info"]`.
  var path: [String]
  var parameters: [ParameterInfo]
  var subcommands: [Subcommand]
  /// The subcommand that stands for it where none is named.
  var defaultName: String?

  /// The words in one, for scripts to compare.
  var name: String { path.joined(separator: " ") }

  var options: [ParameterInfo] { parameters.filter { !$0.isArgument } }

  /// The arguments with what they are counted by, from 1.
  var arguments: [(number: Int, info: ParameterInfo)] {
    zip(1..., parameters.filter(\.isArgument)).map { ($0, $1) }
  }

  /// All commands of a program that people see, the program's own first, and `help` with what may follow it.
  static func all(_ root: Command) -> [CompletionNode] {
    var nodes = commands(root, path: [])
    guard !root.subcommands.isEmpty else { return nodes }
    nodes[0].subcommands.append(Subcommand(name: "help", about: "Show help information.", hasNode: true))
    return nodes + help(root, path: ["help"])
  }

  private static func commands(_ command: Command, path: [String]) -> [CompletionNode] {
    let node = CompletionNode(
      path: path, parameters: command.parameters() + [.version, .help],
      subcommands: command.visibleSubcommands.map {
        Subcommand(name: $0.name, about: $0.about, hasNode: true)
      },
      defaultName: command.defaultName)
    return [node] + command.visibleSubcommands.flatMap { commands($0, path: path + [$0.name]) }
  }

  private static func help(_ command: Command, path: [String]) -> [CompletionNode] {
    let visible = command.visibleSubcommands
    guard !visible.isEmpty else { return [] }
    let node = CompletionNode(
      path: path, parameters: [],
      subcommands: visible.map {
        Subcommand(name: $0.name, about: $0.about, hasNode: !$0.visibleSubcommands.isEmpty)
      })
    return [node] + visible.flatMap { help($0, path: path + [$0.name]) }
  }
}

extension ParameterInfo {
  /// The first sentence of the help, for a list that has one line for each option.
  var shortHelp: String {
    let end =
      help.firstRange(of: ". ")?.lowerBound
      ?? (help.last == "." ? help.index(before: help.endIndex) : help.endIndex)
    return help[..<end].split(separator: "\n").joined(separator: " ")
  }
}
