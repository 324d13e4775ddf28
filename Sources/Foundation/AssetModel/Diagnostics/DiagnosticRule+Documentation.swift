extension Diagnostic.Rule {
  /// The rules about images that need no limit set by the site, which `lints:` in a configuration names, in the order of
  /// its documents.
  package static let lints: [Self] = [
    .oversized, .wastedBytes, .noDimensions, .missingAlt, .emptyAlt, .location, .typeMismatch, .heavyGIF,
    .singleSize,
    .unreferenced, .duplicateFile, .missingFile,
  ]

  /// Where the project says more about it, as a path with a fragment below its repository; nil where it says nothing.
  package var documentation: String? {
    if Self.lints.contains(self) { return "Config/lints.md#\(rawValue)" }
    return rawValue.hasPrefix("budget-") ? "Config/budgets.yml" : nil
  }
}
