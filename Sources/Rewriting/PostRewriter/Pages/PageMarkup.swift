import AssetModel

/// What an `<img>` of a built page gains: attributes in its tag, or a `<picture>` around it.
enum PageMarkup {
  /// ` srcset="…" sizes="…" …`, to stand before the end of a tag; nil without candidates.
  static func tagAttributes(_ image: ResponsiveImage, format: ImageFormat, alone: Bool) -> String? {
    guard let srcset = srcset(image, format) else { return nil }
    var list = [PageText.attribute("srcset", srcset)]
    // AMP derives the sizes, and takes an attribute for a width of the element.
    if !alone {
      if image.authorAttributes["sizes"] == nil { list.append(PageText.attribute("sizes", image.sizes)) }
      list += image.hints.map { PageText.attribute($0.name, $0.value) }
    }
    return " " + list.joined(separator: " ")
  }

  /// What stands before the tag, in it, and behind it; nil where no `<source>` has candidates.
  static func around(
    _ image: ResponsiveImage, artDirection: [(media: String, image: ResponsiveImage)]
  ) -> (before: String, attributes: String, after: String)? {
    var sources = ""
    for (media, shape) in artDirection {
      for format in [ImageFormat.avif, .webp, .jpeg, .png] { sources += source(shape, format, media: media) }
    }
    for format in [ImageFormat.jxl, .avif, .webp] { sources += source(image, format) }
    guard !sources.isEmpty else { return nil }
    let hints = image.hints.map { " " + PageText.attribute($0.name, $0.value) }.joined()
    return ("<picture>" + sources, hints, "</picture>")
  }

  /// What a preload of the image gains: the candidates of the first `<source>`, for browsers that know its type, or those of the
  /// `<img>`; nil without any.
  static func preload(_ image: ResponsiveImage, isAround: Bool, format: ImageFormat) -> String? {
    let first =
      isAround
      ? [ImageFormat.jxl, .avif, .webp].first {
        image.candidates[$0]?.isEmpty == false && (!image.mixed.contains($0) || $0 == .webp)
      } : format
    guard let first, let srcset = srcset(image, first) else { return nil }
    var list = [PageText.attribute("imagesrcset", srcset)]
    list.append(PageText.attribute("imagesizes", image.authorAttributes["sizes"] ?? image.sizes))
    if isAround, !image.mixed.contains(first), image.authorAttributes["type"] == nil {
      list.append(PageText.attribute("type", first.mediaType))
    }
    return " " + list.joined(separator: " ")
  }

  /// `<source …>` of a format; empty without candidates.
  ///
  /// Where the author's own file is among them, they have no one type: WebP's, which come last, then say none. All browsers
  /// of today take it and what authors use.
  private static func source(_ image: ResponsiveImage, _ format: ImageFormat, media: String? = nil) -> String
  {
    let isMixed = image.mixed.contains(format)
    guard let srcset = srcset(image, format), !isMixed || format == .webp && media == nil else { return "" }
    var list: [String] = []
    if let media { list.append(PageText.attribute("media", media)) }
    if !isMixed { list.append(PageText.attribute("type", format.mediaType)) }
    list.append(PageText.attribute("srcset", srcset))
    list.append(PageText.attribute("sizes", image.authorAttributes["sizes"] ?? image.sizes))
    if media != nil, let (width, height) = image.dimensions {
      list += [PageText.attribute("width", "\(width)"), PageText.attribute("height", "\(height)")]
    }
    return "<source \(list.joined(separator: " "))>"
  }

  private static func srcset(_ image: ResponsiveImage, _ format: ImageFormat) -> String? {
    guard let list = image.candidates[format], !list.isEmpty else { return nil }
    return list.map { "\(PageText.candidateURL($0.url)) \($0.width)w" }.joined(separator: ", ")
  }
}
