import AssetModel

/// A rule about images that needs no limit set by the site. The raw value is the finding's id and the key of `lints:`.
package enum Lint: String, Codable, Hashable, Sendable, CaseIterable {
  /// A file at least twice as wide as any device shows it.
  case oversized
  /// Bytes of pixels that no screen shows, by Lighthouse's rule.
  case wastedBytes = "wasted-bytes"
  /// An HTML image without width or height.
  case noDimensions = "no-dimensions"
  /// An HTML image without `alt`.
  case missingAlt = "missing-alt"
  /// An image whose `alt` is empty.
  case emptyAlt = "empty-alt"
  /// A published file that tells where it was taken.
  case location
  /// A file whose extension is another format's.
  case typeMismatch = "type-mismatch"
  /// A GIF over 100 kB.
  case heavyGIF = "heavy-gif"
  /// An image shown at several widths, of which there is one file.
  case singleSize = "single-size"
  /// A published image that no page names.
  case unreferenced
  /// The same bytes under two names.
  case duplicateFile = "duplicate-file"
  /// A URL that leads to no file.
  case missingFile = "missing-file"

  /// How much the rule matters where the configuration does not say; nil for not at all.
  package var usual: Problem.Severity? {
    switch self {
    case .oversized, .wastedBytes, .location, .typeMismatch, .heavyGIF, .missingFile: .warning
    case .noDimensions, .missingAlt, .singleSize, .unreferenced, .duplicateFile: .note
    case .emptyAlt: nil
    }
  }
}
