/// The `sizes` attributes that a user wrote, and where each holds.
public struct SizesRules: Codable, Hashable, Sendable {
  /// One of them. Every condition that it has must hold.
  public struct Rule: Codable, Hashable, Sendable {
    /// The layout of the post; nil for any.
    public var layout: String?
    /// A pattern over the paths of posts, as a line of `.gitignore`; nil for any.
    public var glob: String?
    /// A simple selector over the image itself: `.class`, `#id`, `img.class`; nil for any image.
    public var selector: String?
    /// The attribute.
    public var sizes: String

    /// Makes a rule.
    public init(layout: String? = nil, glob: String? = nil, selector: String? = nil, sizes: String) {
      self.layout = layout
      self.glob = glob
      self.selector = selector
      self.sizes = sizes
    }
  }

  /// The rules that the user wrote, the first that fits counting.
  public var rules: [Rule] = []

  /// Makes a set without rules.
  public init() {}

  /// Makes a set of one rule that holds everywhere.
  public init(_ sizes: String) { rules = [Rule(sizes: sizes)] }

  /// The attribute of an image of a post; nil if no rule applies.
  package func sizes(for post: Post, reference: Reference) -> String? {
    rules.first { $0.fits(post, reference) }?.sizes
  }
}

extension SizesRules.Rule {
  fileprivate func fits(_ post: Post, _ reference: Reference) -> Bool {
    if let layout, layout != post.layout { return false }
    if let glob, !PathPattern(glob).matches(post.path) { return false }
    return selector.map { Self.fits($0, reference) } ?? true
  }

  /// Whether a selector for one element holds for an image.
  package static func fits(_ selector: String, _ reference: Reference) -> Bool {
    guard let parts = parts(of: selector) else { return false }
    let classes = (reference.attributes["class"] ?? "").split(whereSeparator: \.isWhitespace)
    return parts.allSatisfy { part in
      switch part.first {
      case ".": classes.contains(part.dropFirst())
      case "#": part.dropFirst() == reference.attributes["id"] ?? ""
      default: part == "img"
      }
    }
  }

  /// The parts of a selector for one element (`img`, `.a`, `#b`); nil for any other selector.
  package static func parts(of selector: String) -> [Substring]? {
    var parts: [Substring] = []
    var rest = selector[...]
    while let first = rest.first {
      let isName = first != "." && first != "#"
      let name = (isName ? rest : rest.dropFirst()).prefix { $0 != "." && $0 != "#" }
      let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      guard !name.isEmpty, isPlain, !isName || parts.isEmpty && name == "img" else { return nil }
      let end = name.endIndex
      parts.append(rest[rest.startIndex..<end])
      rest = rest[end...]
    }
    return parts.isEmpty ? nil : parts
  }
}
