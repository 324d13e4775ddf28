import AssetModel

/// What the user asks for by the image: presets, rules over paths and front-matter fields, and the `data-crop`,
/// `data-focus` and `data-content` attributes that posts carry.
package struct ImageOverrideRules: Hashable, Sendable {
  /// A rule of the configuration.
  package struct Rule: Hashable, Sendable {
    /// A front-matter key path, dotted; `*` stands for any key, and a path for everything below it. nil for images
    /// anywhere in the post.
    package var field: String?
    /// A pattern over sources' paths, as ``PathPattern`` reads it; nil for any source.
    package var glob: String?
    /// The requested treatment.
    package var imageOverride: ImageOverride

    package init(field: String? = nil, glob: String? = nil, imageOverride: ImageOverride) {
      self.field = field
      self.glob = glob
      self.imageOverride = imageOverride
    }
  }

  /// The user's crops by name.
  package var crops: [String: Crop] = [:]
  /// The first that fits an image counts.
  package var rules: [Rule] = []
  /// The crop of single files (front matter, `og:image`) for which no rule says anything else; nil keeps their shape.
  package var standalone: Crop?

  package init() {}

  /// The word that asks for an image's own shape.
  package static let none = "none"

  /// A crop by the text that names it.
  package enum Named: Hashable, Sendable {
    /// The image's own shape.
    case none
    case crop(Crop)
  }

  /// Reads the name of a preset, a ratio or a size; nil for anything else.
  package func crop(named text: String) -> Named? {
    if text == Self.none { return Named.none }
    return (crops[text] ?? Crop.presets[text] ?? Crop.Shape(text).map { Crop($0) }).map(Named.crop)
  }

  /// What ``crop(named:)`` reads, for a person.
  package var accepted: String {
    let names = Set(crops.keys).union(Crop.presets.keys).sorted()
    return "a ratio such as 16:9, a size such as 1200x630, \(names.joined(separator: ", ")) or none"
  }

  /// Stores in each reference what is requested for it.
  ///
  /// - Returns: the problems of the posts' own attributes, and the crops that are not possible.
  package func assign(to manifest: inout AssetManifest) -> [Diagnostic] {
    let sources = Dictionary(manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var problems: [Diagnostic] = []
    for index in manifest.references.indices {
      let reference = manifest.references[index]
      guard reference.status == .local, let source = reference.source.flatMap({ sources[$0] }),
        let post = posts[reference.post]
      else { continue }
      var position = Position(rules: self, reference: reference, source: source, post: post)
      let resolved = position.resolved()
      let imageOverride = resolved.isEmpty ? nil : resolved
      if reference.imageOverride != imageOverride { manifest.references[index].imageOverride = imageOverride }
      problems += position.problems
    }
    return problems
  }

  /// The first rule that fits.
  fileprivate func rule(for reference: Reference) -> Rule? {
    rules.first { rule in
      if let field = rule.field {
        guard reference.kind == .frontMatter, let path = reference.field, Self.fits(path, field) else {
          return false
        }
      }
      return rule.glob.map { PathPattern($0).matches(reference.source ?? "") } ?? true
    }
  }

  static func fits(_ path: String, _ field: String) -> Bool {
    let path = path.split(separator: ".")
    let field = field.split(separator: ".")
    return path.count >= field.count && zip(path, field).allSatisfy { $1 == "*" || $0 == $1 }
  }
}

/// One reference, for which rules and attributes are read.
private struct Position {
  let rules: ImageOverrideRules
  let reference: Reference
  let source: Source
  let post: Post
  var problems: [Diagnostic] = []

  /// What holds here. Attributes win over rules.
  mutating func resolved() -> ImageOverride {
    if reference.replacement == .standalone { return single() }
    guard reference.form(in: post, preferring: .srcset) != nil else { return ImageOverride() }
    var imageOverride = rules.rule(for: reference)?.imageOverride ?? ImageOverride()
    readCrop(into: &imageOverride)
    readFocus(into: &imageOverride)
    readContent(into: &imageOverride)
    return possible(imageOverride)
  }

  private func single() -> ImageOverride {
    var imageOverride = rules.rule(for: reference)?.imageOverride ?? ImageOverride(crop: rules.standalone)
    imageOverride.artDirection = nil
    if !isCroppable { imageOverride.crop = nil }
    return imageOverride
  }

  private mutating func readCrop(into imageOverride: inout ImageOverride) {
    guard let text = reference.attributes["data-crop"] else { return }
    switch rules.crop(named: text.trimmed) {
    case .none?: (imageOverride.crop, imageOverride.artDirection) = (nil, nil)
    case .crop(let crop)?: (imageOverride.crop, imageOverride.artDirection) = (crop, nil)
    case nil: refuse("data-crop", text, rules.accepted)
    }
  }

  private mutating func readFocus(into imageOverride: inout ImageOverride) {
    guard let text = reference.attributes["data-focus"] else { return }
    guard let gravity = Crop.Gravity(text.trimmed) else {
      refuse(
        "data-focus", text,
        "a point such as 0.3,0.4 (from the left and the top, 0 to 1), attention, entropy or center"
      )
      return
    }
    imageOverride.crop?.gravity = gravity
    for index in (imageOverride.artDirection ?? []).indices {
      imageOverride.artDirection?[index].crop.gravity = gravity
    }
  }

  private mutating func readContent(into imageOverride: inout ImageOverride) {
    guard let text = reference.attributes["data-content"] else { return }
    if let content = Source.Content.ofStills.first(where: { $0.rawValue == text.trimmed }) {
      imageOverride.content = content
    } else {
      refuse("data-content", text, Source.Content.ofStills.map(\.rawValue).joined(separator: ", "))
    }
  }

  /// Without settings that are not possible here, or would change nothing.
  private mutating func possible(_ requested: ImageOverride) -> ImageOverride {
    var imageOverride = requested
    guard isCroppable else {
      if requested.crop != nil || requested.artDirection != nil {
        say("is not cropped: \(source.frames > 1 ? "it is animated" : "its size in pixels is unknown")", nil)
      }
      return ImageOverride(content: requested.content)
    }
    if let crop = imageOverride.crop, stretches(crop) {
      say(
        "is not cropped: its width and height would stretch the shape \(crop.shape)", "leave one of them out")
      imageOverride.crop = nil
    }
    if imageOverride.artDirection != nil, pixels("width") != nil, pixels("height") != nil {
      say("keeps one shape: its width and height hold for all of them", "leave one of them out")
      imageOverride.artDirection = nil
    }
    let size = (source.width, source.height)
    if let crop = imageOverride.crop, crop.size(of: size) == size { imageOverride.crop = nil }
    if imageOverride.artDirection != nil {
      var artDirection = reference
      artDirection.imageOverride = imageOverride
      if artDirection.form(in: post, preferring: .picture)?.markup != .picture {
        say("keeps one shape: one for each media query needs a <picture>, which cannot stand here", nil)
        imageOverride.artDirection = nil
      }
    }
    return imageOverride
  }

  /// Vector images have no pixels to choose from, and an animation is not cropped.
  private var isCroppable: Bool { source.width > 0 && source.height > 0 && source.frames == 1 }

  /// Whether the tag's own width and height have another shape than the crop, by more than rounding can explain.
  private func stretches(_ crop: Crop) -> Bool {
    guard let width = pixels("width"), let height = pixels("height") else { return false }
    let size = crop.size(of: (source.width, source.height))
    let expected = Double(width) * Double(size.height) / Double(size.width)
    return abs(expected - Double(height)) > max(1, 0.02 * expected)
  }

  private func pixels(_ name: String) -> Int? { reference.attributes[name].flatMap { Int($0.trimmed) } }

  private mutating func refuse(_ name: String, _ value: String, _ accepted: String) {
    problems.append(
      Diagnostic(
        .warning, .badAttribute, file: reference.post, line: reference.line, column: reference.column,
        message: "\(name)=\"\(value)\" is ignored: it is not known", advice: "write \(accepted)"))
  }

  /// What the post itself asks for and cannot have is a warning; where a rule reaches too far, that is no mistake.
  private mutating func say(_ message: String, _ advice: String?) {
    let isRequested = reference.attributes["data-crop"] != nil
    problems.append(
      Diagnostic(
        isRequested ? .warning : .note, isRequested ? .badAttribute : .referenceKept, file: reference.post,
        line: reference.line, column: reference.column, message: "\(reference.url) \(message)", advice: advice
      ))
  }
}

extension String {
  /// Without spaces around it.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
