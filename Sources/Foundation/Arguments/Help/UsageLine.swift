/// How a command is called: `optimize-assets cache info [<site>] [--quiet]`.
struct UsageLine {
  /// More options than these are only said to be there.
  private static let listed = 12

  private let words: [String]

  init(_ path: CommandPath) {
    let command = path.command
    guard command.subcommands.isEmpty else {
      words = [path.name, "<subcommand>"]
      return
    }
    let parameters = command.parameters()
    let arguments = parameters.filter(\.isArgument).map(\.usage)
    let options = parameters.filter { !$0.isArgument }
    if parameters.count > Self.listed {
      words = [path.name] + options.filter(\.isRequired).map(\.usage) + ["[<options>]"] + arguments
    } else {
      words = [path.name] + arguments + options.map(\.usage)
    }
  }

  /// The usage in lines, broken between options and never inside one.
  func lines(label: String, columns: Int) -> [String] {
    let indent = String(repeating: " ", count: label.columns)
    var lines: [String] = []
    var line = label
    for (index, word) in words.enumerated() {
      if index > 0, line.columns + 1 + word.columns >= columns {
        lines.append(line)
        line = indent + "  " + word
      } else {
        line += (index > 0 ? " " : "") + word
      }
    }
    return lines + [line]
  }
}
