/// Text for attribute values that Markdown and HTML parsers read alike.
enum AttributeText {
  /// The value with every ASCII character outside `[A-Za-z0-9 .,/:;=()?!%#+@~^-]` as `&#NN;`. Plain HTML escaping
  /// is not enough: kramdown splits table cells at `|`, and reads `*`, `_`, `` ` `` and `{` in an attribute.
  static func encoded(_ value: String) -> String {
    var out = ""
    for scalar in value.unicodeScalars {
      if isPlain(scalar) || !scalar.isASCII {
        out.unicodeScalars.append(scalar)
      } else {
        out += "&#\(scalar.value);"
      }
    }
    return out
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case " ", ".", ",", "/", ":", ";", "=", "(", ")", "?", "!", "%", "#", "+", "@", "~", "^", "-": true
    default: false
    }
  }

  /// `name="value"`, with the value as it is: for values that hold template code, whose own quotes and braces the
  /// generator consumes before any parser sees them.
  static func attribute(_ name: String, raw value: String) -> String { "\(name)=\"\(value)\"" }

  /// `name="value"`, encoded.
  static func attribute(_ name: String, _ value: String) -> String {
    attribute(name, raw: encoded(value))
  }
}
