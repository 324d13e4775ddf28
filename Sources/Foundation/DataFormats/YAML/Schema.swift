/// The meaning of a scalar where a value of a type is expected: the core schema of YAML 1.2, and what people still
/// write of 1.1 (`yes`, `1_000`, `017`, `0b101`).
///
/// Source: https://yaml.org/spec/1.2.2/#103-core-schema
extension Node {
  /// The text of a scalar of any type; nil for a list or mapping.
  package var string: String? { scalar?.string }

  /// Whether this is nothing: `~`, `null`, or no value at all.
  package var isNull: Bool { scalar?.isNull ?? false }

  /// The text of a scalar; nil for null, a list or a mapping.
  package var text: String? {
    guard let scalar, !scalar.isNull else { return nil }
    return scalar.string
  }

  /// The texts of a list's scalars, without those that are null; nil where this is no list.
  package var texts: [String]? { sequence?.compactMap(\.text) }

  /// `true`, `yes` and `on`, or their opposites, in capitals or small letters, also in quotes; nil for anything else.
  package var bool: Bool? {
    switch string?.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// A whole number: decimal, `0x1F`, `0o17` or `017`, or `0b101`; nil for anything else, for a text in quotes, and for
  /// a number that does not fit.
  package var int: Int? { scalar?.untyped.flatMap(Self.int) }

  /// A number, of which whole ones are some; nil for anything else, and for a text in quotes.
  package var double: Double? { scalar?.untyped.flatMap(Self.double) }

  private static func int(_ text: String) -> Int? {
    var digits = text.filter { $0 != "_" }[...]
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    var radix = 10
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2), ("0", 8)]
    where digits.hasPrefix(prefix) && digits.count > 1 {
      radix = base
      digits.removeFirst(prefix.count)
      break
    }
    // Swift's own reader would take a second sign.
    guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else {
      return nil
    }
    return Int((isNegative ? "-" : "") + digits, radix: radix)
  }

  private static func double(_ text: String) -> Double? {
    switch text.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default: break
    }
    // Swift's own reader takes words and hexadecimal digits as well, which are texts here.
    guard text.utf8.allSatisfy({ "0123456789.+-eE_".utf8.contains($0) }) else {
      return int(text).map(Double.init)
    }
    return Double(text.filter { $0 != "_" })
  }
}

extension Node.Scalar {
  /// Whether this is nothing: `~`, `null`, or no value at all.
  package var isNull: Bool {
    switch string {
    case "", "~", "null", "Null", "NULL": untyped != nil
    default: false
    }
  }

  /// The text where it may mean another type: plain, or with a tag of YAML's own that does not make it a text.
  fileprivate var untyped: String? {
    guard let tag else { return style == .plain ? string : nil }
    return tag.hasPrefix("tag:yaml.org,2002:") && tag != "tag:yaml.org,2002:str" ? string : nil
  }
}
