/// Something that a person should know about a file of the site, or about a run.
public struct Diagnostic: Codable, Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Codable, Sendable {
    /// An image could not be processed, or a budget is passed; the run's exit code says so.
    case error
    /// The result is usable, but something deserves attention.
    case warning
    /// Nothing is wrong: the reason why something was left unchanged.
    case note
  }

  /// How much it matters.
  public var severity: Severity
  /// Which rule says so.
  public var rule: Rule
  /// The file, relative to the site's root; `.` for the site as a whole, empty where it is about no file.
  public var file: String
  /// The line, from 1.
  public var line: Int?
  /// The column in Unicode scalars, from 1.
  public var column: Int?
  /// What is wrong, without a full stop at its end.
  public var message: String
  /// What to do about it, without a full stop at its end.
  public var advice: String?
  /// The numbers in the message by name, for programs: bytes, pixels, or ratios.
  public var figures: [String: Double]?

  // In JSON the rule is the "code": the name that manifests and journals have always used.
  private enum CodingKeys: String, CodingKey {
    case severity
    case rule = "code"
    case file, line, column, message, advice, figures
  }

  /// Makes a diagnostic.
  public init(
    _ severity: Severity, _ rule: Rule, file: String = "", line: Int? = nil, column: Int? = nil,
    message: String, advice: String? = nil, figures: [String: Double]? = nil
  ) {
    self.severity = severity
    self.rule = rule
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.advice = advice
    self.figures = figures
  }
}

extension Diagnostic: Comparable {
  /// Diagnostics are listed by file, then by position, then by rule.
  public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    (a.file, a.line ?? 0, a.column ?? 0, a.rule.rawValue, a.message)
      < (b.file, b.line ?? 0, b.column ?? 0, b.rule.rawValue, b.message)
  }

  /// How many bytes are at stake, for the order of a report.
  package var weight: Double { figures?["over"] ?? figures?["wasted"] ?? figures?["bytes"] ?? 0 }

  /// Worst first: by severity, then by bytes at stake, then as they are listed.
  package static func isWorse(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    if a.severity != b.severity { return a.severity.rank < b.severity.rank }
    if a.weight != b.weight { return a.weight > b.weight }
    return a < b
  }
}

extension Diagnostic.Severity {
  fileprivate var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}

extension Diagnostic: CompactRecord {
  package static var blank: Diagnostic { Diagnostic(.note, .unreadable, message: "") }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&severity)
    try fields.exchange(&rule)
    try fields.exchange(&file)
    try fields.exchange(&line)
    try fields.exchange(&column)
    try fields.exchange(&message)
    try fields.exchange(&advice)
    try fields.exchange(derived: &figures)
  }
}
