import Arguments

/// What holds for every command line.
enum CommandLines {
  /// A program with options of every kind.
  struct Everything: Runnable {
    enum Color: String, ArgumentValue, CaseIterable {
      case red, green, blue
    }

    var first = ""
    var others: [String] = []
    var note: String?
    var count: Int?
    var color = Color.red
    var tags: [Double] = []
    var isQuiet = false
    var rest: [String] = []

    static let command = Command(Everything.self, "everything", "Takes everything.") {
      [
        .argument("first", \.first, "The first word."),
        .arguments("others", \.others, "All other words."),
        .option("-n, --note", \.note, "Any text."),
        .option("--count", \.count, "A number."),
        .option("--color", \.color, "One of few words."),
        .options("-t, --tag", \.tags, "Numbers."),
        .flag("-q, --quiet", \.isQuiet, "Nothing but itself."),
        .rest("--rest", \.rest, "What is left."),
      ]
    }

    func run() {}
  }

  private static let program = Program(
    Command(
      "program", "Does something.",
      subcommands: [
        Everything.command, Command("more", "Holds another.", subcommands: [Everything.command]),
      ],
      default: "everything"),
    version: "1")

  /// Words come through as they are, and none ends the process: bytes of any kind, cut at spaces and line ends.
  static func check(_ file: [UInt8]) throws {
    let words = file.split(omittingEmptySubsequences: false) { $0 == 0x20 || $0 == 0x0A }
      .map { String(decoding: $0, as: UTF8.self) }
    try checkAnswer(words, columns: file.count % 120)
    try checkAnswer(["more", "everything"] + words, columns: 80)
    let rest = try everything(["--rest"] + words)
    guard rest.rest == words else { throw Properties.Violation(description: "the rest is another: \(rest)") }
    let arguments = try everything(["--"] + words)
    guard [arguments.first] + arguments.others == words else {
      throw Properties.Violation(description: "the arguments are others: \(arguments)")
    }
    for word in words where !word.utf8.isEmpty {
      let option = try everything(["--note=" + word])
      guard option.note?.utf8.elementsEqual(word.utf8) == true else {
        throw Properties.Violation(description: "the value is another: \(option)")
      }
    }
  }

  private static func checkAnswer(_ words: [String], columns: Int) throws {
    switch program.outcome(of: words, columns: columns) {
    case .run: return
    case .text(let text): if !text.isEmpty { return }
    case .refused(let message): if message.utf8.starts(with: "error: ".utf8) { return }
    }
    throw Properties.Violation(description: "an answer without words to \(words)")
  }

  private static func everything(_ words: [String]) throws -> Everything {
    guard case .run(let invocation) = program.outcome(of: ["everything"] + words),
      let everything = invocation.command as? Everything
    else { throw Properties.Violation(description: "\(words) does not run") }
    return everything
  }
}
