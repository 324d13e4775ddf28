import AssetModel
import Foundation

/// The section `layouts` of a configuration file as text, and its place in the file. Everything else in the file stays as
/// it is, byte for byte.
enum LayoutsSection {
  /// How the section's first comment starts, by which it is found again.
  private static let mark = "# Measured by optimize-assets calibrate"

  /// The section.
  ///
  /// - Parameter origin: what it was measured with: `in Chrome/140.0 at 360, 412 px`.
  static func text(_ layouts: MeasuredLayouts, origin: String) -> String {
    var lines = [
      "\(mark) \(origin).",
      "# Later runs go by it and need no browser. Run it again when the theme has changed.",
    ]
    guard !layouts.rules.isEmpty else { return (lines + ["layouts: []", ""]).joined(separator: "\n") }
    lines.append("layouts:")
    for rule in layouts.rules {
      for (index, field) in fields(of: rule).enumerated() {
        lines.append((index == 0 ? "  - " : "    ") + field)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fields(of rule: MeasuredLayouts.Rule) -> [String] {
    var fields: [String] = []
    if let layout = rule.layout { fields.append("layout: \(scalar(layout))") }
    if let glob = rule.glob { fields.append("glob: \(scalar(glob))") }
    if let selector = rule.selector { fields.append("selector: \(scalar(selector))") }
    if !rule.images.isEmpty { fields.append("images: \(list(rule.images))") }
    switch rule.slot {
    case nil: break
    case .own?: fields.append("sizes: own")
    case .upTo(let widths)?: fields.append("sizes: \(quoted(widths.text))")
    case .filled(let widths)?: fields += ["sizes: \(quoted(widths.text))", "fills: true"]
    }
    if let markup = rule.markup { fields.append("markup: \(markup.rawValue)") }
    if let hints = rule.hints { fields.append("hints: \(hints)") }
    if let largest = rule.largest { fields.append("largest: \(largest.isEmpty ? "none" : list(largest))") }
    return fields.isEmpty ? ["{}"] : fields
  }

  private static func list(_ texts: [String]) -> String {
    texts.count == 1 ? scalar(texts[0]) : "[\(texts.map(scalar).joined(separator: ", "))]"
  }

  /// Words that YAML 1.1 takes for something else than a text.
  private static let taken: Set<String> = [
    "true", "false", "yes", "no", "on", "off", "null", "y", "n", "none",
  ]

  /// A text, in quotes unless it is plainly one.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter || $0 == "_" } ?? false && !taken.contains(text.lowercased())
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789-_./".unicodeScalars.contains($0)
      }
    return isPlain ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.properties.generalCategory == .control:
        out +=
          "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A file's text with the section in the place of the one it has, or at its end. Line ends become those of the file.
  static func inserting(_ section: String, into file: String) -> String {
    let end = file.unicodeScalars.contains("\r") && file.contains("\r\n") ? "\r\n" : "\n"
    let section = section.replacing("\n", with: end)
    guard !file.isEmpty else { return section }
    let lines = lines(of: file)
    guard let key = lines.firstIndex(where: isKey) else {
      let isEnded = lines.last.map(isEnded) ?? true
      let isSpaced = lines.last.map(isBlank) ?? true
      return file + (isEnded ? "" : end) + (isSpaced ? "" : end) + section
    }
    var start = key
    // Our own comment goes with the section; the author's stays.
    if let comment = lines[..<key].lastIndex(where: { $0.hasPrefix(mark) }),
      lines[comment..<key].allSatisfy({ $0.hasPrefix("#") })
    {
      start = comment
    }
    var last = key
    for index in lines.indices.dropFirst(key + 1) {
      if isBlank(lines[index]) || lines[index].hasPrefix("#") { continue }
      guard let first = lines[index].first, first == " " || first == "-" || first == "\t" else { break }
      last = index
    }
    let isAtEnd = last == lines.count - 1 && !Self.isEnded(lines[last])
    return lines[..<start].joined() + (isAtEnd ? String(section.dropLast()) : section)
      + lines[(last + 1)...].joined()
  }

  private static func isKey(_ line: String) -> Bool {
    line.hasPrefix("layouts:") && (line.dropFirst(8).first.map(\.isWhitespace) ?? true)
  }

  private static func isEnded(_ line: String) -> Bool { line.utf8.last == UInt8(ascii: "\n") }

  private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }

  /// The lines with their ends.
  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for character in text {
      line.append(character)
      if character == "\n" || character == "\r\n" {
        lines.append(line)
        line = ""
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
