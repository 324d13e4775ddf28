import AssetModel

/// An image that a built page asks for, and what it makes each screen download.
package struct PageRequest: Hashable, Sendable {
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
  package struct Choice: Hashable, Sendable {
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

/// The form in which `PageMemory` keeps requests. What screens choose is a list, since the compact form has no dictionaries of
/// such values.
struct KeptRequest: CompactRecord, Sendable {
  private struct Choice: CompactRecord, Sendable {
    var screen = ""
    var file = ""
    var slot: Double?

    static var blank: Choice { Choice() }

    mutating func exchange(with fields: CompactFields) throws {
      try fields.exchange(&screen)
      try fields.exchange(&file)
      try fields.exchange(&slot)
    }
  }

  private var role = PageRequest.Role.content
  private var line: Int?
  private var column: Int?
  private var url = ""
  private var file: String?
  private var isMissing = false
  private var attributes: [String: String] = [:]
  private var hasCandidates = false
  private var isLazy = false
  private var choices: [Choice] = []

  static var blank: KeptRequest { KeptRequest() }

  private init() {}

  mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&role)
    try fields.exchange(&line)
    try fields.exchange(&column)
    try fields.exchange(&url)
    try fields.exchange(&file)
    try fields.exchange(&isMissing)
    try fields.exchange(&attributes)
    try fields.exchange(&hasCandidates)
    try fields.exchange(&isLazy)
    try fields.exchange(&choices)
  }

  init(_ request: PageRequest) {
    (role, line, column, url) = (request.role, request.line, request.column, request.url)
    (file, isMissing, attributes) = (request.file, request.isMissing, request.attributes)
    (hasCandidates, isLazy) = (request.hasCandidates, request.isLazy)
    choices = request.choices.map { Choice(screen: $0.key, file: $0.value.file, slot: $0.value.slot) }
  }

  var request: PageRequest {
    var request = PageRequest(
      role: role, line: line, column: column, url: url, file: file, isMissing: isMissing,
      attributes: attributes, hasCandidates: hasCandidates, isLazy: isLazy)
    for choice in choices {
      request.choices[choice.screen] = PageRequest.Choice(file: choice.file, slot: choice.slot)
    }
    return request
  }
}
