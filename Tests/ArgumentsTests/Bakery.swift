import Arguments

/// A program with one of everything.
enum Bakery {
  static let program = Program(command, version: "1.2.3")

  static let command = Command(
    "bakery", "Bakes.",
    discussion: "Without a subcommand, 'bake' runs.", examples: ["bakery rye.dough --oven big"],
    exits: [
      Command.Exit(0, "done"), Command.Exit(1, "burnt, which happens when nobody looks after the oven"),
    ],
    subcommands: [Bake.command, Deliver.command, stock, Secret.command], default: "bake")

  private static let stock = Command(
    "stock", "Looks after the flour.", subcommands: [Count.command, Order.command])

  enum Oven: String, ArgumentValue, CaseIterable {
    case small, big
  }

  enum Shape: String, ArgumentValue, CaseIterable {
    case round, long, braided
  }

  enum Grain: String, ArgumentValue, CaseIterable {
    case wheat, rye, spelt, oats, barley, millet
  }

  /// Everything but an argument that is needed.
  struct Bake: Runnable, Equatable {
    var dough = "white.dough"
    var oven = Oven.small
    var shape: Shape?
    var grain: Grain?
    var minutes: Int?
    var heat = 220.5
    var seeds: [String] = []
    var isQuiet = false
    var isVerbose = false
    var plate: String?
    var extras: [String] = []

    static let command = Command(
      Bake.self, "bake", "Bakes a loaf. It takes its time.",
      discussion: "First paragraph.\n\nSecond paragraph.", examples: ["bakery bake", "bakery bake rye.dough"]
    ) {
      [
        .argument("dough", \.dough, "What is baked.", completion: .file(["dough", "batter"])),
        .option("--oven", \.oven, "Which oven."),
        .option("--shape", \.shape, "Which shape. (default: the baker's mood)"),
        .option("--grain", \.grain, "Which grain."),
        .option("-m, --minutes", \.minutes, "How long.", value: "number"),
        .option("--heat", \.heat, "How hot."),
        .options("--seed", \.seeds, "What is strewn on it; may be given several times.", value: "kind"),
        .flag("-q, --quiet", \.isQuiet, "Say nothing."),
        .flag("-v, --verbose", \.isVerbose, "Say more."),
        .option("--plate", \.plate, "Where it goes.", completion: .folder),
        .rest("--with", \.extras, "What is eaten with it.", value: "food", completion: .file()),
      ]
    }

    func validate() throws {
      if let minutes, minutes < 1 { throw UsageError("--minutes must be at least 1, not \(minutes)") }
    }

    func run() {}
  }

  /// Arguments and options that are needed, and arguments without end.
  struct Deliver: Runnable, Equatable {
    var street = ""
    var by = ""
    var loaves: [Int] = []

    static let command = Command(Deliver.self, "deliver", "Brings it home.") {
      [
        .argument("street", \.street, "Where to.", required: true),
        .arguments("loaves", \.loaves, "Which loaves.", completion: .file()),
        .option("--by", \.by, "With what.", required: true),
      ]
    }

    func run() {}
  }

  struct Shared: Equatable {
    var site = "."
    var isDry = false

    static var parameters: [Parameter<Shared>] {
      [
        .argument("site", \.site, completion: .folder),
        .flag("--dry-run", \.isDry, "Do nothing."),
      ]
    }
  }

  /// Options in a property of their own, and some below a heading.
  struct Count: Runnable, Equatable {
    var shared = Shared()
    var byWeight = false

    static let command = Command(Count.self, "count", "Counts the sacks.") {
      Shared.parameters.within(\Count.shared)
        + [.flag("--by-weight", \.byWeight, "Weigh them.")].grouped("Scale options")
    }

    func run() {}
  }

  struct Order: Runnable, Equatable {
    struct NoFlour: Error {}

    var end = End.fine

    enum End: String, ArgumentValue, CaseIterable {
      case fine, code, usage, error
    }

    static let command = Command(Order.self, "order", "Orders a sack.") { [.option("--end", \.end)] }

    func run() throws {
      switch end {
      case .fine: return
      case .code: throw ExitCode(9)
      case .usage: throw UsageError("the mill is closed")
      case .error: throw NoFlour()
      }
    }
  }

  struct Secret: Runnable, Equatable {
    static let command = Command(Secret.self, "secret", isHidden: true) { [] }
    func run() {}
  }
}

extension Program.Outcome {
  /// What runs.
  var command: (any Runnable)? {
    if case .run(let invocation) = self { invocation.command } else { nil }
  }

  /// What is printed.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The message, without `error: ` and without what follows the first line.
  var message: String? {
    guard case .refused(let message) = self else { return nil }
    return message.split(separator: "\n").first.map { String($0.trimmingPrefix("error: ")) }
  }
}
