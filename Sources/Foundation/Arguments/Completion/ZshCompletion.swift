extension CompletionScript {
  /// The script for zsh: a file `_program` in a folder of `fpath`, or a text for `source`.
  var zsh: String {
    """
    #compdef \(program)
    \(origin(.zsh))

    \(nodes.map(zshFunction).joined(separator: "\n\n"))

    # The first call of an autoloaded file is a completion already; a file that is sourced only tells zsh of it.
    if [[ $funcstack[1] == \(Self.quoted(zshMain)) ]]; then
      \(zshMain) "$@"
    else
      compdef \(zshMain) \(Self.quoted(program))
    fi

    """
  }

  /// The function of the program's own command has the name that its file has.
  private var zshMain: String {
    "_" + String(program.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
  }

  private func zshName(_ path: [String]) -> String {
    path.isEmpty ? zshMain : "_" + ([function] + path.map(Self.identifier)).joined(separator: "_")
  }

  private func zshFunction(_ node: CompletionNode) -> String {
    let body = node.subcommands.isEmpty ? zshArguments(node) : zshGroup(node)
    return "\(zshName(node.path))() {\n\(body)}"
  }

  private func zshArguments(_ node: CompletionNode) -> String {
    guard !node.parameters.isEmpty else { return "  return 1\n" }
    let specs = node.parameters.map { "    " + Self.zshSpec($0) }
    return "  _arguments -s -S : \\\n" + specs.joined(separator: " \\\n") + "\n"
  }

  private func zshGroup(_ node: CompletionNode) -> String {
    let list = node.subcommands.map {
      "    " + Self.quoted($0.name.replacing(":", with: "\\:") + ":" + $0.about) + "\n"
    }
    let arms = node.subcommands.filter(\.hasNode).map {
      "    (\($0.name)) shift words; (( CURRENT-- )); \(zshName(node.path + [$0.name])); return ;;\n"
    }
    let completion =
      node.defaultName.map { "  \(zshName(node.path + [$0])) && ret=0\n" } ?? zshParameters(node)
    return """
        local ret=1
        local -a subcommands=(
      \(list.joined().dropLast())
        )
        if (( CURRENT > 2 )); then
          case $words[2] in
      \(arms.joined().dropLast())
          esac
        elif [[ $PREFIX != -* ]]; then
          _describe -t commands subcommand subcommands && ret=0
        fi
      \(completion)  return ret

      """
  }

  /// What a command without a default one takes: `--help`.
  private func zshParameters(_ node: CompletionNode) -> String {
    node.parameters.isEmpty ? "" : zshArguments(node).dropLast() + " && ret=0\n"
  }

  private static func zshSpec(_ info: ParameterInfo) -> String {
    let action = zshAction(info)
    if info.isArgument {
      return quoted((info.count == .one ? "" : "*") + ":\(zshText(info.valueName)):\(action)")
    }
    let help = info.shortHelp.isEmpty ? "" : "[\(zshText(info.shortHelp))]"
    var tail = help
    if info.takesValue {
      tail += (info.count == .rest ? ":*" : "") + ":\(zshText(info.valueName)):\(action)"
    }
    let sign = info.takesValue && info.count != .rest
    let names = info.names.map { $0 + (sign ? ($0.hasPrefix("--") ? "=" : "+") : "") }
    if info.count == .many { return names.map { quoted("*\($0)\(tail)") }.joined(separator: " ") }
    guard names.count > 1 else { return quoted(names.joined() + tail) }
    return quoted("(\(info.names.joined(separator: " ")))") + "{\(names.joined(separator: ","))}"
      + quoted(tail)
  }

  private static func zshAction(_ info: ParameterInfo) -> String {
    if !info.choices.isEmpty {
      return "(" + info.choices.map { zshText($0).replacing(" ", with: "\\ ") }.joined(separator: " ") + ")"
    }
    switch info.completion {
    case .none: return " "
    case .folder: return "_files -/"
    case .file(let extensions) where extensions.isEmpty: return "_files"
    case .file(let extensions): return "_files -g \"*.(\(extensions.joined(separator: "|")))\""
    }
  }

  /// A text in which nothing has a meaning for `_arguments`.
  private static func zshText(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\[]:()".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
