/// An error that reads as a diagnostic does.
public protocol DiagnosticError: Error, CustomStringConvertible {
  /// What is wrong, where, and what to do about it.
  var diagnostic: Diagnostic { get }
}

extension DiagnosticError {
  /// `path:line:column: error: message (what to do)`
  public var description: String { diagnostic.description }
}

extension Diagnostic {
  /// What an error says.
  ///
  /// - Parameters:
  ///   - rule: where the error does not say it itself.
  ///   - advice: the same.
  package init(_ rule: Rule, of error: any Error, advice: String? = nil) {
    self =
      (error as? any DiagnosticError)?.diagnostic
      ?? Diagnostic(.error, rule, message: "\(error)", advice: advice)
  }
}
