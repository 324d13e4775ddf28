/// The properties that the sizes of boxes depend on, and their shorthands written out.
enum LayoutProperty {
  private static let names: Set<String> = [
    "width", "max-width", "min-width", "height", "max-height", "min-height", "inline-size", "max-inline-size",
    "min-inline-size", "block-size", "max-block-size", "min-block-size", "aspect-ratio", "object-fit",
    "padding", "padding-left", "padding-right", "padding-inline", "padding-inline-start",
    "padding-inline-end", "margin", "margin-left", "margin-right", "margin-inline", "margin-inline-start",
    "margin-inline-end", "border", "border-left", "border-right", "border-width", "border-left-width",
    "border-right-width", "border-inline", "border-style", "border-left-style", "border-right-style",
    "box-sizing", "display", "float", "position", "left", "right", "inset", "inset-inline", "font-size",
    "font", "columns", "column-count", "column-width", "zoom", "writing-mode", "all", "contain",
    "grid-template-columns", "grid-template", "grid-template-areas", "grid", "grid-auto-flow",
    "grid-auto-columns", "grid-column", "grid-column-start", "grid-column-end", "grid-area", "place-items",
    "place-self", "justify-items", "justify-self", "align-items", "align-self", "flex", "flex-basis",
    "flex-grow", "flex-shrink", "flex-direction", "flex-wrap", "flex-flow", "table-layout",
  ]

  /// Whether a declaration has a say in the size of a box.
  static func counts(_ declaration: StyleSheet.Declaration) -> Bool {
    guard names.contains(declaration.name) || declaration.name.hasPrefix("--") else { return false }
    // `width: auto\9` was for browsers that are gone; all others pass over it.
    return !declaration.value.contains { $0.token.text.contains("\t") }
  }

  /// A declaration as longhands of left and right sides.
  static func longhands(_ name: String, _ value: [ComponentValue]) -> [(String, [ComponentValue])] {
    let words = value.words.map { Array($0) }
    switch name {
    case "padding", "margin":
      let right = words.count > 1 ? words[1] : words.first ?? []
      return [("\(name)-right", right), ("\(name)-left", words.count > 3 ? words[3] : right)]
    case "padding-inline", "margin-inline":
      let base = String(name.prefix { $0 != "-" })
      return [("\(base)-left", words.first ?? []), ("\(base)-right", words.last ?? [])]
    case "padding-inline-start": return [("padding-left", value)]
    case "padding-inline-end": return [("padding-right", value)]
    case "margin-inline-start": return [("margin-left", value)]
    case "margin-inline-end": return [("margin-right", value)]
    case "inline-size": return [("width", value)]
    case "max-inline-size": return [("max-width", value)]
    case "min-inline-size": return [("min-width", value)]
    case "block-size": return [("height", value)]
    case "max-block-size": return [("max-height", value)]
    case "min-block-size": return [("min-height", value)]
    case "border", "border-left", "border-right", "border-inline", "border-width", "border-style",
      "border-left-width", "border-right-width", "border-left-style", "border-right-style":
      return border(name, words)
    case "flex": return flex(words)
    case "flex-flow": return flow(words)
    case "font": return [("font-size", fontSize(value))]
    case "inset": return sides(words)
    case "inset-inline": return [("left", words.first ?? []), ("right", words.last ?? [])]
    case "place-items": return [("align-items", words.first ?? []), ("justify-items", words.last ?? [])]
    case "place-self": return [("align-self", words.first ?? []), ("justify-self", words.last ?? [])]
    default: return [(name, value)]
    }
  }

  private static func sides(_ words: [[ComponentValue]]) -> [(String, [ComponentValue])] {
    let right = words.count > 1 ? words[1] : words.first ?? []
    return [("right", right), ("left", words.count > 3 ? words[3] : right)]
  }

  /// Widths and styles of the left and the right border.
  private static func border(_ name: String, _ words: [[ComponentValue]]) -> [(String, [ComponentValue])] {
    let edges = name.contains("left") ? ["left"] : name.contains("right") ? ["right"] : ["left", "right"]
    let styles: Set<String> = [
      "none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset",
    ]
    if name.hasSuffix("-width") || name.hasSuffix("-style") {
      let part = name.hasSuffix("-width") ? "width" : "style"
      return edges.map { edge in
        let at = words.count == 1 ? 0 : edge == "right" ? 1 : words.count > 3 ? 3 : 1
        return ("border-\(edge)-\(part)", words.indices.contains(at) ? words[at] : [])
      }
    }
    let style = words.first { $0.count == 1 && styles.contains($0[0].keyword ?? "") }
    let width = words.first { word in
      guard word.count == 1 else { return false }
      return word[0].token.kind == .number || ["thin", "medium", "thick"].contains(word[0].keyword ?? "")
        || ["calc", "min", "max", "clamp"].contains(word[0].functionName ?? "")
    }
    return edges.flatMap { edge in
      [
        ("border-\(edge)-style", style ?? ComponentValue.parse("none")),
        ("border-\(edge)-width", width ?? ComponentValue.parse("medium")),
      ]
    }
  }

  /// `flex` (CSS Flexbox 1, section 7.1).
  private static func flex(_ words: [[ComponentValue]]) -> [(String, [ComponentValue])] {
    var numbers: [[ComponentValue]] = []
    var basis: [ComponentValue]?
    if words.count == 1, let word = words[0].first?.keyword {
      switch word {
      case "none": (numbers, basis) = (["0", "0"].map { ComponentValue.parse($0) }, auto)
      case "auto": (numbers, basis) = (["1", "1"].map { ComponentValue.parse($0) }, auto)
      case "initial": (numbers, basis) = (["0", "1"].map { ComponentValue.parse($0) }, auto)
      default: basis = words[0]
      }
    } else {
      for word in words {
        let isPlain = word.count == 1 && word[0].token.kind == .number && word[0].token.unit.isEmpty
        if isPlain, numbers.count < 2 { numbers.append(word) } else { basis = word }
      }
    }
    return [
      ("flex-grow", numbers.first ?? ComponentValue.parse("1")),
      ("flex-shrink", numbers.count > 1 ? numbers[1] : ComponentValue.parse("1")),
      ("flex-basis", basis ?? ComponentValue.parse("0%")),
    ]
  }

  private static let auto = ComponentValue.parse("auto")

  private static func flow(_ words: [[ComponentValue]]) -> [(String, [ComponentValue])] {
    words.map { word in
      let isWrap = (word.first?.keyword ?? "").contains("wrap")
      return (isWrap ? "flex-wrap" : "flex-direction", word)
    }
  }

  /// The size in a `font`: the first number with a unit.
  private static func fontSize(_ value: [ComponentValue]) -> [ComponentValue] {
    if value.count == 1, value[0].keyword == "inherit" { return value }
    return value.first { $0.token.kind == .number && !$0.token.unit.isEmpty }.map { [$0] } ?? value
  }
}
