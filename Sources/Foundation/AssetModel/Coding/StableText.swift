/// A value as a text that is the same in every process, for keys and fingerprints: every stored property by its name,
/// dictionaries and sets in order.
///
/// `String(describing:)` will not do: sets and dictionaries have another order in every process.
package enum StableText {
  /// The text; nil where the value holds something of which no text says all, such as a closure or an object.
  package static func of(_ value: Any) -> String? {
    var text = ""
    return write(value, to: &text) ? text : nil
  }

  private static func write(_ value: Any, to text: inout String) -> Bool {
    switch value {
    case let string as String:
      text += string.debugDescription
      return true
    case let number as any BinaryInteger:
      text += "\(number)"
      return true
    case let number as any BinaryFloatingPoint:
      // Swift writes the shortest digits that read back as the same number.
      text += "\(number)"
      return true
    case let flag as Bool:
      text += "\(flag)"
      return true
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      guard let child = mirror.children.first else {
        text += "nil"
        return true
      }
      return write(child.value, to: &text)
    case .collection: return write(mirror.children.map(\.value), to: &text, sorted: false)
    case .set: return write(mirror.children.map(\.value), to: &text, sorted: true)
    case .dictionary:
      return write(mirror.children.map(\.value), to: &text, sorted: true)
    case .struct, .tuple:
      // A structure that shows no property may hide them, as a Foundation type does.
      guard !mirror.children.isEmpty else { return false }
      return writeFields(mirror, to: &text)
    case .enum:
      guard let payload = mirror.children.first else {
        text += ".\(value)"
        return true
      }
      text += ".\(payload.label ?? "")("
      guard write(payload.value, to: &text) else { return false }
      text += ")"
      return true
    default: return false
    }
  }

  private static func writeFields(_ mirror: Mirror, to text: inout String) -> Bool {
    text += "("
    for child in mirror.children {
      text += "\(child.label ?? ""): "
      guard write(child.value, to: &text) else { return false }
      text += ", "
    }
    text += ")"
    return true
  }

  private static func write(_ elements: [Any], to text: inout String, sorted: Bool) -> Bool {
    var texts: [String] = []
    for element in elements {
      guard let one = of(element) else { return false }
      texts.append(one)
    }
    if sorted { texts.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    text += "[" + texts.joined(separator: ", ") + "]"
    return true
  }
}
