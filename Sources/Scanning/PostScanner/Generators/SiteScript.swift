import Foundation
import SiteFiles

/// A configuration in JavaScript with the files of the site that it takes in, read and not run: its calls, and the texts
/// that are plain constants.
struct SiteScript: Sendable {
  /// The code of all files, without comments.
  private(set) var code = ""
  /// The configuration.
  let file: String
  /// The expressions that names are given, those of objects by `name.key`.
  private var constants: [String: String] = [:]

  /// - Parameters:
  ///   - file: the configuration.
  ///   - folder: the site.
  init(_ file: String, in folder: SiteFolder) {
    self.file = file
    var open = [file]
    var visited: Set<String> = [file]
    while let next = open.popLast(), visited.count < 64 {
      let text = ConfigurationText.code(folder.textIfAny(next), isPython: false)
      code += text + "\n"
      readConstants(text)
      for (name, path) in Self.imports(text) {
        guard let parts = SiteRoot.normalize(FileName(next).folder + "/" + path) else { continue }
        let stem = parts.joined(separator: "/")
        let endings = ["", ".js", ".cjs", ".mjs", ".ts", "/index.js"]
        guard let target = folder.first(endings.map { stem + $0 }), !target.hasSuffix(".json") else {
          continue
        }
        if visited.insert(target).inserted { open.append(target) }
        if let name {
          readExports(of: ConfigurationText.code(folder.textIfAny(target), isPython: false), as: name)
        }
      }
    }
  }

  /// The files of the site that a code takes in, and the names that it gives them.
  private static func imports(_ code: String) -> [(name: String?, path: String)] {
    let path = "(['\"`])(\\.{1,2}/[^'\"`\\n]+)\\2"
    let pattern =
      "(?:(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*)?(?:require\\(\\s*|import\\(\\s*)\(path)"
    let module = "import\\s+(?:([\\w$]+)\\s+from\\s+|[^'\"`;]*?\\sfrom\\s+)?\(path)"
    return (ConfigurationText.matches(pattern, in: code) + ConfigurationText.matches(module, in: code)).map {
      ($0[1].isEmpty ? nil : $0[1], $0[3])
    }
  }

  private mutating func readConstants(_ code: String) {
    for match in ConfigurationText.matches(
      "(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(\\{[^{}]*\\}|\\[[^\\[\\]]*\\]|[^;\\n]+)", in: code)
    {
      set(match[1], to: match[2])
    }
  }

  private mutating func readExports(of code: String, as name: String) {
    let exports = ConfigurationText.firstMatch(
      "(?:module\\.exports\\s*=|export\\s+default)\\s*(\\{[^{}]*\\})", in: code)
    for entry in exports.flatMap({ Self.entries(of: $0[1]) }) ?? [] {
      constants["\(name).\(entry.name)"] = entry.value
    }
  }

  private mutating func set(_ name: String, to expression: String) {
    guard constants[name] == nil else { return }
    constants[name] = expression
    for entry in Self.entries(of: expression) ?? [] { constants["\(name).\(entry.name)"] = entry.value }
  }

  // MARK: Values

  /// The text that an expression is; nil where only a run tells.
  func text(_ expression: String) -> String? { text(expression, depth: 0) }

  private func text(_ expression: String, depth: Int) -> String? {
    let expression = expression.trimmed
    guard depth < 8, let first = expression.first else { return nil }
    let sums = Self.parts(of: expression, at: "+")
    if sums.count > 1 {
      let texts = sums.compactMap { text($0, depth: depth + 1) }
      return texts.count == sums.count ? texts.joined() : nil
    }
    if "'\"`".contains(first) {
      let inner = expression.dropFirst().dropLast()
      guard expression.count > 1, expression.last == first, !inner.contains(first) else { return nil }
      return first == "`" ? filled(String(inner), depth: depth) : String(inner)
    }
    if let join = ConfigurationText.firstMatch(
      "^(?:[\\w$]+\\.)*(?:join|normalize)\\((.*)\\)$", in: expression)
    {
      let parts = Self.parts(of: join[1], at: ",")
      let texts = parts.compactMap { text($0, depth: depth + 1) }
      return texts.count == parts.count ? texts.joined(separator: "/").trimmingSlashes : nil
    }
    return constants[expression].flatMap { text($0, depth: depth + 1) }
  }

  /// A template literal with its values put in.
  private func filled(_ template: String, depth: Int) -> String? {
    var out = template
    while let start = out.range(of: "${") {
      guard let end = out[start.upperBound...].firstIndex(of: "}"),
        let value = text(String(out[start.upperBound..<end]), depth: depth + 1), !value.contains("${")
      else { return nil }
      out.replaceSubrange(start.lowerBound...end, with: value)
    }
    return out
  }

  /// The texts that an expression may be: itself, both sides of a condition, or what a loop over plain texts gives it.
  func texts(_ expression: String) -> [String] {
    if let text = text(expression) { return [text] }
    let name = expression.trimmed
    if name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }) {
      let list = "(\\[[^\\[\\]]*\\]|[\\w$.]+)"
      let escaped = NSRegularExpression.escapedPattern(for: name)
      let loops = ["\(list)\\.forEach\\(\\s*\\(?\\s*\(escaped)\\b", "\\b\(escaped)\\s+of\\s+\(list)"]
      return loops.lazy.compactMap { ConfigurationText.firstMatch($0, in: code) }.first.map {
        elements(of: $0[1])
      }
        ?? []
    }
    // `x ? "a" : "b"`
    guard name.contains("?") else { return [] }
    return ConfigurationText.matches("(['\"`])([^'\"`]*)\\1", in: name).map { $0[2] }
  }

  private func elements(of list: String) -> [String] {
    let list = list.hasPrefix("[") ? list : constants[list] ?? ""
    guard list.hasPrefix("[") else { return [] }
    return Self.parts(of: String(list.dropFirst().dropLast()), at: ",").compactMap(text)
  }

  /// The text of a key in an object that another key, or a name, is given: `dir: { input: "src" }`.
  func text(of key: String, inObject name: String) -> String? {
    for match in ConfigurationText.matches("\\b\(name)\\s*[:=]\\s*(\\{[^{}]*\\}|[\\w$.]+)", in: code) {
      if let entries = Self.entries(of: match[1]) {
        if let entry = entries.first(where: { $0.name == key }) { return text(entry.value) }
      } else if let value = text("\(match[1]).\(key)") {
        return value
      }
    }
    return nil
  }

  // MARK: Syntax

  /// An entry of an object.
  struct Entry {
    /// The key as it is written, without quotes or brackets.
    var name: String
    var value: String
    /// The key as a text; nil where it is the name of a constant (`[name]: …`).
    var plainName: String?
  }

  /// The entries of an object; nil for any other expression.
  static func entries(of expression: String) -> [Entry]? {
    let object = expression.trimmed
    guard object.hasPrefix("{"), object.hasSuffix("}") else { return nil }
    return parts(of: String(object.dropFirst().dropLast()), at: ",").compactMap { part in
      let sides = parts(of: part, at: ":")
      guard let key = sides.first?.trimmed, !key.isEmpty, !key.hasPrefix("...") else { return nil }
      let value = sides.count > 1 ? sides.dropFirst().joined(separator: ":") : key
      if key.hasPrefix("["), key.hasSuffix("]") {
        return Entry(name: String(key.dropFirst().dropLast()), value: value, plainName: nil)
      }
      let name = key.filter { !"'\"`".contains($0) }
      return Entry(name: name, value: value, plainName: name)
    }
  }

  /// The arguments of each call of a function.
  func calls(of name: String) -> [[String]] {
    let pattern = "\\b\(NSRegularExpression.escapedPattern(for: name))\\s*\\("
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = NSRange(code.startIndex..., in: code)
    return expression.matches(in: code, range: whole).compactMap { match in
      Range(match.range, in: code).map { Self.parts(of: code[$0.upperBound...], at: ",", isOpen: true) }
    }
  }

  /// The parts of an expression between signs that stand in no bracket and no text.
  ///
  /// - Parameter isOpen: whether the expression ends with the bracket that closes what it stands in.
  private static func parts(
    of text: some StringProtocol, at separator: Character, isOpen: Bool = false
  ) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if "'\"`".contains(character) {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
        if depth < 0, isOpen { break }
      } else if character == separator, depth == 0 {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    if parts.last?.trimmed.isEmpty == true { parts.removeLast() }
    return parts
  }
}

extension SiteScript {
  /// What of the code makes the markup of images in the pages; nil for nothing.
  var imagePipeline: ImagePipeline? {
    for plugin in ["eleventyImageTransformPlugin", "images-responsiver"] where code.contains(plugin) {
      return ImagePipeline(name: plugin, file: file)
    }
    for call in calls(of: "addTransform") where call.count > 1 {
      // A function that stands elsewhere is looked for in all of the code.
      let isHere = call[1].contains("=>") || call[1].contains("function") || call[1].contains("{")
      let body = isHere ? call[1] : code
      if ["<img", "<picture", "srcset"].contains(where: body.contains) {
        return ImagePipeline(name: "the transform \(text(call[0]) ?? call[0])", file: file)
      }
    }
    return nil
  }
}
