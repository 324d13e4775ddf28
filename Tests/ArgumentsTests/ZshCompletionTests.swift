import Testing

@testable import Arguments

@Suite(.enabled(if: ShellRun.find("zsh") != nil, "zsh is not installed"))
struct ZshCompletionTests {
  private static let script = CompletionScript(Bakery.command).text(for: .zsh)

  /// What the script asks zsh's completion system for, at the last of some words.
  private func asks(_ words: [String]) throws -> [String] {
    let code = """
      compdef() { }
      _arguments() { shift 3; print -rl -- "$@" }
      _describe() { print -rl -- "${(P@)4}" }
      source /dev/stdin
      words=(bakery "$@") CURRENT=$(( $# + 1 )) PREFIX=$words[-1]
      _bakery
      """
    let result = try ShellRun.run("zsh", ["-fc", code, "zsh"] + words, input: Self.script)
    return result.lines
  }

  @Test("Zsh offers subcommands first, and what the default one takes")
  func subcommands() throws {
    let lines = try asks([""])
    #expect(
      lines.prefix(4) == [
        "bake:Bakes a loaf. It takes its time.", "deliver:Brings it home.", "stock:Looks after the flour.",
        "help:Show help information.",
      ])
    #expect(lines.contains("--oven=[Which oven]:oven:(small big)"))
    #expect(try asks(["--"]).contains("--oven=[Which oven]:oven:(small big)"))
    #expect(try !asks(["--"]).contains("deliver:Brings it home."))
    #expect(try asks(["rye", "--"]).contains("--oven=[Which oven]:oven:(small big)"))
  }

  private static let lines: [([String], [String])] = [
    (
      ["bake", ""],
      [
        ":dough:_files -g \"*.(dough|batter)\"", "--oven=[Which oven]:oven:(small big)",
        "--shape=[Which shape]:shape:(round long braided)",
        "--grain=[Which grain]:grain:(wheat rye spelt oats barley millet)",
        "(-m --minutes)-m+[How long]:number: ", "(-m --minutes)--minutes=[How long]:number: ",
        "--heat=[How hot]:heat: ",
        "*--seed=[What is strewn on it; may be given several times]:kind: ",
        "(-q --quiet)-q[Say nothing]", "(-q --quiet)--quiet[Say nothing]", "(-v --verbose)-v[Say more]",
        "(-v --verbose)--verbose[Say more]", "--plate=[Where it goes]:plate:_files -/",
        "--with[What is eaten with it]:*:food:_files", "--version[Show the version]",
        "(-h --help)-h[Show help information]", "(-h --help)--help[Show help information]",
      ]
    ),
    (
      ["stock", "count", ""],
      [
        ":site:_files -/", "--dry-run[Do nothing]", "--by-weight[Weigh them]", "--version[Show the version]",
        "(-h --help)-h[Show help information]", "(-h --help)--help[Show help information]",
      ]
    ),
    (["help", "stock", ""], ["count:Counts the sacks.", "order:Orders a sack."]),
    (["help", "bake", ""], []),
  ]

  @Test("Zsh is told of each option once", arguments: lines)
  func specs(words: [String], expected: [String]) throws {
    let lines = try asks(words)
    #expect(
      words[0] == "help" && words[1] == "bake" ? !lines.contains { $0.hasPrefix("-") } : lines == expected)
  }

  @Test("The script is one that zsh reads")
  func syntax() throws {
    #expect(try ShellRun.run("zsh", ["-n"], input: Self.script) == ShellRun.Result(status: 0, output: ""))
  }
}
