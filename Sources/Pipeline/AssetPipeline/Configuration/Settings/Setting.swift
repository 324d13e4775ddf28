/// One key of the configuration, declared once: the parser's bounds, the annotated example, the reference, the advice for a
/// key that is not known, and the schema for editors all come from here.
struct Setting: Sendable {
  /// What a value may be.
  indirect enum Kind: Sendable {
    case text
    case boolean
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// An amount of bytes with a unit: `512MiB`.
    case bytes
    /// A length of time with a unit: `30d`.
    case time
    /// One of a few words.
    case words([String])
    /// One value stands for a list of one.
    case list(Kind)
    /// Keys that are declared.
    case mapping([Setting])
    /// Keys that the author chooses.
    case named(Kind)
    /// Any of several.
    case any([Kind])

    /// One of the words of a type.
    static func choice<Choice: RawRepresentable<String>>(_ choices: [Choice]) -> Kind {
      .words(choices.map(\.rawValue))
    }

    static func constant(_ word: String) -> Kind { .words([word]) }

    /// The keys below, where there are any that are declared.
    var settings: [Setting] {
      switch self {
      case .mapping(let settings): settings
      case .list(let kind): kind.settings
      case .any(let kinds): kinds.flatMap(\.settings)
      case .text, .boolean, .integer, .number, .bytes, .time, .words, .named: []
      }
    }

    /// What stands behind each key that the author chooses; nil where they are declared.
    var ofNames: Kind? {
      switch self {
      case .named(let kind): kind
      case .any(let kinds): kinds.lazy.compactMap(\.ofNames).first
      case .text, .boolean, .integer, .number, .bytes, .time, .words, .list, .mapping: nil
      }
    }

    /// The bounds of the whole number that a value may be; nil where it can be none.
    var integers: ClosedRange<Int>? {
      switch self {
      case .integer(let bounds): bounds
      case .list(let kind): kind.integers
      case .any(let kinds): kinds.lazy.compactMap(\.integers).first
      case .text, .boolean, .number, .bytes, .time, .words, .mapping, .named: nil
      }
    }

    /// The same of a number.
    var numbers: ClosedRange<Double>? {
      switch self {
      case .number(let bounds): bounds
      case .list(let kind): kind.numbers
      case .any(let kinds): kinds.lazy.compactMap(\.numbers).first
      case .text, .boolean, .integer, .bytes, .time, .words, .mapping, .named: nil
      }
    }
  }

  /// The key as it is written.
  let key: String
  let kind: Kind
  /// What it means, in lines of at most 120 columns behind `# `.
  let help: String
  /// The lines of the annotated example; those of a key without a default of its own are comments.
  let example: String
  let isRequired: Bool

  init(_ key: String, _ kind: Kind, _ help: String, example: String = "", isRequired: Bool = false) {
    self.key = key
    self.kind = kind
    self.help = help
    self.example = example
    self.isRequired = isRequired
  }
}

/// The keys of `optimize-assets.yml`, in the order of the annotated example.
enum Settings {
  static let all: [Setting] = run + markup + check + quality + images + originals
}
