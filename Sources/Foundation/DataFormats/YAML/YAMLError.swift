/// Why a text is no YAML document.
package struct YAMLError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Bytes that YAML does not allow: no UTF-8, or control characters.
    case characters
    /// What is not well formed.
    case syntax
    /// An alias with no anchor of its name in front of it.
    case undefinedAlias
    /// A document behind the first.
    case secondDocument
    /// More than ``Document/maxDepth``.
    case depth
    /// More than ``Document/maxAliased``.
    case aliases
    /// libyaml got no memory.
    case memory
  }

  package let kind: Kind
  /// What is wrong, in libyaml's words if libyaml reported it.
  package let problem: String
  /// What libyaml was doing, in its words, such as `while parsing a flow sequence`; nil where it does not say.
  package let context: String?
  /// Where.
  package let location: Node.Location

  init(_ kind: Kind, _ problem: String, context: String? = nil, at location: Node.Location) {
    self.kind = kind
    self.problem = problem
    self.context = context
    self.location = location
  }
}

extension YAMLError: CustomStringConvertible {
  /// `3:5: did not find expected key (while parsing a block mapping)`
  package var description: String {
    "\(location.line):\(location.column): \(problem)" + (context.map { " (\($0))" } ?? "")
  }
}
