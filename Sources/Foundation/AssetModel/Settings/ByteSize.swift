/// An amount of bytes as people write it: `500MB`, `1GiB`, `1.5 kB`, `4096`.
public struct ByteSize: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The amount in bytes, 0 or more.
  public let bytes: Int
  /// How a person wrote it, with a unit, so that messages say it in the same words; nil where nobody did.
  private let written: String?

  /// Makes an amount.
  public init(bytes: Int) {
    self.bytes = bytes
    written = nil
  }

  /// Reads a number without a sign and a unit in any case: none or `B`, decimal (`kB`, `MB`, `GB`, `TB`) or binary
  /// (`KiB`, `MiB`, `GiB`, `TiB`). A bare `M` is none: Docker means mebibytes by it, and `du --si` megabytes.
  public init?(_ text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let unit = text[digits.endIndex...].drop { $0 == " " }
    guard digits.first != ".", digits.last != ".", let number = Double(digits), let factor = Self.factor(unit)
    else { return nil }
    written = unit.isEmpty ? nil : String(text)
    // A whole number is not sent through floating point, which has 53 bits.
    if let whole = Int(digits) {
      let (bytes, overflow) = whole.multipliedReportingOverflow(by: factor)
      guard !overflow else { return nil }
      self.bytes = bytes
    } else {
      guard let bytes = Int(exactly: (number * Double(factor)).rounded(.down)) else { return nil }
      self.bytes = bytes
    }
  }

  private static func factor(_ unit: some StringProtocol) -> Int? {
    switch unit.lowercased() {
    case "", "b": 1
    case "kb": 1_000
    case "mb": 1_000_000
    case "gb": 1_000_000_000
    case "tb": 1_000_000_000_000
    case "kib": 1 << 10
    case "mib": 1 << 20
    case "gib": 1 << 30
    case "tib": 1 << 40
    default: nil
    }
  }

  /// As it was written, `1.5MiB`; of other amounts `512 MiB` where that is exact, and else decimal with one digit after
  /// the point: `12.3 MB`.
  public var description: String {
    if let written { return written }
    if bytes >= 1 << 30, bytes % (1 << 30) == 0 { return "\(bytes >> 30) GiB" }
    if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
    for (unit, factor) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)] where bytes >= factor {
      let tenths = (bytes / (factor / 10) + (bytes % (factor / 10) * 2 >= factor / 10 ? 1 : 0))
      return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
    return "\(bytes) B"
  }

  /// The same amount, however it is written.
  public static func == (a: ByteSize, b: ByteSize) -> Bool { a.bytes == b.bytes }

  /// Hashes the amount, however it is written.
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// The smaller amount comes first.
  public static func < (a: ByteSize, b: ByteSize) -> Bool { a.bytes < b.bytes }
}
