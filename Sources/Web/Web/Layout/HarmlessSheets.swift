extension StyleSheet {
  /// Whether a stylesheet, by its address, is one of fonts, icons, formulas or colored code, which say nothing about images
  /// or columns.
  package static func isHarmless(_ address: String) -> Bool {
    let address = address.lowercased()
    return [
      "fonts.googleapis", "fonts.bunny", "fontawesome", "font-awesome", "use.typekit", "katex", "mathjax",
      "highlight",
      "prism", "gitalk", "gitment", "pygment", "syntax", "academicons", "docsearch", "iconfont",
      "bootstrap-icons",
    ].contains { address.contains($0) }
  }
}
