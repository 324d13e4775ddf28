import Foundation

/// What an image's own `style` attribute says of its size.
struct AuthorStyle {
  private var values: [String: String] = [:]

  /// - Parameter text: the attribute's value; empty for none.
  init(_ text: String) {
    for declaration in text.split(separator: ";") {
      guard let colon = declaration.firstIndex(of: ":") else { continue }
      let name = declaration[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
      let value = declaration[declaration.index(after: colon)...].lowercased()
        .replacing("!important", with: "").trimmingCharacters(in: .whitespaces)
      values[name] = value
    }
  }

  /// Properties with which `height:auto` beside a width and a height would show another box.
  private static let sizes: Set<String> = [
    "width", "height", "min-width", "max-width", "min-height", "max-height", "inline-size", "block-size",
    "max-inline-size", "max-block-size", "min-inline-size", "min-block-size", "aspect-ratio", "all", "zoom",
    "content", "flex",
  ]

  /// Whether the box is what it is without the attribute.
  var leavesSize: Bool { values.keys.allSatisfy { !Self.sizes.contains($0) && !$0.hasPrefix("--") } }

  /// Whether the width is said, so that the box does not follow the file's.
  var setsWidth: Bool { ["width", "inline-size"].contains { isSet($0) } || isSet("height") }

  /// Whether the limit of stylesheets does not count.
  var setsMaxWidth: Bool { values["max-width"] != nil || values["max-inline-size"] != nil }

  /// Whether there is room for the image before it is there.
  var reservesSpace: Bool { pixels("height") != nil || isSet("width") && isSet("aspect-ratio") }

  private func isSet(_ name: String) -> Bool {
    values[name].map { !["auto", "initial", "unset"].contains($0) } ?? false
  }

  /// The width in CSS pixels that is said, or that the image is limited to.
  var width: Int? { pixels("width") ?? pixels("max-width") }
  /// Whether ``width`` is the image's, and not a limit.
  var isExact: Bool { pixels("width") != nil }

  private func pixels(_ name: String) -> Int? {
    guard let value = values[name], value.hasSuffix("px"), let number = Double(value.dropLast(2)),
      (1...100_000).contains(number)
    else { return nil }
    return Int(number.rounded(.up))
  }
}
