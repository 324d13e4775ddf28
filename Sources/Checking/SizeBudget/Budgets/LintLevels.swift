import AssetModel

extension Diagnostic.Rule {
  /// How much a lint matters where the configuration does not say; nil for not at all, and for what is no lint.
  package var usualLevel: Diagnostic.Severity? {
    switch self {
    case .oversized, .wastedBytes, .location, .typeMismatch, .heavyGIF, .missingFile: .warning
    case .noDimensions, .missingAlt, .singleSize, .unreferenced, .duplicateFile: .note
    default: nil
    }
  }

  /// The levels of a site that chooses none.
  package static var usualLevels: [Self: Diagnostic.Severity] {
    Dictionary(uniqueKeysWithValues: lints.compactMap { lint in lint.usualLevel.map { (lint, $0) } })
  }
}
