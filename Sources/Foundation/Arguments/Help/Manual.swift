/// A program's page of the manual in mdoc, which both mandoc and groff set.
struct Manual {
  private let program: Program
  private let date: String
  private let path: CommandPath
  /// Options that several commands share are described once.
  private let common: [ParameterInfo]

  /// - Parameter date: the date of the text, as mdoc writes it: `November 28, 2026`.
  init(_ program: Program, date: String) {
    self.program = program
    self.date = date
    path = CommandPath(program.root)
    common = Self.common(of: program.root)
  }

  /// The whole page.
  var text: String {
    let root = program.root
    let name = root.name
    var page = Mdoc()
    page.macro("Dd", date)
    page.macro("Dt", Mdoc.word(name.uppercased()), "1")
    page.macro("Os")
    page.macro("Sh", "NAME")
    page.macro("Nm", Mdoc.word(name))
    page.macro("Nd", Mdoc.word(root.about.last == "." ? String(root.about.dropLast()) : root.about))
    page.macro("Sh", "SYNOPSIS")
    for path in leaves(path) { synopsis(path, &page) }
    page.macro("Sh", "DESCRIPTION")
    page.paragraph(root.about)
    if !root.discussion.isEmpty { page.paragraph(root.discussion, isFirst: false) }
    if !common.isEmpty {
      page.macro("Sh", "COMMON OPTIONS")
      page.paragraph("Most subcommands take these; each says below what else it takes.")
      list(common, &page)
    }
    if root.subcommands.isEmpty {
      list(path.parameters, &page)
    } else {
      page.macro("Sh", "SUBCOMMANDS")
      for path in leaves(path) { section(path, &page) }
    }
    exits(&page)
    examples(&page)
    return page.text
  }

  /// The commands that do something, in the order in which help lists them.
  private func leaves(_ path: CommandPath) -> [CommandPath] {
    path.command.subcommands.isEmpty
      ? [path]
      : path.command.visibleSubcommands.flatMap {
        var next = path
        next.append($0)
        return leaves(next)
      }
  }

  /// What stands in three commands or more, word for word.
  private static func common(of root: Command) -> [ParameterInfo] {
    guard !root.subcommands.isEmpty else { return [] }
    func all(_ command: Command) -> [ParameterInfo] {
      command.parameters() + command.visibleSubcommands.flatMap(all)
    }
    let parameters = all(root)
    let counts = parameters.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    // Of two options with the same name, the first is described here.
    var names: Set<String> = []
    let repeated = parameters.filter {
      counts[$0, default: 0] >= 3 && names.insert($0.isArgument ? $0.valueName : $0.mainName).inserted
    }
    return repeated + [.version, .help]
  }

  private func words(_ path: CommandPath) -> String {
    path.commands.dropFirst().map(\.name).joined(separator: " ")
  }

  private func synopsis(_ path: CommandPath, _ page: inout Mdoc) {
    let command = path.command
    page.macro("Nm")
    if path.commands.count > 1 {
      let isDefault = path.commands.dropLast().last?.defaultName == command.name
      page.macro(isDefault ? "Op" : "Ic", (isDefault ? ["Ic"] : []) + [Mdoc.word(words(path))])
    }
    let parameters = command.parameters()
    for option in parameters where !option.isArgument && option.isRequired { page.synopsis(option) }
    if parameters.contains(where: { !$0.isArgument && !$0.isRequired }) { page.macro("Op", "Ar", "options") }
    for argument in parameters where argument.isArgument { page.synopsis(argument) }
  }

  private func section(_ path: CommandPath, _ page: inout Mdoc) {
    let command = path.command
    page.macro("Ss", Mdoc.word(words(path)))
    page.paragraph(command.about)
    if !command.discussion.isEmpty { page.paragraph(command.discussion, isFirst: false) }
    let parameters = command.parameters()
    let specific = parameters.filter { !common.contains($0) }
    if !specific.isEmpty { list(specific, &page) }
    let shared = parameters.filter { common.contains($0) && !$0.isArgument }.map(\.mainName)
    if !shared.isEmpty {
      page.paragraph("Common options: \(shared.joined(separator: ", ")).", isFirst: false)
    }
    if !command.examples.isEmpty { page.display(command.examples) }
  }

  private func list(_ parameters: [ParameterInfo], _ page: inout Mdoc) {
    page.macro("Bl", "-tag", "-width", "Ds")
    for parameter in parameters {
      page.item(parameter)
      page.paragraph(parameter.fullHelp)
    }
    page.macro("El")
  }

  private func exits(_ page: inout Mdoc) {
    guard !program.root.exits.isEmpty else { return }
    page.macro("Sh", "EXIT STATUS")
    page.macro("Bl", "-tag", "-width", "Ds")
    for exit in program.root.exits {
      page.macro("It", "\(exit.code)")
      page.paragraph(exit.meaning)
    }
    page.macro("El")
  }

  private func examples(_ page: inout Mdoc) {
    guard !program.root.examples.isEmpty else { return }
    page.macro("Sh", "EXAMPLES")
    page.display(program.root.examples)
  }
}
