import Testing

@testable import Arguments

@Suite struct UsageErrorTests {
  private static let messages = [
    ("bake --ovn big", "Unknown option '--ovn'. Did you mean '--oven'?"),
    ("bake --ovne=big", "Unknown option '--ovne'. Did you mean '--oven'?"),
    ("bake --hlep", "Unknown option '--hlep'. Did you mean '--help'?"),
    ("bake --unknown", "Unknown option '--unknown'"),
    ("bake -x", "Unknown option '-x'"),
    ("bake -qx", "Unknown option '-x' in '-qx'"),
    ("bake -quiet", "Unknown option '-quiet'. Did you mean '--quiet'?"),
    ("bake ---", "Unknown option '---'"),
    ("bake --=x", "Unknown option '--'"),
    ("bake --oven", "Missing value for '--oven <oven>'"),
    ("bake --oven=", "Missing value for '--oven <oven>'"),
    ("bake --oven --quiet", "Missing value for '--oven <oven>'"),
    ("bake --oven --", "Missing value for '--oven <oven>'"),
    ("bake -m", "Missing value for '--minutes <number>'"),
    ("bake -m -1", "Missing value for '--minutes <number>'"),
    ("bake -m=-1", "--minutes must be at least 1, not -1"),
    ("bake --quiet=yes", "The option '--quiet' does not take any value, but 'yes' was specified."),
    ("bake -q=yes", "The option '-q' does not take any value, but 'yes' was specified."),
    ("bake --minutes two", "The value 'two' is invalid for '--minutes <number>'"),
    ("bake --heat warm", "The value 'warm' is invalid for '--heat <heat>'"),
    (
      "bake --oven huge",
      "The value 'huge' is invalid for '--oven <oven>'. Please provide one of 'small' and 'big'."
    ),
    (
      "bake --shape flat",
      "The value 'flat' is invalid for '--shape <shape>'. Please provide one of 'round', 'long' or 'braided'."
    ),
    (
      "bake --grain rice",
      "The value 'rice' is invalid for '--grain <grain>'. Please provide one of the following:"
    ),
    ("bake a b", "Unexpected argument 'b'"),
    ("bake -- a --oven big", "2 unexpected arguments: '--oven', 'big'"),
    ("deliver --by bike", "Missing expected argument '<street>'"),
    ("deliver Mill", "Missing expected argument '--by <by>'"),
    ("deliver Mill x --by bike", "The value 'x' is invalid for '<loaves>'"),
    ("stock nothing", "Unexpected argument 'nothing'"),
    ("stock cuont", "Unexpected argument 'cuont'. Did you mean 'count'?"),
    ("stock --dry-run", "Unknown option '--dry-run'"),
    ("--generate-completion-script tcsh", "Can't generate completion scripts for 'tcsh'."),
  ]

  @Test("A wrong command line is told in one line", arguments: messages)
  func message(line: String, expected: String) {
    #expect(outcome(line).message == expected)
  }

  @Test("The usage and the way to help follow the message")
  func wholeMessage() {
    guard case .refused(let text) = outcome("bake --grain rice", columns: 62) else {
      Issue.record("not refused")
      return
    }
    #expect(
      text == """
        error: The value 'rice' is invalid for '--grain <grain>'. Please provide one of the following:
          - wheat
          - rye
          - spelt
          - oats
          - barley
          - millet
        Help:  --grain <grain>  Which grain.
        Usage: bakery bake [<dough>] [--oven <oven>]
                 [--shape <shape>] [--grain <grain>]
                 [--minutes <number>] [--heat <heat>]
                 [--seed <kind> ...] [--quiet] [--verbose]
                 [--plate <plate>] [--with <food> ...]
          See 'bakery bake --help' for more information.

        """)
  }

  @Test("A slip in a subcommand's name, which makes it an argument of the default one, is told")
  func slip() {
    guard case .refused(let text) = outcome("delivr Mill") else {
      Issue.record("not refused")
      return
    }
    #expect(
      text.hasPrefix(
        """
        error: Unexpected argument 'Mill'
        Help:  'delivr' is no subcommand. Did you mean 'deliver'?

        """))
  }

  @Test("The shell is taken from the environment where none is named")
  func shell() {
    let words = ["--generate-completion-script"]
    #expect(
      Bakery.program.outcome(of: words, environment: { $0 == "SHELL" ? "/usr/bin/fish" : nil }).text
        == outcome("--generate-completion-script=fish").text)
    #expect(Bakery.program.outcome(of: words).message == "Can't tell which shell this is.")
    #expect(
      Bakery.program.outcome(of: words, environment: { $0 == "SHELL" ? "/bin/tcsh" : nil }).message
        == "Can't tell which shell this is.")
  }
}
