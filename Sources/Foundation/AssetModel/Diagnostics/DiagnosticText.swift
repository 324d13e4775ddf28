extension Diagnostic: CustomStringConvertible {
  /// `path:line:column: severity: message (what to do) [rule]`, the form in which every command prints it. An error
  /// that ends a run has no rule, and a problem that concerns no single file has no path.
  public var description: String {
    let beginning = file.isEmpty || file == "." ? "" : "\(location): "
    let line = "\(beginning)\(severity.rawValue): \(text)"
    guard rule.endsRun else { return "\(line) [\(rule.rawValue)]".printable }
    // What a site's generator or a browser had to say takes lines of its own. A line feed in a key or a name does not.
    guard [.generator, .browser, .engine].contains(rule) else { return line.printable }
    return line.split(separator: "\n", omittingEmptySubsequences: false).map(\.printable).joined(
      separator: "\n")
  }

  /// `path:line:column`, or the part of it that is known.
  package var location: String {
    [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
  }

  /// `message (what to do)`
  package var text: String {
    guard let advice, !advice.isEmpty else { return message }
    return message + (message.contains("\n") ? "\n" : " ") + "(\(advice))"
  }
}
