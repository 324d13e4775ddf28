import AssetModel

/// Something that a budget or a lint has to say about a file, with the figures it rests on.
package struct Finding: Codable, Hashable, Sendable {
  /// Which rule says so; stable, for machines: `budget-image-bytes`, `heavy-gif`.
  package var id: String
  /// How much it matters; an error makes the check fail.
  package var severity: Problem.Severity
  /// The file, below the site's root; `.` for the site as a whole.
  package var file: String
  /// The place in the file, from 1.
  package var line: Int?
  package var column: Int?
  /// What is wrong, without a full stop at its end.
  package var message: String
  /// What to do about it, without a full stop at its end.
  package var advice: String
  /// The numbers in the message, by name: bytes, pixels, or ratios.
  package var figures: [String: Double]

  /// Makes a finding.
  package init(
    _ id: String, _ severity: Problem.Severity, file: String, line: Int? = nil, column: Int? = nil,
    message: String, advice: String, figures: [String: Double] = [:]
  ) {
    self.id = id
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.advice = advice
    self.figures = figures
  }

  /// How many bytes are at stake, for the order of a report.
  package var weight: Double { figures["over"] ?? figures["wasted"] ?? figures["bytes"] ?? 0 }

  /// Worst first: by severity, then by bytes at stake, then by place.
  package static func isWorse(_ a: Finding, _ b: Finding) -> Bool {
    let ranks: [Problem.Severity: Int] = [.error: 0, .warning: 1, .note: 2]
    let (rankA, rankB) = (ranks[a.severity, default: 3], ranks[b.severity, default: 3])
    if rankA != rankB { return rankA < rankB }
    if a.weight != b.weight { return a.weight > b.weight }
    return (a.file, a.line ?? 0, a.column ?? 0, a.id, a.message)
      < (b.file, b.line ?? 0, b.column ?? 0, b.id, b.message)
  }
}
