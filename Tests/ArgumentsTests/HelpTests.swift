import Testing

@testable import Arguments

@Suite struct HelpTests {
  @Test("Help lists arguments, options with their values and defaults, and what every command takes")
  func command() {
    #expect(
      outcome("bake --help").text == """
        OVERVIEW: Bakes a loaf. It takes its time.

        First paragraph.

        Second paragraph.

        EXAMPLES
          bakery bake
          bakery bake rye.dough

        USAGE: bakery bake [<dough>] [--oven <oven>] [--shape <shape>]
                 [--grain <grain>] [--minutes <number>] [--heat <heat>]
                 [--seed <kind> ...] [--quiet] [--verbose] [--plate <plate>]
                 [--with <food> ...]

        ARGUMENTS:
          <dough>                 What is baked. (default: white.dough)

        OPTIONS:
          --oven <oven>           Which oven. (values: small, big; default: small)
          --shape <shape>         Which shape. (default: the baker's mood) (values:
                                  round, long, braided)
          --grain <grain>         Which grain. (values: wheat, rye, spelt, oats,
                                  barley, millet)
          -m, --minutes <number>  How long.
          --heat <heat>           How hot. (default: 220.5)
          --seed <kind>           What is strewn on it; may be given several times.
          -q, --quiet             Say nothing.
          -v, --verbose           Say more.
          --plate <plate>         Where it goes.
          --with <food>           What is eaten with it.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }

  @Test("Help of a command with subcommands lists those that are not hidden, and the exit codes")
  func group() {
    #expect(
      outcome("--help").text == """
        OVERVIEW: Bakes.

        Without a subcommand, 'bake' runs.

        EXAMPLE
          bakery rye.dough --oven big

        EXIT CODES
          0   done
          1   burnt, which happens when nobody looks after the oven

        USAGE: bakery <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          bake (default)          Bakes a loaf. It takes its time.
          deliver                 Brings it home.
          stock                   Looks after the flour.

          See 'bakery help <subcommand>' for detailed help.

        """)
    #expect(
      outcome("stock").text?.hasSuffix("See 'bakery help stock <subcommand>' for detailed help.\n") == true)
  }

  @Test("Options of a group stand below its heading")
  func headings() {
    #expect(
      outcome("stock count --help").text?.contains(
        """
        OPTIONS:
          --dry-run               Do nothing.
          --version               Show the version.
          -h, --help              Show help information.

        SCALE OPTIONS:
          --by-weight             Weigh them.
        """) == true)
  }

  @Test("In a narrow terminal what options mean stands below them")
  func narrow() {
    let text = outcome("bake --help", columns: 40).text
    #expect(
      text?.contains(
        """
          --shape <shape>
              Which shape. (default: the
              baker's mood) (values: round,
              long, braided)
        """) == true)
  }

  @Test("No line is as wide as the terminal, but for examples", arguments: [30, 40, 60, 80, 100, 200])
  func width(columns: Int) throws {
    for line in ["--help", "bake --help", "deliver --help", "stock --help", "stock count --help"] {
      let text = try #require(outcome(line, columns: columns).text)
      for line in text.split(separator: "\n") where !line.hasPrefix("  bakery ") {
        #expect(line.count < columns, "\(line)")
      }
    }
  }

  private struct Many: Runnable {
    var flags = [Bool](repeating: false, count: 13)
    var needed = 0

    static let command = Command(Many.self, "many", "Takes much.") {
      (0..<13).map { .flag("--flag-\($0)", \.flags[$0]) } + [
        .option("--needed", \.needed, required: true)
      ]
    }

    func run() {}
  }

  @Test("The usage of a command with many options names those that are needed")
  func manyOptions() {
    let program = Program(Many.command, version: "1")
    #expect(
      program.outcome(of: ["--help"]).text?.contains("USAGE: many --needed <needed> [<options>]\n") == true)
  }

  @Test("No width is too small", arguments: [0, 1, 2, 7, 13, -5])
  func tiny(columns: Int) {
    #expect(outcome("bake --help", columns: columns).text?.contains("Second") == true)
    #expect(outcome("bake --oven", columns: columns).message == "Missing value for '--oven <oven>'")
  }
}
