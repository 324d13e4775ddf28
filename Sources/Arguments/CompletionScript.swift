/// What a shell needs to complete a program's command lines.
struct CompletionScript {
  init(_ root: Command) {}
  func text(for shell: Shell) -> String { "" }
}
