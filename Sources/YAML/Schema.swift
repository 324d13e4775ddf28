/// What a plain scalar means where a value of a type is asked for: the core schema of YAML 1.2, with the words of 1.1
/// that people write for yes and no.
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

  /// Yes or no; nil for anything else.
  package var bool: Bool? { scalar?.plain.flatMap(Self.bool) }

  /// A whole number: decimal, `0o17`, `0x1F` or `0b101`; nil for anything else, and for one that does not fit.
  package var int: Int? { scalar?.plain.flatMap(Self.int) }

  /// A number; nil for anything else.
  package var double: Double? { scalar?.plain.flatMap(Self.double) }

  /// The texts of a list's scalars, without those that are null; nil where this is no list.
  package var texts: [String]? { sequence?.compactMap(\.text) }

  static func bool(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  static func int(_ text: String) -> Int? {
    var digits = Substring(text)
    let isNegative = digits.first == "-"
    if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
    var radix = 10
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      radix = base
      digits.removeFirst(2)
    }
    digits = Substring(digits.filter { $0 != "_" })
    guard let first = digits.first, first.isHexDigit else { return nil }
    return Int((isNegative ? "-" : "") + digits, radix: radix)
  }

  static func double(_ text: String) -> Double? {
    switch text.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default: break
    }
    // Swift's own reader takes words and hexadecimal digits as well, which are texts here.
    guard text.utf8.allSatisfy({ "0123456789.+-eE_".utf8.contains($0) }), text.contains(where: \.isNumber)
    else { return int(text).map(Double.init) }
    return Double(text.filter { $0 != "_" })
  }
}

extension Node.Scalar {
  /// Whether this is nothing: `~`, `null`, or no value at all.
  package var isNull: Bool {
    guard let plain else { return false }
    switch plain {
    case "", "~", "null", "Null", "NULL": return true
    default: return false
    }
  }

  /// The text where it is written without quotes and without a tag that makes it one, so that it may mean another type.
  fileprivate var plain: String? { style == .plain && tag != Self.textTag ? string : nil }

  /// What `!!str` stands for.
  private static let textTag = "tag:yaml.org,2002:str"
}
