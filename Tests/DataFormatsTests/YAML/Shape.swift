import DataFormats

extension Node {
  /// The node as one line to compare: texts in quotes, nothing as `~`, lists and mappings as JSON has them.
  var shape: String {
    switch self {
    case .scalar(let scalar): scalar.isNull ? "~" : "\"\(scalar.string.escaped)\""
    case .sequence(let items): "[\(items.map(\.shape).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.shape): \($0.value.shape)" }.joined(separator: ", "))}"
    }
  }

  /// The shape of a text's document.
  static func shape(_ text: String, merging: Document.Merging = .givesWay) throws -> String? {
    try Document(text, merging: merging).root?.shape
  }
}

extension String {
  fileprivate var escaped: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\n": text += "\\n"
      case "\"", "\\": text += "\\" + String(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
