/// What an image of a post stands in, as far as that narrows it.
package enum SlotContainer: String, Codable, Hashable, Sendable, CaseIterable {
  /// A paragraph of its own or of a text.
  case paragraph
  /// The item of a list.
  case list
  /// A quotation.
  case quote

  /// The elements, the outermost first.
  var elements: [String] {
    switch self {
    case .paragraph: ["p"]
    case .list: ["ul", "li"]
    case .quote: ["blockquote", "p"]
    }
  }
}
