/// A command's help.
struct HelpText {
  private let path: CommandPath
  private let columns: Int

  /// - Parameter columns: how wide lines may be.
  init(_ path: CommandPath, columns: Int) {
    self.path = path
    self.columns = columns
  }

  /// The whole text.
  var text: String {
    let command = path.command
    var blocks: [[String]] = []
    if !command.about.isEmpty {
      blocks.append(TextLayout.wrap("OVERVIEW: " + command.about, columns: columns))
    }
    if !command.discussion.isEmpty { blocks.append(TextLayout.wrap(command.discussion, columns: columns)) }
    blocks += examples(command) + exits(command)
    blocks.append(UsageLine(path).lines(label: "USAGE: ", columns: columns))
    blocks += parameterBlocks(path.parameters) + subcommands(command)
    let text = blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    return command.subcommands.isEmpty ? text + "\n" : text
  }

  /// Examples stay whole lines, because they are copied.
  private func examples(_ command: Command) -> [[String]] {
    guard !command.examples.isEmpty else { return [] }
    return [[command.examples.count == 1 ? "EXAMPLE" : "EXAMPLES"] + command.examples.map { "  " + $0 }]
  }

  private func exits(_ command: Command) -> [[String]] {
    guard !command.exits.isEmpty else { return [] }
    let rows = command.exits.flatMap { exit in
      TextLayout.wrap(
        exit.meaning, columns: columns, first: HelpTable.padded("  \(exit.code)", to: 6), rest: "      ")
    }
    return [["EXIT CODES"] + rows]
  }

  /// Arguments, then options, then those that have a heading of their own.
  private func parameterBlocks(_ parameters: [ParameterInfo]) -> [[String]] {
    var titles: [String] = []
    for parameter in parameters where !parameter.group.isEmpty && !titles.contains(parameter.group) {
      titles.append(parameter.group)
    }
    let plain = parameters.filter { $0.group.isEmpty }
    var groups = [("ARGUMENTS", plain.filter(\.isArgument))]
    groups.append(("OPTIONS", plain.filter { !$0.isArgument }))
    groups += titles.map { title in (title.uppercased(), parameters.filter { $0.group == title }) }
    return groups.filter { !$0.1.isEmpty }.map { title, members in
      let table = HelpTable(columns: columns)
      return [title + ":"] + members.flatMap { table.rows($0.label, $0.fullHelp) }
    }
  }

  private func subcommands(_ command: Command) -> [[String]] {
    let visible = command.visibleSubcommands
    guard !visible.isEmpty else { return [] }
    let table = HelpTable(columns: columns)
    let rows = visible.flatMap {
      table.rows($0.name + ($0.name == command.defaultName ? " (default)" : ""), $0.about)
    }
    let words = ["help"] + path.commands.dropFirst().map(\.name) + ["<subcommand>"]
    let more = "See '\(path.commands[0].name) \(words.joined(separator: " "))' for detailed help."
    return [["SUBCOMMANDS:"] + rows, TextLayout.wrap(more, columns: columns, first: "  ", rest: "  ")]
  }
}
