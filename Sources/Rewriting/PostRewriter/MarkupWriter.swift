import AssetModel

/// Writes one image in each of the forms that a renderer passes through unchanged.
enum MarkupWriter {
  /// `{: srcset="…" sizes="…" …}`, to stand right behind a kramdown image. Attributes the author gave in an IAL of
  /// their own follow it and win.
  ///
  /// - Parameter source: the URL of an `src` that takes the place of the author's; nil keeps that.
  static func attributeList(_ image: ResponsiveImage, format: ImageFormat, source: String?) -> String? {
    let src = source.map { AttributeText.attribute("src", raw: quotable($0)) + " " } ?? ""
    return attributes(image, format: format).map { "{: \(src)\($0)}" }
  }

  /// ` srcset="…" sizes="…" …`, to stand before the end of an `<img>` tag.
  static func tagAttributes(_ image: ResponsiveImage, format: ImageFormat) -> String? {
    attributes(image, format: format).map { " \($0)" }
  }

  private static func attributes(_ image: ResponsiveImage, format: ImageFormat) -> String? {
    guard let srcset = image.srcset(format) else { return nil }
    var list = [srcsetAttribute(srcset, of: image)]
    if image.authorAttributes["sizes"] == nil { list.append(attribute("sizes", image.sizes, of: image)) }
    list += image.hints.map { attribute($0.name, $0.value, of: image) }
    return list.joined(separator: " ")
  }

  /// `<picture>…<img …></picture>` on one line, to stand in place of a Markdown image and its IALs.
  ///
  /// - Parameters:
  ///   - artDirection: images of other shapes for media queries, the first that holds counting.
  ///   - fallback: the format of the `<img>`, which every browser reads.
  ///   - source: the URL of the `<img>`'s `src`.
  static func picture(
    _ image: ResponsiveImage, artDirection: [(media: String, image: ResponsiveImage)] = [],
    reference: Reference,
    fallback: ImageFormat, source: String
  ) -> String {
    start(image) + sources(image, artDirection: artDirection, fallback: fallback)
      + tag(image, reference: reference, format: fallback, source: source) + "</picture>"
  }

  /// The `<source>` elements of a `<picture>`.
  static func sources(
    _ image: ResponsiveImage, artDirection: [(media: String, image: ResponsiveImage)], fallback: ImageFormat
  ) -> String {
    var out = ""
    for (media, shape) in artDirection {
      for format in [ImageFormat.avif, .webp, .jpeg, .png] { out += self.source(shape, format, media: media) }
    }
    for format in [ImageFormat.jxl, .avif, .webp] where format != fallback {
      out += self.source(image, format)
    }
    return out
  }

  /// `src="…" srcset="…" …` of an `<img>` whose `alt` and `title` a template prints; without a `srcset` where the format
  /// has no candidates.
  static func hookAttributes(_ image: ResponsiveImage, format: ImageFormat, source: String) -> String? {
    let src = AttributeText.attribute("src", raw: quotable(source))
    guard let rest = attributes(image, format: format) else {
      let hints = image.hints.map { attribute($0.name, $0.value, of: image) }
      return ([src] + hints).joined(separator: " ")
    }
    return src + " " + rest
  }

  /// `<source …>` of a format; empty without candidates, or where one of them is of another format than `type` would say.
  private static func source(
    _ image: ResponsiveImage, _ format: ImageFormat, media: String? = nil
  ) -> String {
    guard let srcset = image.srcset(format), !image.mixed.contains(format) else { return "" }
    var list = [AttributeText.attribute("type", format.mediaType), srcsetAttribute(srcset, of: image)]
    list.append(attribute("sizes", image.authorAttributes["sizes"] ?? image.sizes, of: image))
    if let media {
      list.insert(attribute("media", media, of: image), at: 0)
      // Where the <img> has the dimensions of its own shape, a source of another shape says its own.
      if let (width, height) = image.dimensions {
        list += [
          AttributeText.attribute("width", "\(width)"), AttributeText.attribute("height", "\(height)"),
        ]
      }
    }
    return "<source \(list.joined(separator: " "))>"
  }

  /// `<img … srcset="…">`, to stand in place of a Markdown image; nil without candidates.
  static func image(
    _ image: ResponsiveImage, reference: Reference, format: ImageFormat, source: String
  ) -> String? {
    guard image.srcset(format) != nil else { return nil }
    return tag(image, reference: reference, format: format, source: source)
  }

  private static func tag(
    _ image: ResponsiveImage, reference: Reference, format: ImageFormat, source: String
  ) -> String {
    var list = [AttributeText.attribute("src", raw: quotable(source))]
    if let srcset = image.srcset(format) {
      list.append(srcsetAttribute(srcset, of: image))
      list.append(attribute("sizes", image.authorAttributes["sizes"] ?? image.sizes, of: image))
    }
    list.append(AttributeText.attribute("alt", reference.alt ?? ""))
    if let title = reference.title { list.append(AttributeText.attribute("title", title)) }
    list += image.hints.map { attribute($0.name, $0.value, of: image) }
    let author = image.authorAttributes.filter { !["src", "alt", "title", "sizes"].contains($0.key) }
    list += author.sorted { $0.key < $1.key }.map { AttributeText.attribute($0.key, $0.value) }
    return "<img \(list.joined(separator: " "))>"
  }

  /// A `srcset` goes in as it is: link forms percent-encode paths, and what else they hold is the author's own
  /// template code.
  private static func srcsetAttribute(_ value: String, of image: ResponsiveImage) -> String {
    word(AttributeText.attribute("srcset", raw: quotable(value)), of: image)
  }

  private static func attribute(_ name: String, _ value: String, of image: ResponsiveImage) -> String {
    word(AttributeText.attribute(name, value), of: image)
  }

  /// An attribute that is one word to a generator which counts those of its markup: Hugo takes `name="…` for markup
  /// (`isProbablyHTMLToken`), and what stands behind a space in a value for a word of the text.
  private static func word(_ attribute: String, of image: ResponsiveImage) -> String {
    image.isOneWord && !attribute.contains("{{") ? attribute.replacing(" ", with: "&#32;") : attribute
  }

  /// The tag that begins a `<picture>`. Where words are counted, an attribute without a meaning outside of shadow trees
  /// keeps it from being one.
  static func start(_ image: ResponsiveImage) -> String {
    image.isOneWord ? "<picture slot=\"\">" : "<picture>"
  }

  /// A URL for an attribute: as it is where it holds template code, else encoded.
  private static func quotable(_ value: String) -> String {
    value.contains("{{") || value.contains("{%") || LinkForm.isMarked(value)
      ? value : AttributeText.encoded(value)
  }
}
