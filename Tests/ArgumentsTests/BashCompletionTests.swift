import Testing

@testable import Arguments

@Suite(.enabled(if: ShellRun.find("bash") != nil, "bash is not installed"))
struct BashCompletionTests {
  private static let script = CompletionScript(Bakery.command).text(for: .bash)

  /// What bash would offer for the last of some words.
  private func complete(_ words: [String], before: String = "") throws -> [String] {
    let code = """
      # A completion function of its own may call it, and a plain shell may not.
      compopt() { :; }
      \(Self.script)
      \(before)
      COMP_WORDS=(bakery "$@")
      COMP_CWORD=$#
      _bakery
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    return try ShellRun.withFolder(["rye.dough", "my cake.batter", "jam.txt", "oven racks/", "cellar/"]) {
      let result = try ShellRun.run("bash", ["-c", code, "bash"] + words, folder: $0)
      #expect(result.status == 0)
      return result.lines.sorted()
    }
  }

  private static let lines: [([String], [String])] = [
    ([""], ["bake", "deliver", "help", "stock"]),
    (["st"], ["stock"]),
    (["ry"], ["rye.dough"]),
    (["o"], ["oven racks"]),
    (["--ov"], ["--oven"]),
    (["bake", "--oven", ""], ["big", "small"]),
    (["bake", "--oven", "b"], ["big"]),
    (["bake", "--oven", "=", "b"], ["big"]),
    (["bake", "--oven", "="], ["big", "small"]),
    (["--oven", "big", "--shape", "l"], ["long"]),
    (["bake", "--minutes", ""], []),
    (["bake", "-m", ""], []),
    (["bake", ""], ["cellar", "my cake.batter", "oven racks", "rye.dough"]),
    (["bake", "my"], ["my cake.batter"]),
    (["bake", "--plate", ""], ["cellar", "oven racks"]),
    (["bake", "--with", "j"], ["jam.txt"]),
    (["bake", "--with", "jam.txt", "--oven", "j"], ["jam.txt"]),
    (["bake", "--with", "jam.txt", "--ov"], []),
    (["bake", "rye.dough", "--q"], ["--quiet"]),
    (["bake", "-q", "--q"], []),
    (["bake", "--oven=big", "--ov"], []),
    (["bake", "--seed", "poppy", "--se"], ["--seed"]),
    (["bake", "--", "--ov"], []),
    (["bake", "--", "ry"], ["rye.dough"]),
    (["--", "st"], []),
    (["deliver", "Mill", ""], ["cellar", "jam.txt", "my cake.batter", "oven racks", "rye.dough"]),
    (["deliver", "Mill", "3", "j"], ["jam.txt"]),
    (["stock", ""], ["count", "order"]),
    (["stock", "count", "c"], ["cellar"]),
    (["stock", "count", "cellar", ""], ["--by-weight", "--dry-run", "--help", "--version", "-h"]),
    (["stock", "nothing", "--d"], []),
    (["help", "s"], ["stock"]),
    (["help", "stock", ""], ["count", "order"]),
    (["help", "bake", "--"], []),
    (["sec"], []),
  ]

  @Test("Bash offers what may come next", arguments: lines)
  func offers(words: [String], expected: [String]) throws {
    #expect(try complete(words) == expected)
  }

  @Test("Where bash does not part words at the sign, the whole word is offered")
  func wholeWord() throws {
    #expect(try complete(["bake", "--oven=b"]) == ["--oven=big"])
    #expect(try complete(["bake", "--plate=ce"]) == ["--plate=cellar"])
  }

  @Test("A shell with strict options and other separators completes the same")
  func strictShell() throws {
    #expect(try complete(["bake", "--ov"], before: "IFS=:; set -o posix") == ["--oven"])
    #expect(try complete(["bake", "-q", "--qu"], before: "shopt -s nullglob failglob") == [])
  }

  @Test("The words on the line are never run")
  func noExpansion() throws {
    #expect(try complete(["$(touch ran)", "--oven", "`touch ran`*"]) == [])
    #expect(try complete(["bake", "--oven", "a[$(touch ran)]"]) == [])
  }

  @Test("The script is one that bash reads")
  func syntax() throws {
    #expect(try ShellRun.run("bash", ["-n"], input: Self.script) == ShellRun.Result(status: 0, output: ""))
  }
}
