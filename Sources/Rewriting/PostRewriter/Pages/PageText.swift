/// Text for a built page, which a browser's parser reads and nothing else.
enum PageText {
  /// A value for an attribute in double quotes, escaped as HTML asks and no further.
  static func encoded(_ value: String) -> String {
    var out = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      // A value can take the place of one that stands in single quotes.
      case "'": out += "&#39;"
      case "<": out += "&lt;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// `name="value"`
  static func attribute(_ name: String, _ value: String) -> String { "\(name)=\"\(encoded(value))\"" }

  /// A URL as `srcset` can hold it: a space or a comma at its ends would end it. Servers read the escapes as what they stand
  /// for, so that it names the same file.
  static func candidateURL(_ url: String) -> String {
    var out = ""
    for scalar in url.unicodeScalars {
      switch scalar {
      case " ": out += "%20"
      case "\t": out += "%09"
      case "\n", "\r", "\u{0C}": continue
      case ",": out += "%2C"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
