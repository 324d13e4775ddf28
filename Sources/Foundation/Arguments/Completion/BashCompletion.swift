extension CompletionScript {
  /// The script for bash 3.2, which macOS has, and later.
  var bash: String {
    """
    \(origin(.bash))

    # What a command has: its subcommands, the one that runs where none is named, and its options. The spellings of one
    # option are one element, and * follows those that may be given again.
    _\(function)_command() {
      subcommands=() default= options=()
      case $1 in
    \(nodes.map(Self.bashCommand).joined(separator: "\n"))
      esac
    }

    # How the value of a command's option, or its argument of a number, is completed. Nothing for what takes no value.
    _\(function)_value() {
      kind= values=() rest=
      case "$1:$2" in
    \(bashValues)
      esac
    }


    """ + Self.bashCode.replacing("PROGRAM", with: function)
      + "\ncomplete -F _\(function) \(Self.quoted(program))\n"
  }

  private static func bashCommand(_ node: CompletionNode) -> String {
    var parts: [String] = []
    if !node.subcommands.isEmpty {
      parts.append("subcommands=(\(node.subcommands.map { quoted($0.name) }.joined(separator: " ")))")
    }
    if let name = node.defaultName { parts.append("default=\(quoted(name))") }
    let options = node.options.map {
      quoted($0.names.joined(separator: " ") + ($0.count == .one ? "" : "*"))
    }
    if !options.isEmpty { parts.append("options=(\(options.joined(separator: " ")))") }
    return "  \(quoted(node.name)))\n" + parts.map { "    \($0)\n" }.joined() + "    ;;"
  }

  /// What is completed alike stands in one line.
  private var bashValues: String {
    var order: [String] = []
    var patterns: [String: [String]] = [:]
    func add(_ pattern: String, _ info: ParameterInfo) {
      let action = Self.bashAction(info)
      if patterns[action] == nil { order.append(action) }
      patterns[action, default: []].append(pattern)
    }
    for node in nodes {
      for option in node.options where option.takesValue {
        option.names.forEach { add(Self.quoted("\(node.name):\($0)"), option) }
      }
      for (number, info) in node.arguments {
        add(
          info.count == .one
            ? Self.quoted("\(node.name):\(number)") : Self.quoted("\(node.name):") + "[0-9]*", info)
      }
    }
    return order.map { "  \((patterns[$0] ?? []).joined(separator: " | ")))\n    \($0)\n    ;;" }
      .joined(separator: "\n")
  }

  private static func bashAction(_ info: ParameterInfo) -> String {
    func values(_ list: [String]) -> String { " values=(\(list.map(quoted).joined(separator: " ")))" }
    let rest = info.count == .rest ? " rest=1" : ""
    if !info.choices.isEmpty { return "kind=words" + values(info.choices) + rest }
    switch info.completion {
    case .none: return "kind=none" + rest
    case .folder: return "kind=folder" + rest
    case .file(let extensions): return "kind=file" + (extensions.isEmpty ? "" : values(extensions)) + rest
    }
  }

  /// What the tables are for. The functions see the variables of the one that calls them.
  private static let bashCode = #"""
    # Goes on to the subcommand that runs where none is named.
    _PROGRAM_default() {
      while [[ -n $default ]]; do
        command=${command:+$command }$default
        _PROGRAM_command "$command"
      done
    }

    # Goes on to a subcommand; fails where there is none of that name.
    _PROGRAM_subcommand() {
      local name
      for name in "${subcommands[@]}"; do
        if [[ $name == "$1" ]]; then
          command=${command:+$command }$name
          _PROGRAM_command "$command"
          return 0
        fi
      done
      return 1
    }

    _PROGRAM_offer() {
      local offered
      for offered in "$@"; do
        if [[ $offered == "$cur"* ]]; then COMPREPLY+=("$prefix$offered"); fi
      done
    }

    # Offers the options that are not there yet.
    _PROGRAM_offer_options() {
      local group name
      for group in "${options[@]}"; do
        if [[ $group != *\* ]]; then
          for name in $group; do
            if [[ $used == *" $name "* ]]; then continue 2; fi
          done
        fi
        _PROGRAM_offer ${group%\*}
      done
    }

    _PROGRAM_offer_paths() {
      local path
      while IFS= read -r path; do
        if [[ -n $path ]]; then COMPREPLY+=("$prefix$path"); fi
      done <<<"$(compgen "$@" -- "$cur")"
      # A folder then gets a slash in place of a space. Bash 3 cannot be told.
      if type compopt &>/dev/null; then compopt -o filenames; fi
    }

    _PROGRAM_offer_values() {
      local extension
      case $kind in
      words) _PROGRAM_offer "${values[@]}" ;;
      folder) _PROGRAM_offer_paths -d ;;
      file)
        if ((${#values[@]} == 0)); then
          _PROGRAM_offer_paths -f
        else
          _PROGRAM_offer_paths -d
          for extension in "${values[@]}"; do _PROGRAM_offer_paths -f -X "!*.$extension"; done
        fi
        ;;
      esac
    }

    # Reads the words before the cursor.
    _PROGRAM_read() {
      local word
      for word in "$@"; do
        if [[ -n $rest ]]; then return; fi
        if [[ -n $kind ]]; then
          # This is the value of the option before it.
          kind=
        elif [[ -z $literal && $word == -- ]]; then
          literal=1
          _PROGRAM_default
        elif [[ -z $literal && $word == -?* ]]; then
          _PROGRAM_default
          used+="${word%%=*} "
          _PROGRAM_value "$command" "${word%%=*}"
          if [[ $word == *=* && -z $rest ]]; then kind=; fi
        elif [[ -n $literal ]] || ! _PROGRAM_subcommand "$word"; then
          _PROGRAM_default
          ((number++))
        fi
      done
    }

    _PROGRAM() {
      local IFS=$' \t\n' command= subcommands default options kind= values rest=
      local used=' ' number=1 literal= prefix= cur word i last
      local -a words
      COMPREPLY=()
      # Bash parts --format=json into three words.
      for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((i > 1)) && [[ $word == = || ${COMP_WORDS[i - 1]} == = ]]; then
          words[${#words[@]} - 1]+=$word
        else
          words+=("$word")
        fi
      done
      last=$((${#words[@]} - 1))
      cur=${words[last]}
      _PROGRAM_command ''
      _PROGRAM_read "${words[@]:0:last}"
      if [[ -n $rest || -n $kind ]]; then
        _PROGRAM_offer_values
      elif [[ -z $literal && $cur == --*=* ]]; then
        _PROGRAM_default
        _PROGRAM_value "$command" "${cur%%=*}"
        # Where bash has not parted the word, all of it is replaced.
        if [[ ${COMP_WORDS[COMP_CWORD]} == --*=* ]]; then prefix=${cur%%=*}=; fi
        cur=${cur#*=}
        _PROGRAM_offer_values
      elif [[ -z $literal && $cur == -* ]]; then
        _PROGRAM_default
        _PROGRAM_offer_options
      else
        if [[ -z $literal ]]; then _PROGRAM_offer "${subcommands[@]}"; fi
        # Among all subcommands, paths would only be in the way.
        if [[ -n $cur || ${#COMPREPLY[@]} -eq 0 ]]; then
          _PROGRAM_default
          _PROGRAM_value "$command" "$number"
          _PROGRAM_offer_values
          if [[ -z $kind && -z $cur && -z $literal ]]; then _PROGRAM_offer_options; fi
        fi
      fi
    }

    """#
}
