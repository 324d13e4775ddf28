/// An option or argument without its type: everything that parsing, help, completions and the manual need.
struct ParameterInfo: Hashable, Sendable {
  enum Kind: Hashable {
    /// A word that stands for itself: `<site>`.
    case argument
    /// A name and a value: `--format json`.
    case option
    /// A name alone: `--quiet`.
    case flag
    /// `--help`, which every command has.
    case help
    /// `--version`, which every command has.
    case version
  }

  enum Count: Hashable {
    /// The last one counts.
    case one
    /// Each adds a value.
    case many
    /// It takes all words that follow, whatever they look like.
    case rest
  }

  var kind: Kind
  /// As they are typed: `["-q", "--quiet"]`. An argument has none.
  var names: [String] = []
  /// What it was called in earlier versions: a message names the new name.
  var formerNames: [String] = []
  /// What help calls the value: `file` for `<file>`.
  var valueName = ""
  var count = Count.one
  var isRequired = false
  var help = ""
  /// All values there are, where they are few.
  var choices: [String] = []
  /// The value that holds where the command line says nothing; empty where there is none to show.
  var initial = ""
  var completion = Completion.none
  /// The heading in help, where it is not the usual one.
  var group = ""

  var takesValue: Bool { kind == .option }
  var isArgument: Bool { kind == .argument }
  var isBuiltIn: Bool { kind == .help || kind == .version }

  /// The name that messages use: the long one.
  var mainName: String { names.last ?? "" }

  private var value: String { kind == .argument || kind == .option ? "<\(valueName)>" : "" }

  /// How help lists it: `-q, --quiet`, `--format <format>`, `<site>`.
  var label: String { Self.joined(names.joined(separator: ", "), value) }

  /// How messages name it: `--format <format>`.
  var spelling: String { Self.joined(mainName, value) }

  /// How the usage shows it: `[--format <format>]`, `<folder>`, `[<file> ...]`.
  var usage: String {
    let text = spelling + (count == .one ? "" : " ...")
    return isRequired ? text : "[\(text)]"
  }

  /// The help text, with the values there are and the default.
  var fullHelp: String {
    var facts: [String] = []
    if !choices.isEmpty { facts.append("values: " + choices.joined(separator: ", ")) }
    if !initial.isEmpty { facts.append("default: \(initial)") }
    return Self.joined(help, facts.isEmpty ? "" : "(\(facts.joined(separator: "; ")))")
  }

  private static func joined(_ parts: String...) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension ParameterInfo {
  static let version = ParameterInfo(kind: .version, names: ["--version"], help: "Show the version.")
  static let help = ParameterInfo(kind: .help, names: ["-h", "--help"], help: "Show help information.")
}
