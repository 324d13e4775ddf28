import Testing

@testable import Arguments

@Suite(.enabled(if: ShellRun.find("fish") != nil, "fish is not installed"))
struct FishCompletionTests {
  private static let script = CompletionScript(Bakery.command).text(for: .fish)

  /// What fish offers for a line, without the descriptions.
  private func complete(_ line: String) throws -> [String] {
    try ShellRun.withFolder(["rye.dough", "my cake.batter", "jam.txt", "oven racks/", "cellar/"]) {
      let code = "\(Self.script)\ncomplete -C 'bakery \(line)'"
      let result = try ShellRun.run("fish", ["--no-config", "-c", code], folder: $0)
      #expect(result.status == 0)
      return result.lines.map { String($0.prefix { $0 != "\t" }) }.sorted()
    }
  }

  private static let lines: [(String, [String])] = [
    ("st", ["stock"]),
    ("de", ["deliver"]),
    ("--ov", ["--oven"]),
    ("bake --oven ", ["big", "small"]),
    ("bake --oven=b", ["--oven=big"]),
    ("bake --plate ", ["cellar/", "oven racks/"]),
    ("bake ry", ["rye.dough"]),
    ("ry", ["rye.dough"]),
    ("bake my", ["my cake.batter"]),
    ("bake --minutes ", []),
    ("bake --with j", ["jam.txt"]),
    ("bake --with jam.txt j", ["jam.txt"]),
    ("bake rye.dough --q", ["--quiet"]),
    ("bake rye.dough ry", []),
    ("deliver Mill 3 j", ["jam.txt"]),
    ("stock ", ["count", "order"]),
    ("stock count c", ["cellar/"]),
    ("stock count --", ["--by-weight", "--dry-run", "--help", "--version"]),
    ("help s", ["stock"]),
    ("help stock ", ["count", "order"]),
    ("sec", []),
  ]

  @Test("Fish offers what may come next", arguments: lines)
  func offers(line: String, expected: [String]) throws {
    #expect(try complete(line) == expected)
  }

  @Test("The script is one that fish reads")
  func syntax() throws {
    #expect(
      try ShellRun.run("fish", ["--no-config", "--no-execute"], input: Self.script)
        == ShellRun.Result(status: 0, output: ""))
  }
}
