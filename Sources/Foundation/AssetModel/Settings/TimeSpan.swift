/// A length of time as people write it: `12h`, `30d`, `2w`.
public struct TimeSpan: Hashable, Sendable {
  /// Its length in seconds, 0 or more.
  public var seconds: Int

  /// Makes a length.
  public init(seconds: Int) { self.seconds = seconds }

  /// Reads a whole number and a unit: `s`, `min`, `h`, `d` or `w`. There is no bare number, which every program takes
  /// for something else, and no `m`, which is a minute or a month.
  public init?(_ text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = ["s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
    guard let number = Int(digits), let unit = units[text[digits.endIndex...].drop { $0 == " " }.lowercased()]
    else { return nil }
    let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    self.seconds = seconds
  }
}
