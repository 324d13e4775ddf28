/// An image that a built page asks for, and what it makes each screen download.
package struct PageRequest: Codable, Hashable, Sendable {
  /// What asks for it.
  package enum Role: String, Codable, Hashable, Sendable {
    /// `<img>` or `<input type="image">`, in a `<picture>` or not.
    case content
    /// `<video poster>`
    case poster
    /// A background, border, mask or list mark of a stylesheet.
    case background
    /// `<link rel="preload" as="image">`
    case preload
  }

  /// What one screen downloads.
  package struct Choice: Codable, Hashable, Sendable {
    /// The file of the tree.
    package var file: String
    /// The width in CSS pixels that the page says it is shown at; nil where it says none.
    package var slot: Double?
  }

  package var role: Role
  /// The place of the element, or of the rule, from 1.
  package var line: Int?
  package var column: Int?
  /// The URL as written: the `src`, or the first candidate's where there is none.
  package var url: String
  /// The file of the tree that ``url`` leads to.
  package var file: String?
  /// Whether ``url`` leads to a path of the tree where there is no file.
  package var isMissing = false
  /// The attributes of the element.
  package var attributes: [String: String] = [:]
  /// Whether it is in a `<picture>` with sources or has a `srcset`.
  package var hasCandidates = false
  /// Whether `loading="lazy"` keeps it from loading until it is near the viewport.
  package var isLazy = false
  /// What each screen downloads, by the screen's name; one that downloads nothing of the tree is left out.
  package var choices: [String: Choice] = [:]
}
