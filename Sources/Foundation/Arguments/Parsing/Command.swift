/// A command: its name, what is said of it, and either the options it takes or the subcommands it has.
///
/// Options are listed only once they are needed, so a program with many subcommands starts as fast as one with none.
package struct Command: Sendable {
  /// A code that the program ends with, and its meaning.
  package struct Exit: Hashable, Sendable {
    var code: Int32
    var meaning: String

    /// Tells the meaning of a code.
    package init(_ code: Int32, _ meaning: String) {
      self.code = code
      self.meaning = meaning
    }
  }

  let name: String
  /// One sentence.
  let about: String
  /// Paragraphs with an empty line between them.
  var discussion = ""
  /// Command lines, as they are typed.
  var examples: [String] = []
  var exits: [Exit] = []
  /// Whether help, completions and the manual leave it out.
  var isHidden = false

  var subcommands: [Command] = []
  /// The subcommand that runs where none is named.
  var defaultName: String?

  /// What the command takes, without what every command takes.
  let parameters: @Sendable () -> [ParameterInfo]
  /// Fills in the values; nil for a command that only holds subcommands.
  let make: (@Sendable ([Assignment]) throws(UsageError) -> any Runnable)?

  /// A command that does something.
  ///
  /// - Parameters:
  ///   - type: what holds its values and runs.
  ///   - name: the word that chooses it.
  ///   - about: one sentence.
  ///   - parameters: its options in the order in which help lists them.
  package init<Root: Runnable>(
    _ type: Root.Type, _ name: String, _ about: String = "", discussion: String = "", examples: [String] = [],
    exits: [Exit] = [], isHidden: Bool = false, parameters: @escaping @Sendable () -> [Parameter<Root>]
  ) {
    self.init(name: name, about: about, parameters: { Self.describe(parameters()) }) {
      assignments throws(UsageError) in
      try Self.fill(parameters(), assignments)
    }
    self.discussion = discussion
    self.examples = examples
    self.exits = exits
    self.isHidden = isHidden
  }

  /// A command that holds others.
  ///
  /// - Parameter defaultName: the subcommand that runs where none is named; otherwise help is shown.
  package init(
    _ name: String, _ about: String, discussion: String = "", examples: [String] = [], exits: [Exit] = [],
    subcommands: [Command], default defaultName: String? = nil
  ) {
    self.init(name: name, about: about, parameters: { [] }, make: nil)
    self.discussion = discussion
    self.examples = examples
    self.exits = exits
    self.subcommands = subcommands
    self.defaultName = defaultName
  }

  private init(
    name: String, about: String, parameters: @escaping @Sendable () -> [ParameterInfo],
    make: (@Sendable ([Assignment]) throws(UsageError) -> any Runnable)?
  ) {
    self.name = name
    self.about = about
    self.parameters = parameters
    self.make = make
  }
}

extension Command {
  /// The subcommand that runs where none is named.
  var defaultCommand: Command? { defaultName.flatMap(subcommand) }

  /// The subcommands that help lists.
  var visibleSubcommands: [Command] { subcommands.filter { !$0.isHidden } }

  func subcommand(_ name: String) -> Command? { subcommands.first { $0.name == name } }

  private static func describe<Root: Runnable>(_ parameters: [Parameter<Root>]) -> [ParameterInfo] {
    let root = Root()
    return parameters.map {
      var info = $0.info
      info.initial = $0.initial(root)
      return info
    }
  }

  private static func fill<Root: Runnable>(
    _ parameters: [Parameter<Root>], _ assignments: [Assignment]
  ) throws(UsageError) -> Root {
    var root = Root()
    for assignment in assignments {
      let parameter = parameters[assignment.parameter]
      guard parameter.read(&root, assignment.word) else {
        throw .invalid(assignment.word, for: parameter.info)
      }
    }
    return root
  }
}
