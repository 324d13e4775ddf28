import Arguments
import AssetModel
import Web

/// How a result is written to standard output.
enum OutputFormat: String, ArgumentValue, CaseIterable {
  case text, json
}

extension Effort: ArgumentValue {}

extension Site.Kind: ArgumentValue {}

extension Site.Oracle: ArgumentValue {}

extension ByteSize: ArgumentValue {
  /// Reads an argument.
  package init?(argument: String) { self.init(argument) }
}

extension TimeSpan: ArgumentValue {
  /// Reads an argument.
  package init?(argument: String) { self.init(argument) }
}

extension Screen: ArgumentValue {
  /// Reads an argument.
  package init?(argument: String) { self.init(argument) }
}
