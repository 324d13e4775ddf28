extension StyleSheet {
  /// Words in the addresses of stylesheets of fonts, icons, formulas and colored code.
  private static let harmless = [
    "font", "awesome", "sans", "pretendard", "use.typekit", "icon", "katex", "mathjax", "highlight", "prism",
    "gitalk",
    "gitment", "academicons", "pygment", "syntax", "docsearch",
  ]

  /// Whether a stylesheet, by its address, is one of those, which say nothing about images or columns.
  package static func isHarmless(_ address: String) -> Bool {
    let address = address.lowercased()
    return harmless.contains { address.contains($0) }
  }
}
