/// A command line that is wrong, in words for the person who typed it.
package struct UsageError: Error, CustomStringConvertible {
  /// What is wrong.
  package var description: String

  /// The text below the message: an option and its purpose, or only advice.
  var advice: (label: String, text: String)?

  /// Makes an error with a message, which names the option as it is typed: `--jobs must be at least 1, not 0`.
  package init(_ description: String) {
    self.description = description
  }

  init(_ description: String, about parameter: ParameterInfo) {
    self.description = description
    advice = parameter.help.isEmpty ? nil : (parameter.label + "  ", parameter.help)
  }
}

extension UsageError {
  static func missingValue(_ parameter: ParameterInfo) -> UsageError {
    UsageError("Missing value for '\(parameter.spelling)'", about: parameter)
  }

  static func missing(_ parameter: ParameterInfo) -> UsageError {
    UsageError("Missing expected argument '\(parameter.spelling)'", about: parameter)
  }

  static func takesNoValue(_ name: String, _ value: String) -> UsageError {
    UsageError("The option '\(name)' does not take any value, but '\(value)' was specified.")
  }

  static func invalid(_ value: String, for parameter: ParameterInfo) -> UsageError {
    UsageError(
      "The value '\(value)' is invalid for '\(parameter.spelling)'\(provide(oneOf: parameter.choices))",
      about: parameter)
  }

  static func unexpected(_ words: [String]) -> UsageError {
    let list = words.map { "'\($0)'" }.joined(separator: ", ")
    return UsageError(
      words.count == 1 ? "Unexpected argument \(list)" : "\(words.count) unexpected arguments: \(list)")
  }

  /// - Parameter parameters: what could have been meant.
  static func unknownOption(_ name: String, among parameters: [ParameterInfo]) -> UsageError {
    if let renamed = parameters.first(where: { $0.formerNames.contains(name) }) {
      return UsageError("The option '\(name)' is called '\(renamed.mainName)' now", about: renamed)
    }
    let long = parameters.flatMap(\.names).filter { $0.hasPrefix("--") }
    let suggestion = Suggestion.closest(to: name, among: long).map { ". Did you mean '\($0)'?" }
    return UsageError("Unknown option '\(name)'" + (suggestion ?? ""))
  }

  private static func provide(oneOf choices: [String]) -> String {
    let quoted = choices.map { "'\($0)'" }
    switch quoted.count {
    case 0: return ""
    case 1: return ". Please provide \(quoted[0])."
    case 2: return ". Please provide one of \(quoted[0]) and \(quoted[1])."
    case ...5:
      let first = quoted.dropLast().joined(separator: ", ")
      return ". Please provide one of \(first) or \(quoted[quoted.count - 1])."
    default: return ". Please provide one of the following:" + choices.map { "\n  - \($0)" }.joined()
    }
  }
}
