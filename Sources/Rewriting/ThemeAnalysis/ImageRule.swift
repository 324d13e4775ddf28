/// A rule of a stylesheet as far as pictures are concerned.
struct ImageRule: Sendable {
  /// A property that shows a picture, its shorthand and prefixed forms being the same.
  enum Property: Hashable, Sendable {
    case background, border, list, mask, content

    init?(_ name: String) {
      switch name {
      case "background", "background-image": self = .background
      case "border-image", "border-image-source", "-webkit-border-image": self = .border
      case "list-style", "list-style-image": self = .list
      case "mask", "mask-image", "-webkit-mask", "-webkit-mask-image": self = .mask
      case "content": self = .content
      default: return nil
      }
    }
  }

  /// The pictures of a value.
  struct Image: Sendable {
    /// A layer of a background: one URL, or those of an `image-set()` with their densities.
    var layers: [[(url: String, density: Double)]]
    var isImportant: Bool

    /// The URLs that a screen downloads, one a layer: of an `image-set()` the lowest density that covers the screen's.
    func urls(density: Double) -> [String] {
      layers.compactMap { layer in
        let rising = layer.sorted { $0.density < $1.density }
        return (rising.first { $0.density >= density } ?? rising.last)?.url
      }
    }
  }

  /// What declarations say.
  struct Declarations: Sendable {
    var images: [Property: Image] = [:]
    var display: (isNone: Bool, isImportant: Bool)?
    /// Whether `content` is anything but `none` and `normal`.
    var setsContent = false

    init(_ declarations: [StyleSheet.Declaration]) {
      for declaration in declarations {
        let name = declaration.name
        // Templates leave `background: ;` behind, which browsers pass over.
        guard declaration.value.contains(where: { $0.kind != .whitespace }) else { continue }
        if name == "display" {
          display = (declaration.text[...].trimmed == "none", declaration.isImportant)
        }
        if name == "content" {
          setsContent = !["none", "normal"].contains(declaration.text[...].trimmed)
        }
        guard let property = Property(name) else { continue }
        if let before = images[property], before.isImportant, !declaration.isImportant { continue }
        images[property] = Image(
          layers: Self.layers(declaration.value), isImportant: declaration.isImportant)
      }
    }

    /// Reads a `style` attribute.
    init(style: String) {
      let sheet = StyleSheetParser.parse("a{\(style)}", file: "", isSass: false)
      self.init(sheet.rules.first?.declarations ?? [])
    }

    /// The pictures of a value: `url(…)` each on its own, those in an `image-set()` together.
    private static func layers(_ value: [StyleToken]) -> [[(url: String, density: Double)]] {
      var layers: [[(url: String, density: Double)]] = []
      var set: [(url: String, density: Double)]?
      var depth = 0
      for (at, token) in value.enumerated() {
        switch token.kind {
        case .function where token.text.hasSuffix("image-set"): (set, depth) = ([], 1)
        case .function: if set != nil { depth += 1 }
        case .delim where token.text == ")":
          guard set != nil else { continue }
          depth -= 1
          guard depth == 0, let chosen = set else { continue }
          layers.append(chosen)
          set = nil
        case .url: add(token.text)
        case .string:
          let isInURL = at > 0 && value[at - 1].kind == .function && value[at - 1].text.lowercased() == "url"
          if isInURL || set != nil && depth == 1 { add(token.text) }
        case .number:
          guard depth == 1, let last = set?.indices.last, let density = Self.density(token.text) else {
            continue
          }
          set?[last].density = density
        default: continue
        }
      }
      func add(_ url: String) {
        if set != nil { set?.append((url, 1)) } else { layers.append([(url, 1)]) }
      }
      return layers
    }

    private static func density(_ text: String) -> Double? {
      for (unit, factor) in [("dppx", 1.0), ("dpi", 1.0 / 96), ("x", 1)] where text.hasSuffix(unit) {
        return Double(text.dropLast(unit.count)).map { $0 * factor }
      }
      return nil
    }
  }

  let selectors: [Selector]
  /// The lists of media queries around it, as written; all of them have to match.
  private(set) var media: [String]
  let images: [Property: Image]
  let display: (isNone: Bool, isImportant: Bool)?
  let setsContent: Bool
  let file: String

  /// Whether a picture is named.
  var namesPicture: Bool { images.values.contains { !$0.layers.isEmpty } }

  /// The rule where a list of media queries has to match as well.
  func under(media: String) -> ImageRule {
    var rule = self
    rule.media.append(media)
    return rule
  }

  /// Nil for a rule that has nothing to do with pictures.
  init?(_ rule: StyleSheet.Rule) {
    let declarations = Declarations(rule.declarations)
    guard !declarations.images.isEmpty || declarations.display != nil else { return nil }
    selectors = rule.selectors
    media = rule.media.map(\.text)
    images = declarations.images
    display = declarations.display
    setsContent = declarations.setsContent
    file = rule.file
  }
}
