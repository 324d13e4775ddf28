import Manifest

/// The compare step: whether a file that was made is worth having.
enum CompareStep {
  /// A candidate with as many bytes as the whole source helps nobody, whatever its width: the browser could have
  /// had the source. That does not hold for a source which browsers cannot show at all.
  static func isWorthHaving(bytes: Int, than source: Source) -> Bool {
    bytes < source.bytes || !source.format.isShownByBrowsers
  }
}
