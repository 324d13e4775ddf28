extension StyleSheet.Declaration {
  /// Whether it changes the page where it holds for an inline element around an image alone.
  package var shapesInline: Bool {
    let harmless = [
      "0", "0px", "none", "auto", "inherit", "initial", "unset", "static", "inline", "baseline", "100%",
      "normal",
      "visible", "0 0", "0s", "1", "1em",
    ]
    let names = [
      "display", "float", "position", "font-size", "font", "line-height", "vertical-align", "transform",
      "opacity", "filter", "content", "zoom", "all", "flex", "animation", "visibility", "clip-path",
      "mix-blend-mode",
    ]
    let families = ["margin", "padding", "border", "grid", "animation-name"]
    guard names.contains(name) || families.contains(where: name.hasPrefix) else { return false }
    if name.hasSuffix("-color") || name.hasSuffix("-radius") { return false }
    return !harmless.contains(text.lowercased())
  }

  /// Whether it lays out what stands in an element child by child, so that a new element in between is laid out itself.
  package var laysOutChildren: Bool {
    guard name == "display" else { return false }
    let value = text.lowercased()
    return value.contains("flex") || value.contains("grid") || value.hasSuffix("box")
  }

  /// Whether it may put padding or a border at the sides of an element, inside of a width that is given with
  /// `box-sizing: border-box`.
  package var hasSideEdges: Bool {
    let value = text.lowercased().replacing("!important", with: "")
    let parts = value.split(separator: " ").map(String.init)
    switch name {
    // The sides are the second of two or three, and the second and fourth of four.
    case "padding", "border-width", "border-style":
      let sides = parts.count < 2 ? parts : parts.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      return !sides.allSatisfy(Self.isNoEdge)
    case "border", "border-left", "border-right", "border-inline", "border-inline-start", "border-inline-end":
      return !parts.contains(where: Self.isNoEdge)
    case "padding-left", "padding-right", "padding-inline", "padding-inline-start", "padding-inline-end",
      "border-left-width", "border-right-width", "border-inline-width":
      return !parts.allSatisfy(Self.isNoEdge)
    default: return false
    }
  }

  private static func isNoEdge(_ value: String) -> Bool {
    ["none", "hidden", "initial", "unset", "revert"].contains(value)
      || Double(value.prefix { $0.isNumber || $0 == "." }) == 0
  }
}
