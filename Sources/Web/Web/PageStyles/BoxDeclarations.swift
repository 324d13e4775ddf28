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
}
