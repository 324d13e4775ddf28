/// What a shell needs to complete a program's command lines: a script that asks nobody and starts nothing.
struct CompletionScript {
  /// The word that people type.
  let program: String
  let nodes: [CompletionNode]

  init(_ root: Command) {
    program = root.name
    nodes = CompletionNode.all(root)
  }

  func text(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  /// The program's name as a part of a function's.
  var function: String { Self.identifier(program) }

  /// The line that says where a script comes from.
  func origin(_ shell: Shell) -> String {
    "# Made by: \(program) --generate-completion-script \(shell.rawValue)"
  }

  static func identifier(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// A word that a Bourne shell, or zsh, takes as it is.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
