/// Leaves out the lines that conditions hide: `ifdef::name[]` up to `endif::[]`.
struct AsciiDocConditions {
  private var attributes = AsciiDocAttributes()
  /// For each condition that is open, whether its lines are shown.
  private var open: [Bool] = []

  /// Whether a line is part of the text.
  mutating func shows(_ line: String) -> Bool {
    let isShown = open.allSatisfy(\.self)
    guard let (name, target, text) = Self.directive(line) else {
      if isShown, line.hasPrefix(":") { _ = attributes.read(line) }
      return isShown
    }
    switch name {
    case "endif": _ = open.popLast()
    case "ifeval": open.append(isShown && evaluate(text))
    default:
      let names = target.split { $0 == "," || $0 == "+" }.map { attributes[String($0)] != nil }
      let isSet = target.contains("+") ? names.allSatisfy(\.self) : names.contains(true)
      let isNot = target.contains("+") ? !names.allSatisfy(\.self) : !names.contains(true)
      if text.isEmpty { open.append(name == "ifdef" ? isSet : isNot) }
    }
    return false
  }

  private static func directive(_ line: String) -> (name: String, target: String, text: String)? {
    for name in ["ifdef", "ifndef", "ifeval", "endif"]
    where line.hasPrefix(name + "::") && line.hasSuffix("]") {
      let rest = line.dropFirst(name.count + 2).dropLast()
      guard let open = rest.firstIndex(of: "[") else { return nil }
      return (name, String(rest[..<open]), String(rest[rest.index(after: open)...]))
    }
    return nil
  }

  private func evaluate(_ text: String) -> Bool {
    for sign in ["==", "!="] {
      guard let range = text.range(of: sign) else { continue }
      let sides = [text[..<range.lowerBound], text[range.upperBound...]].map {
        attributes.expanded(String($0)).trimmed.filter { $0 != "\"" && $0 != "'" }
      }
      return (sides[0] == sides[1]) == (sign == "==")
    }
    return false
  }
}
