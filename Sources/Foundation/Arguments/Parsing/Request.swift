/// The requests that every program answers besides its own commands, recognized by the first word.
enum Request {
  /// `help check`
  case help(ArraySlice<String>)
  /// `--generate-completion-script zsh`; without a name the shell that is in use.
  case completions(String?)
  /// `--generate-manual`
  case manual

  /// Finds a request at the start of a command line.
  init?(_ words: ArraySlice<String>, to root: Command) {
    guard let first = words.first else { return nil }
    switch first {
    case "help" where !root.subcommands.isEmpty: self = .help(words.dropFirst())
    case "--generate-manual": self = .manual
    case Self.completionName: self = .completions(words.dropFirst().first)
    default:
      guard first.hasPrefix(Self.completionName + "=") else { return nil }
      self = .completions(String(first.dropFirst(Self.completionName.count + 1)))
    }
  }

  private static let completionName = "--generate-completion-script"

  func answer(
    _ program: Program, columns: Int, environment: (String) -> String?
  ) throws(UsageError) -> String {
    switch self {
    case .help(let words):
      var path = CommandPath(program.root)
      path.follow(named: words)
      return HelpText(path, columns: columns).text
    case .completions(let name):
      return CompletionScript(program.root).text(for: try Self.shell(name, environment))
    case .manual:
      return Manual(program, date: ManualDate.text(environment("SOURCE_DATE_EPOCH"))).text
    }
  }

  private static func shell(
    _ name: String?, _ environment: (String) -> String?
  ) throws(UsageError) -> Shell {
    if let name {
      guard let shell = Shell(rawValue: name) else {
        throw UsageError("Can't generate completion scripts for '\(name)'.\(supportedShells)")
      }
      return shell
    }
    let shellName = environment("SHELL")?.split(separator: "/").last.map(String.init)
    guard let shell = shellName.flatMap(Shell.init) else {
      throw UsageError("Can't tell which shell this is.\(supportedShells)")
    }
    return shell
  }

  private static var supportedShells: String {
    "\nPlease name one of " + Shell.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") + "."
  }
}
