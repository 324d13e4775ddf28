/// The reference of the configuration, `Config/reference.md`: every key with what a value may be and its default.
package enum ConfigurationReference {
  /// The file's text.
  package static var text: String {
    var lines = [
      "# Configuration", "",
      "The keys of `optimize-assets.yml`. [optimize-assets.yml](optimize-assets.yml) shows them all with their defaults.",
      "",
    ]
    for setting in Settings.all { lines += section(setting) }
    return lines.joined(separator: "\n")
  }

  private static func section(_ setting: Setting) -> [String] {
    var lines = ["## \(setting.key)", "", "Value: \(words(setting.kind)).", "", setting.help, ""]
    lines += ["```yaml", setting.example, "```", ""]
    let below = setting.kind.settings
    guard !below.isEmpty else { return lines }
    lines += ["| key | value | meaning |", "|---|---|---|"]
    lines += rows(below, prefix: "")
    return lines + [""]
  }

  private static func rows(_ settings: [Setting], prefix: String) -> [String] {
    settings.flatMap { setting in
      let name = prefix + setting.key
      let row = "| `\(name)` | \(words(setting.kind)) | \(setting.help) |"
      return [row] + rows(setting.kind.settings, prefix: name + ".")
    }
  }

  /// What a value may be, in words.
  private static func words(_ kind: Setting.Kind) -> String {
    switch kind {
    case .text: "a text"
    case .boolean: "true or false"
    case .integer(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .number(let bounds): "a number from \(plain(bounds.lowerBound)) to \(plain(bounds.upperBound))"
    case .bytes: "an amount of bytes such as 512MiB or 2GB"
    case .time: "a length of time such as 30d"
    case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let kind): "a list: \(words(kind))"
    case .mapping: "keys of its own"
    case .named(let kind): "names of your own, each with \(words(kind))"
    case .any(let kinds): kinds.map(words).joined(separator: "; or ")
    }
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}
