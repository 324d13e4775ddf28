import AssetModel
import DataFormats

/// What a generator's reader of YAML does where others do something else.
struct YAMLHabits: Sendable {
  /// Whether a key may stand twice, of which the last value counts; others refuse the text.
  var takesRepeatedKeys = false
  var merging = Document.Merging.givesWay

  /// go-yaml, js-yaml and serde_yaml: all generators but those below.
  static let strict = YAMLHabits()
  /// Ruby's: Jekyll.
  static let psych = YAMLHabits(takesRepeatedKeys: true, merging: .inOrder)
  /// Python's: MkDocs.
  static let pyYAML = YAMLHabits(takesRepeatedKeys: true)
}

extension Document.RepeatedKeys {
  /// What is said of them.
  var message: String { "the key \(names.joined(separator: ", ")) is there twice" }
}

extension Document.DuplicateKey {
  /// The problem if the generator accepts it.
  ///
  /// - Parameter file: the configuration that it stands in.
  func problem(in file: String) -> Diagnostic {
    Diagnostic(
      .warning, .siteConfiguration, file: file, line: location.line,
      message: "the key \(name) is there twice, and the last one counts", advice: "keep one of them")
  }
}
