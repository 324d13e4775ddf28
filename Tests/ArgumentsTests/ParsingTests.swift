import Testing

@testable import Arguments

@Suite struct ParsingTests {
  private static func bake(_ change: (inout Bakery.Bake) -> Void = { _ in }) -> Bakery.Bake {
    var bake = Bakery.Bake()
    change(&bake)
    return bake
  }

  private static func deliver(_ street: String, _ loaves: [Int] = [], by: String) -> Bakery.Deliver {
    var deliver = Bakery.Deliver()
    (deliver.street, deliver.loaves, deliver.by) = (street, loaves, by)
    return deliver
  }

  private static let bakes: [(String, Bakery.Bake)] = [
    ("", bake()),
    ("bake", bake()),
    ("rye", bake { $0.dough = "rye" }),
    ("-", bake { $0.dough = "-" }),
    ("bake rye --oven big", bake { ($0.dough, $0.oven) = ("rye", .big) }),
    ("bake --oven=big rye", bake { ($0.dough, $0.oven) = ("rye", .big) }),
    ("--oven big rye", bake { ($0.dough, $0.oven) = ("rye", .big) }),
    ("bake --oven big --oven small", bake()),
    ("bake --shape braided", bake { $0.shape = .braided }),
    ("bake --plate=a=b", bake { $0.plate = "a=b" }),
    ("bake --plate -", bake { $0.plate = "-" }),
    ("bake --heat 180", bake { $0.heat = 180 }),
    ("bake --minutes=12", bake { $0.minutes = 12 }),
    ("bake -m 12", bake { $0.minutes = 12 }),
    ("bake -m12", bake { $0.minutes = 12 }),
    ("bake -m=12", bake { $0.minutes = 12 }),
    ("bake -qm 12", bake { ($0.isQuiet, $0.minutes) = (true, 12) }),
    ("bake -qv", bake { ($0.isQuiet, $0.isVerbose) = (true, true) }),
    ("bake -q -q --quiet", bake { $0.isQuiet = true }),
    ("bake --seed sesame --seed=poppy", bake { $0.seeds = ["sesame", "poppy"] }),
    ("bake --with", bake()),
    ("bake --with jam --oven big -- -q", bake { $0.extras = ["jam", "--oven", "big", "--", "-q"] }),
    ("bake --with=jam --help", bake { $0.extras = ["jam", "--help"] }),
    ("bake -- --oven", bake { $0.dough = "--oven" }),
    ("-- bake", bake { $0.dough = "bake" }),
    ("-q bake", bake { ($0.dough, $0.isQuiet) = ("bake", true) }),
    ("bake bake", bake { $0.dough = "bake" }),
    ("bake help", bake { $0.dough = "help" }),
  ]

  @Test("Every form of an option sets its property", arguments: bakes)
  func forms(line: String, expected: Bakery.Bake) {
    #expect(outcome(line).command as? Bakery.Bake == expected)
  }

  @Test("An empty word is a value like any other")
  func emptyWord() {
    let words = ["bake", "", "--plate", ""]
    #expect(
      Bakery.program.outcome(of: words).command as? Bakery.Bake
        == Self.bake { ($0.dough, $0.plate) = ("", "") })
  }

  private static let deliveries: [(String, Bakery.Deliver)] = [
    ("deliver Mill --by bike", deliver("Mill", by: "bike")),
    ("deliver --by bike Mill 3 1 2", deliver("Mill", [3, 1, 2], by: "bike")),
    ("deliver Mill 3 --by bike -- -4", deliver("Mill", [3, -4], by: "bike")),
  ]

  @Test("Arguments go to their places in turn, and the last takes what is left", arguments: deliveries)
  func arguments(line: String, expected: Bakery.Deliver) {
    #expect(outcome(line).command as? Bakery.Deliver == expected)
  }

  @Test("A nested subcommand is chosen by its words, and fills the options that it shares")
  func nested() {
    let command = outcome("stock count shop --dry-run --by-weight").command as? Bakery.Count
    #expect(
      command == Bakery.Count(shared: Bakery.Shared(site: "shop", isDry: true), byWeight: true))
    #expect(outcome("stock order").command is Bakery.Order)
    #expect(outcome("secret").command is Bakery.Secret)
  }

  @Test(
    "What a command throws is the exit code",
    arguments: [("fine", 0), ("code", 9), ("usage", 64), ("error", 1)] as [(String, Int32)])
  func exitCode(end: String, code: Int32) {
    guard case .run(let invocation) = outcome("stock order --end \(end)") else {
      Issue.record("it does not run")
      return
    }
    #expect(Bakery.program.run(invocation) == code)
  }

  private static let texts = [
    ("--version", "1.2.3\n"), ("bake --version", "1.2.3\n"), ("bake --nonsense --version", "1.2.3\n"),
    ("stock --version", "1.2.3\n"),
  ]

  @Test("The version is told everywhere", arguments: texts)
  func version(line: String, expected: String) {
    #expect(outcome(line).text == expected)
  }

  private static let helps = [
    ("--help", "bakery <subcommand>"), ("-h", "bakery <subcommand>"), ("help", "bakery <subcommand>"),
    ("help nothing", "bakery <subcommand>"),
    ("help bake", "bakery bake [<dough>] [--oven <oven>] [--shape <shape>]"),
    ("help bake more", "bakery bake [<dough>] [--oven <oven>] [--shape <shape>]"),
    ("bake --help", "bakery bake [<dough>] [--oven <oven>] [--shape <shape>]"),
    ("bake -qh", "bakery bake [<dough>] [--oven <oven>] [--shape <shape>]"),
    ("rye --help", "bakery bake [<dough>] [--oven <oven>] [--shape <shape>]"),
    ("bake --oven none --nonsense --version -h", "bakery bake [<dough>] [--oven <oven>] [--shape <shape>]"),
    ("deliver --help", "bakery deliver <street> [<loaves> ...] --by <by>"),
    ("stock", "bakery stock <subcommand>"), ("stock --help", "bakery stock <subcommand>"),
    ("help stock", "bakery stock <subcommand>"),
    ("help stock count", "bakery stock count [<site>] [--dry-run] [--by-weight]"),
    ("stock count -h", "bakery stock count [<site>] [--dry-run] [--by-weight]"),
  ]

  @Test("Help is told of the command that is named, whatever else is wrong", arguments: helps)
  func help(line: String, usage: String) {
    #expect(outcome(line).text?.contains("USAGE: \(usage)\n") == true)
  }
}

/// What a command line of plain words comes to.
func outcome(_ line: String, columns: Int = 80) -> Program.Outcome {
  Bakery.program.outcome(of: line.split(separator: " ").map(String.init), columns: columns)
}
