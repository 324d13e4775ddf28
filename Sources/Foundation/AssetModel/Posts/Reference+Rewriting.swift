extension Reference {
  /// The ``field`` of an image that JSON-LD in a page names.
  package static let linkedData = "json-ld"

  /// Whether the reference is an image of the page's body, which could have candidates.
  public var isBodyImage: Bool {
    switch kind {
    case .markdownInline, .markdownReference, .htmlImage, .markup, .templateTag: true
    case .css, .frontMatter, .htmlSource, .metaImage, .preload, .videoPoster: false
    }
  }

  /// Which single file would replace the one named here; nil for a reference that takes candidates, or none.
  package var replacement: Variant.Purpose? {
    guard keptBecause == nil else { return nil }
    switch kind {
    case .frontMatter, .metaImage: return .standalone
    // A background's or poster's size can depend on the file's own, so only its bytes may change.
    case .css: return isImageProperty ? .sameSize : nil
    case .videoPoster: return context.isEmpty ? .sameSize : nil
    case .htmlSource: return page?.sizeReason == nil ? nil : .sameSize
    case .htmlImage, .markdownInline, .markdownReference, .markup, .preload: return nil
    case .templateTag: return printsPath == true ? .sameSize : nil
    }
  }

  /// Whether the CSS property takes an image that only browsers read. `src` in `@font-face`, `filter` and `mask`
  /// (which can point into an SVG) are left alone.
  private var isImageProperty: Bool {
    guard let field else { return false }
    return ["background", "background-image", "border-image", "border-image-source", "list-style-image"]
      .contains(field) || field.hasPrefix("--")
  }

  /// How many pixels the file that takes this one's place needs to have in its width, where that is fewer than all: as many
  /// as the densest screen shows of an image whose tag says how wide it is.
  package var neededWidth: Int? {
    guard kind == .templateTag, let width = attributes["width"].flatMap(Int.init), width > 0 else {
      return nil
    }
    return width * 3
  }

  /// Whether the URL of an image whose markup stays may be that of another file of the same picture, as its page's scripts have
  /// it: it has no candidates.
  package var takesSingleFile: Bool {
    kind == .htmlImage && keptBecause != nil && attributes["srcset"] == nil && !context.contains(.picture)
  }

  /// Why a body image keeps the author's markup although its file could be made lighter; nil if there is no obstacle.
  /// The planner asks to avoid useless encodes, the rewriter to avoid edits that should not happen.
  package var obstacle: String? {
    guard isBodyImage else { return "not an image of the page's body" }
    if let keptBecause { return keptBecause }
    if kind == .templateTag { return "the tag's template makes the image's markup" }
    if context.contains(.picture) { return "inside a <picture> of the author's" }
    if attributes["srcset"] != nil { return "the author gave a srcset" }
    if kind != .htmlImage, context.contains(.rawHTML) { return "inside raw HTML" }
    return nil
  }
}

extension Reference {
  /// Why a Markdown image of an MDX post stays, where no plugin of its generator reaches it.
  package static let keptMarkdownInMDX = "MDX takes no HTML in its place"
  /// The same of an `<img>` there.
  package static let keptJSX = "it is JSX, whose attributes are not those of HTML"

  /// What a render hook or a plugin finds the image by, in the entries of its post; nil for what neither reaches: an `<img>`
  /// that says how large it is, and for a hook any.
  package func hookKey(in post: Post) -> String? { hookKey(hasDoor: post.hasDoor == true) }

  /// The same of a post.
  ///
  /// - Parameter hasDoor: whether a plugin finds the post.
  package func hookKey(hasDoor: Bool) -> String? {
    switch kind {
    case .markdownInline, .markdownReference: return url
    case .htmlImage:
      let own = ["srcset", "srcSet", "sizes", "style", "width", "height"]
      guard hasDoor, !own.contains(where: { attributes[$0] != nil }) else {
        return nil
      }
      return "<img> " + url
    case .css, .frontMatter, .htmlSource, .markup, .metaImage, .preload, .templateTag, .videoPoster:
      return nil
    }
  }
}
