import AssetModel
import Web

extension SVGDocument {
  /// What a person should know about the file: one warning for its scripts and one for what it loads.
  func problems(file: String) -> [Diagnostic] {
    [Finding.Kind.script, .external].compactMap { kind in
      let matches = findings.filter { $0.kind == kind }
      guard let first = matches.first else { return nil }
      let whats = matches.map(\.what).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let list =
        whats.prefix(3).joined(separator: ", ") + (whats.count > 3 ? " and \(whats.count - 3) more" : "")
      switch kind {
      case .script:
        return Diagnostic(
          .warning, .svgContent, file: file, line: first.line, message: "the SVG holds scripts: \(list)",
          advice: "remove them: they run for whoever opens the file by itself, with the site's rights")
      case .external:
        return Diagnostic(
          .warning, .svgContent, file: file, line: first.line, message: "the SVG loads other files: \(list)",
          advice: "embed them: browsers load nothing for an SVG that is an image")
      }
    }
  }
}
