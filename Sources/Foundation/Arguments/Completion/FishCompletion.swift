extension CompletionScript {
  /// The script for fish 3 and later.
  var fish: String {
    let code = Self.fishCode.replacing("PROGRAM", with: function)
      .replacing("SUBCOMMANDS", with: fishSubcommands)
      .replacing("DEFAULTS", with: fishDefaults)
      .replacing("VALUES", with: fishValues)
    let lines = ["complete -c \(Self.fishQuoted(program)) -f"] + nodes.flatMap(fishLines)
    return origin(.fish) + "\n\n" + code + "\n" + lines.joined(separator: "\n") + "\n"
  }

  /// The words of a command and one more that is a subcommand of it.
  private var fishSubcommands: String {
    nodes.flatMap { node in node.subcommands.map { Self.fishQuoted("\(node.name)|\($0.name)") } }
      .joined(separator: " ")
  }

  private var fishDefaults: String {
    nodes.filter { $0.defaultName != nil }.map { node in
      let path = (node.path + [node.defaultName ?? ""]).joined(separator: " ")
      return "        case \(Self.fishQuoted(node.name))\n            echo \(Self.fishQuoted(path))\n"
    }.joined()
  }

  /// The options that take a value, and those that take all values that follow.
  private var fishValues: String {
    func words(_ isRest: Bool) -> [String] {
      nodes.flatMap { node in
        node.options.filter { $0.takesValue && ($0.count == .rest) == isRest }
          .flatMap { $0.names.map { Self.fishQuoted("\(node.name)|\($0)") } }
      }
    }
    return [("value", words(false)), ("rest", words(true))].filter { !$0.1.isEmpty }.map { state, words in
      "        case \(words.joined(separator: " "))\n            echo \(state)\n"
    }.joined()
  }

  private func fishLines(_ node: CompletionNode) -> [String] {
    let start = "complete -c \(Self.fishQuoted(program))"
    // What the default one takes is taken without its name as well.
    let names = nodes.filter { $0.name == node.name || $0.path + [$0.defaultName ?? ""] == node.path }
      .map { Self.fishQuoted($0.name) }.joined(separator: " ")
    func condition(_ state: String, _ names: String) -> String {
      " -n \(Self.fishQuoted("__\(function)_at \(state) \(names)"))"
    }
    var lines = node.subcommands.map {
      start + condition("1", Self.fishQuoted(node.name)) + " -a \(Self.fishQuoted($0.name))"
        + " -d \(Self.fishQuoted($0.about))"
    }
    if node.defaultName == nil {
      lines += node.options.map { start + condition("any", names) + Self.fishOption($0) }
    }
    for option in node.options where option.count == .rest {
      lines.append(start + condition("rest", names) + Self.fishAction(option))
    }
    for (number, info) in node.arguments {
      lines.append(start + condition(info.count == .one ? "\(number)" : "any", names) + Self.fishAction(info))
    }
    return lines
  }

  private static func fishOption(_ info: ParameterInfo) -> String {
    let names = info.names.map { name in
      name.hasPrefix("--")
        ? " -l \(fishQuoted(String(name.dropFirst(2))))" : " -s \(fishQuoted(String(name.dropFirst())))"
    }
    let value = info.takesValue ? " -r" + fishAction(info) : ""
    return names.joined() + value + (info.shortHelp.isEmpty ? "" : " -d \(fishQuoted(info.shortHelp))")
  }

  private static func fishAction(_ info: ParameterInfo) -> String {
    if !info.choices.isEmpty { return " -f -a \(fishQuoted(info.choices.joined(separator: " ")))" }
    switch info.completion {
    case .none: return " -f"
    case .folder: return " -f -a '(__fish_complete_directories)'"
    case .file(let extensions) where extensions.isEmpty: return " -F"
    case .file(let extensions):
      let calls = extensions.map { "__fish_complete_suffix .\($0)" } + ["__fish_complete_directories"]
      return " -f -a \(fishQuoted("(\(calls.joined(separator: "; ")))"))"
    }
  }

  /// A word that fish takes as it is.
  private static func fishQuoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  private static let fishCode = #"""
    # The subcommand that runs where none is named.
    function __PROGRAM_default
        switch $argv[1]
    DEFAULTS        case '*'
                echo $argv[1]
        end
    end

    # What an option of a command takes: a value, the rest or nothing.
    function __PROGRAM_takes
        switch $argv[1]
    VALUES    end
    end

    # Says which command the words before the cursor name, and what comes next: the number of an argument, the value of an
    # option, or one of those that an option takes all of.
    function __PROGRAM_line
        set -l words (commandline -opc)
        set -e words[1]
        set -l command ''
        set -l number 1
        set -l takes ''
        set -l literal ''
        for word in $words
            if test "$takes" = rest
                break
            else if test "$takes" = value
                set takes ''
            else if test -z "$literal"; and test "$word" = --
                set literal 1
                set command (__PROGRAM_default "$command")
            else if test -z "$literal"; and string match -q -- '-?*' "$word"
                set command (__PROGRAM_default "$command")
                set takes (__PROGRAM_takes "$command|"(string split -m 1 = -- "$word")[1])
                if test "$takes" = value; and string match -q -- '*=*' "$word"
                    set takes ''
                end
            else if test -z "$literal"; and contains -- "$command|$word" SUBCOMMANDS
                set command (string trim -- "$command $word")
            else
                set command (__PROGRAM_default "$command")
                set number (math $number + 1)
            end
        end
        echo $command
        if test -n "$takes"
            echo $takes
        else
            echo $number
        end
    end

    # Whether the cursor is in one of some commands, at an argument of a number, or at any.
    function __PROGRAM_at
        set -l line (__PROGRAM_line)
        if test "$argv[1]" = any
            test "$line[2]" != rest; or return 1
        else
            test "$line[2]" = "$argv[1]"; or return 1
        end
        contains -- "$line[1]" $argv[2..]
    end

    """#
}
