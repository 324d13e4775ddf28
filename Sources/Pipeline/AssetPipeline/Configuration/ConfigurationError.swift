import AssetModel

/// Something in a configuration file that cannot be used.
public struct ConfigurationError: DiagnosticError, Hashable, Sendable {
  /// What is wrong, in which line of which file, and what to do about it. It reads
  /// `optimize-assets.yml:4:1: error: unknown key 'widht' (did you mean 'widths'?)`.
  public let diagnostic: Diagnostic

  /// - Parameter file: the file, as the user named it.
  init(file: String, line: Int? = nil, column: Int? = nil, message: String, advice: String? = nil) {
    diagnostic = Diagnostic(
      .error, .configuration, file: file, line: line, column: column, message: message, advice: advice)
  }
}
