/// A value that one word of a command line can say.
///
/// An enumeration of strings conforms with nothing more than `extension Effort: ArgumentValue {}`: its cases are
/// checked, listed in help and completed.
package protocol ArgumentValue: Sendable {
  /// Reads a word; nil where it says no such value.
  init?(argument: String)

  /// The value as a word, for help to show a default; empty where there is nothing to show.
  var argumentText: String { get }

  /// All the words there are, where they are few; otherwise none.
  static var allArguments: [String] { get }
}

extension ArgumentValue {
  /// The value's description.
  package var argumentText: String { "\(self)" }

  /// None, for there are too many.
  package static var allArguments: [String] { [] }
}

extension ArgumentValue where Self: LosslessStringConvertible {
  /// Reads what the description writes.
  package init?(argument: String) { self.init(argument) }
}

extension ArgumentValue where Self: RawRepresentable, RawValue == String {
  /// Reads a raw value.
  package init?(argument: String) { self.init(rawValue: argument) }

  /// The raw value.
  package var argumentText: String { rawValue }
}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// The raw values in the order in which they are declared.
  package static var allArguments: [String] { allCases.map(\.rawValue) }
}

extension String: ArgumentValue {}
extension Int: ArgumentValue {}
extension Double: ArgumentValue {}

extension Optional: ArgumentValue where Wrapped: ArgumentValue {
  /// Reads what is wrapped.
  package init?(argument: String) {
    guard let value = Wrapped(argument: argument) else { return nil }
    self = .some(value)
  }

  /// The value as a word; nothing for no value.
  package var argumentText: String { self?.argumentText ?? "" }

  /// The words for what is wrapped.
  package static var allArguments: [String] { Wrapped.allArguments }
}
