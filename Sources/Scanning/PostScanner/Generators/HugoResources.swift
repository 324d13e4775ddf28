import AssetModel

/// What Hugo's templates do with the pictures of a page's own folder: whether those may have other bytes.
enum HugoResources {
  /// Whether an image hook finds the picture among the page's resources and prints its own file's URL, and makes no other
  /// picture of it.
  static func printsFile(_ hook: String) -> Bool {
    let finds = ["Resources.GetMatch", "Resources.Get ", "Resources.Get("].contains(where: hook.contains)
    let prints = [".RelPermalink", ".Permalink"].contains(where: hook.contains)
    return finds && prints && !isProcessing(hook)
      && !["partial", "fingerprint", ".Content"].contains(where: hook.contains)
  }

  /// The names of the pictures that other templates make pictures of, as patterns; nil where that could be any.
  static func processed(by templates: [String]) -> [String]? {
    var patterns: [String] = []
    for template in templates where isProcessing(template) {
      if goesThroughAll(template) { return nil }
      for call in [".GetMatch ", ".Get ", ".Match "] {
        var rest = template[...]
        while let match = rest.firstRange(of: call) {
          rest = rest[match.upperBound...]
          let word = rest.drop { $0 == "(" || $0 == " " }
          guard let quote = word.first, quote == "\"" || quote == "`",
            let end = word.dropFirst().firstIndex(of: quote)
          else { continue }
          patterns.append(word[word.index(after: word.startIndex)..<end].lowercased())
        }
      }
    }
    return Array(Set(patterns)).sorted()
  }

  private static func isProcessing(_ template: String) -> Bool {
    [".Resize", ".Fill ", ".Fit ", ".Crop", ".Filter", ".Process", "images."].contains(
      where: template.contains)
  }

  /// Whether a template looks at the pictures of a folder one after the other.
  private static func goesThroughAll(_ template: String) -> Bool {
    var lists: Set<Substring> = []
    for line in template.split(whereSeparator: \.isNewline) {
      let isList = [".Resources.ByType", ".Resources.Match", ".Resources "].contains(where: line.contains)
      if isList, let dollar = line.firstIndex(of: "$"), line.contains(":=") || line.contains(" = ") {
        lists.insert(line[dollar...].prefix { $0 == "$" || $0 == "_" || $0.isLetter || $0.isNumber })
      }
      guard line.contains("range") else { continue }
      if line.contains(".Resources") || lists.contains(where: { line.contains($0) }) { return true }
    }
    return false
  }
}
