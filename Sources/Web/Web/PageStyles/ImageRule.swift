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
    typealias Layer = [(url: String, density: Double)]

    var layers: [Layer]
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
        guard let first = declaration.value.first else { continue }
        let word = declaration.value.count == 1 ? first.keyword : nil
        if name == "display" { display = (word == "none", declaration.isImportant) }
        if name == "content" { setsContent = word != "none" && word != "normal" }
        guard let property = Property(name) else { continue }
        if let before = images[property], before.isImportant, !declaration.isImportant { continue }
        images[property] = Image(
          layers: Self.layers(declaration.value), isImportant: declaration.isImportant)
      }
    }

    /// Reads a `style` attribute.
    init(style: String) {
      // What is longer is a picture's own bytes, in nearly all cases.
      let isRead = style.utf8.count <= StyleSheet.mostInline
      let sheet = StyleSheetParser.parse(isRead ? "a{\(style)}" : "", file: "", isSass: false)
      self.init(sheet.rules.first?.declarations ?? [])
    }

    /// The pictures of a value: `url(…)` each on its own, those in an `image-set()` together.
    private static func layers(_ value: [ComponentValue]) -> [Image.Layer] {
      value.flatMap { part -> [Image.Layer] in
        if let url = part.url { return [[(url, 1)]] }
        guard let name = part.functionName else { return [] }
        guard name.hasSuffix("image-set") else { return layers(part.inner) }
        let options = options(part.inner)
        return options.isEmpty ? [] : [options]
      }
    }

    /// The files of an `image-set()`: each a URL or a string, and the resolution behind it.
    private static func options(_ inner: [ComponentValue]) -> Image.Layer {
      inner.reduce(into: []) { options, part in
        if let url = part.url ?? (part.token.kind == .string ? part.token.text : nil) {
          options.append((url, 1))
        } else if let density = part.token.resolution, !options.isEmpty {
          options[options.count - 1].density = density
        }
      }
    }
  }

  let selectors: [Selector]
  /// The lists of media queries around it; all of them have to match.
  private(set) var media: [MediaQueryList]
  let images: [Property: Image]
  let display: (isNone: Bool, isImportant: Bool)?
  let setsContent: Bool
  let file: String

  /// Whether a picture is named.
  var namesPicture: Bool { images.values.contains { !$0.layers.isEmpty } }

  /// The rule where a list of media queries has to match as well.
  func under(media: MediaQueryList) -> ImageRule {
    var rule = self
    rule.media.append(media)
    return rule
  }

  /// Nil for a rule that has nothing to do with pictures.
  init?(_ rule: StyleSheet.Rule) {
    let declarations = Declarations(rule.declarations)
    guard !declarations.images.isEmpty || declarations.display != nil else { return nil }
    selectors = rule.selectors
    media = rule.media
    images = declarations.images
    display = declarations.display
    setsContent = declarations.setsContent
    file = rule.file
  }
}
