/// How a body image is rewritten: which construct a renderer passes through so that the page differs by nothing but
/// the image's candidates. What keeps the DOM in which dialect was measured with the generators themselves.
package enum RewriteForm: Hashable, Sendable {
  /// A kramdown image gains `{: srcset="…"}`.
  case attributeList
  /// An HTML tag gains `srcset="…"`.
  case tagAttributes
  /// An HTML tag of a built page stays as it is, and `<picture>` with a `<source>` for each format is put around it.
  case aroundTag
  /// A kramdown image becomes `{::comment/}<picture>…</picture>`.
  case commentPicture
  /// A Markdown image becomes `<picture>…</picture>` on one line, which CommonMark keeps inline.
  case inlinePicture
  /// A Markdown image becomes `<img srcset="…">`, which python-markdown keeps inline. In CommonMark an `<img>` alone
  /// on a line would be no paragraph any more, so that one that is alone goes on in the next line.
  case inlineImage
  /// The post stays as it is, and a generated render hook or plugin prints `<picture>…</picture>` for the image.
  case hookPicture
  /// The post stays as it is, and a generated render hook or plugin prints `<img srcset="…">` for the image.
  case hookImage
  /// `srcset="…"` joins the attribute list that the author wrote behind a Python-Markdown image.
  case joinedList
  /// Only the URL changes, to a lighter file of the same size.
  case destination

  /// The formats that the form can offer; nil where it names one file.
  package var markup: MarkupForm? {
    switch self {
    case .attributeList, .hookImage, .inlineImage, .joinedList, .tagAttributes: .srcset
    case .aroundTag, .commentPicture, .hookPicture, .inlinePicture: .picture
    case .destination: nil
    }
  }
}

extension Reference {
  /// How the reference is rewritten if the user selects `markup`; nil if it stays unchanged.
  ///
  /// - Parameter avoidsPicture: whether the site's theme breaks around a `<picture>`, so that none is written where
  ///   the dialect has no other form either.
  package func form(
    in post: Post, preferring markup: MarkupForm, avoidsPicture: Bool = false
  ) -> RewriteForm? {
    guard obstacle == nil, post.dialect.format == nil else { return nil }
    // Only a <picture> has a shape for each media query.
    let markup = imageOverride?.artDirection == nil ? markup : .picture
    switch (kind, post.dialect) {
    case (.htmlImage, .mdx): return hookKey(in: post) == nil ? nil : .hookImage
    case (.htmlImage, .page): return pageForm(preferring: markup, avoidsPicture: avoidsPicture)
    case (.htmlImage, _): return hookKey(in: post) == nil ? .tagAttributes : .hookImage
    case (_, .kramdown):
      if post.keepsMarkup != nil { return .destination }
      return markup == .picture && !hasTemplatedText && !hasPipe ? .commentPicture : .attributeList
    case (_, .commonmark):
      // Hugo derives a heading's id from its source text, so an edit there would break links to it.
      if context.contains(.heading) { return nil }
      let keepsImageElement = avoidsPicture && imageOverride?.artDirection == nil
      let writesText = !hasTemplatedText && changesText != true
      // It leaves the post as it is, and the generator writes the text.
      if post.hookName != nil {
        let isPicture =
          post.hasDoor == true
          ? markup == .picture && !keepsImageElement
          : markup == .picture || post.allowsHTML && !keepsImageElement
        return isPicture ? .hookPicture : .hookImage
      }
      guard post.allowsHTML, writesText else { return .destination }
      return markup == .picture && !keepsImageElement ? .inlinePicture : .inlineImage
    case (_, .pythonMarkdown):
      if hasTemplatedText || !post.allowsHTML { return .destination }
      if attributeListRange != nil { return .joinedList }
      return markup == .picture ? .inlinePicture : .inlineImage
    case (_, .mdx):
      guard post.hookName != nil, !context.contains(.heading) else { return nil }
      return markup == .picture && (!avoidsPicture || imageOverride?.artDirection != nil)
        ? .hookPicture : .hookImage
    case (_, .html), (_, .page): return nil
    case (_, .asciiDoc), (_, .notebook), (_, .org), (_, .reStructuredText), (_, .textile): return nil
    }
  }

  /// The form of an `<img>` of a built page.
  private func pageForm(preferring markup: MarkupForm, avoidsPicture: Bool) -> RewriteForm {
    guard let page else { return .tagAttributes }
    if page.sizeReason != nil { return .destination }
    let isAllowed = page.pictureObstacle == nil || page.isObstacleUnsure && !avoidsPicture
    return markup == .picture && isAllowed ? .aroundTag : .tagAttributes
  }

  /// Whether alt, title or attributes are template code. What the generator prints there could hold quotes, so it
  /// cannot be moved into an HTML attribute.
  private var hasTemplatedText: Bool {
    ([alt, title].compactMap(\.self) + attributes.values).contains { $0.contains("{{") || $0.contains("{%") }
  }

  /// Whether the construct holds a `|`. kramdown tries a line with one as a table's row first, and forgets a block
  /// IAL before a line that turns out to be none; a `<picture>`, in which none stands, would get that IAL's class.
  private var hasPipe: Bool {
    ([url, alt, title].compactMap(\.self) + attributes.values).contains { $0.contains("|") }
  }
}
