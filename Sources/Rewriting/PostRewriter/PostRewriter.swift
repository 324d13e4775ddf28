import AssetModel
import Foundation

/// Gives posts their responsive images: bytes in, bytes out. Nothing outside an edit changes.
package struct PostRewriter: Sendable {
  private let options: RewriteOptions
  private let references: [String: [Reference]]
  private let sources: [String: Source]
  private let variants: [String: [Variant]]

  /// - Parameters:
  ///   - manifest: the scanned site with the variants that were made.
  ///   - options: the form of the markup.
  package init(manifest: AssetManifest, options: RewriteOptions) {
    self.options = options
    references = Dictionary(grouping: manifest.references, by: \.post)
    sources = Dictionary(manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    // Sources with the same bytes share their variants, which are listed under one of them.
    let digests = sources.mapValues(\.sha256)
    variants = Dictionary(grouping: manifest.variants) { digests[$0.source] ?? $0.source }
  }

  /// What became of a post.
  package struct Result: Sendable {
    /// The new bytes; nil where nothing changes.
    package var bytes: Data?
    /// How many references were edited.
    package var edited = 0
    /// What was replaced, one stretch a reference, in the order of the text.
    package var changes: [Change] = []
    /// References left as they are although they could have been lighter, and why.
    package var problems: [Diagnostic] = []
  }

  /// Whether anything in a post could change, so that reading it is worth while.
  package func touches(_ post: Post) -> Bool {
    references[post.path]?.contains { $0.status == .local } ?? false
  }

  /// Rewrites one post.
  ///
  /// - Parameters:
  ///   - post: the post as it was scanned.
  ///   - bytes: the file as it is now. When it is no longer what was scanned, it is left alone and a problem
  ///     says so.
  package func rewrite(_ post: Post, bytes: Data) -> Result {
    var result = Result()
    guard references[post.path]?.isEmpty == false else { return result }
    guard ContentDigest.sha256(bytes) == post.sha256 else {
      result.problems = [
        Diagnostic(
          .error, .postSkipped, file: post.path, message: "the file changed while the site was processed",
          advice: "run again")
      ]
      return result
    }
    let (edits, edited, problems, groups) = self.edits(in: post, bytes: bytes)
    result.problems = problems
    guard !edits.isEmpty else { return result }
    guard let rewritten = edits.applied(to: bytes) else {
      result.problems.append(
        Diagnostic(
          .warning, .postSkipped, file: post.path, message: "left as it is: two image references overlap",
          advice: "separate the images on the lines that are listed for this post by scan"))
      return result
    }
    result.bytes = rewritten
    result.edited = edited
    result.changes = Change.all(groups, in: bytes)
    return result
  }

  /// The edits of a post that is as it was scanned, for how many references they are, and what is wrong with the
  /// references that get none.
  func edits(
    in post: Post, bytes: Data
  ) -> (edits: [Edit], references: Int, problems: [Diagnostic], groups: Set<[Edit]>) {
    let references = (self.references[post.path] ?? []).sorted { $0.range.start < $1.range.start }
    var problems: [Diagnostic] = []
    var images = 0
    let largest = options.layouts.largest(in: post)
    let roles = post.dialect == .page ? PageRoles(references, sources: sources, largest: largest) : nil
    let lead = ImageRole.lead(of: references, sources: sources)
    var edits: Set<[Edit]> = []
    let divided = DividedPost(bytes, options)
    for reference in references {
      let role =
        roles?.role(of: reference)
        ?? ImageRole(of: reference, index: images, lead: lead, in: post.dialect, largest: largest)
      if reference.isBodyImage, reference.status != .data { images += 1 }
      guard reference.status == .local,
        case let change = self.edits(for: reference, in: post, role: role, among: references, bytes: bytes),
        !change.isEmpty
      else {
        continue
      }
      guard isSound(reference, in: bytes) else {
        problems.append(
          Diagnostic(
            .warning, .referenceKept, file: post.path, line: reference.line, column: reference.column,
            message: "left as it is: the bytes there do not look like an image reference"))
        continue
      }
      edits.insert(divided.edits(change, for: reference))
    }
    if post.dialect == .page { edits.formUnion(groupEdits(in: post, references, bytes: bytes)) }
    // One definition can serve several reference-style images, and a field can be listed twice.
    return (edits.inOrder.flatMap(\.self), edits.count, problems, edits)
  }

  /// What the candidates of a built page's generator gain.
  private func groupEdits(in post: Post, _ references: [Reference], bytes: Data) -> [[Edit]] {
    CandidateGroup.all(of: references).compactMap { group in
      let edits = GroupEdits(
        group: group, sources: sources, variants: variants, options: options, bytes: bytes
      ).edits { shown in
        guard let source = shown.source.flatMap({ sources[$0] }), let link = shown.link else { return nil }
        return ResponsiveImage(
          reference: shown, crop: nil, source: source, variants: [], link: link,
          role: ImageRole(of: shown, index: 0, in: .page), options: options,
          slots: options.slots(for: shown, in: post))
      }
      return edits.isEmpty ? nil : edits
    }
  }

  /// What a generated render hook, or a plugin, prints for the images of a post, by their destinations.
  ///
  /// A hook knows an image by its destination alone, so that one that stands elsewhere in the post as well, in a place
  /// that is left alone, is left out.
  package func hookEntries(of post: Post) -> [String: RenderHook.Entry] {
    guard post.hookName != nil else { return [:] }
    let references = (self.references[post.path] ?? []).sorted { $0.range.start < $1.range.start }
    var entries: [String: RenderHook.Entry] = [:]
    var excluded: Set<String> = []
    var images = 0
    let lead = ImageRole.lead(of: references, sources: sources)
    for reference in references {
      let role = ImageRole(of: reference, index: images, lead: lead, in: post.dialect)
      if reference.isBodyImage, reference.status != .data { images += 1 }
      guard let key = reference.hookKey(in: post) else { continue }
      if let entry = hookEntry(for: reference, in: post, role: role) {
        // A plugin gives all of one destination the same.
        let isOther = post.hasDoor == true && entries[key].map { $0.sizes != entry.sizes } ?? false
        if isOther { excluded.insert(key) }
        if entries[key] == nil { entries[key] = entry }
      } else {
        excluded.insert(key)
      }
    }
    return entries.filter { !excluded.contains($0.key) }
  }

  private func hookEntry(for reference: Reference, in post: Post, role: ImageRole) -> RenderHook.Entry? {
    // Feeds have a hook of their own.
    var reference = reference
    reference.isInSummary = nil
    let form = reference.form(in: post, preferring: options.markup, avoidsPicture: options.avoidsPicture)
    guard form == .hookPicture || form == .hookImage, reference.status == .local, let link = reference.link,
      let source = reference.source.flatMap({ sources[$0] })
    else { return nil }
    let files = variants[source.sha256] ?? []
    let html = reference.htmlLink ?? link
    let shape = { (crop: Crop?) in
      ResponsiveImage(
        reference: reference, crop: crop, source: source, variants: files, link: html, role: role,
        options: options, slots: options.slots(for: reference, in: post))
    }
    let image = shape(reference.imageOverride?.crop)
    let shown = shownFile(reference, image, files)?.path ?? source.path
    let artDirection = (reference.imageOverride?.artDirection ?? []).map { ($0.media, shape($0.crop)) }
    guard !image.candidates.isEmpty || artDirection.contains(where: { !$1.candidates.isEmpty }) else {
      return nil
    }
    guard form == .hookPicture else {
      let url = html.url(of: shown) + html.tail
      return MarkupWriter.hookAttributes(image, format: srcsetFormat(image), source: url)
        .map { RenderHook.Entry(attributes: $0) }
    }
    let fallback = self.fallback(of: image, file: shown, link: html)
    guard let attributes = MarkupWriter.hookAttributes(image, format: fallback.format, source: fallback.url)
    else { return nil }
    return RenderHook.Entry(
      before: MarkupWriter.start(image)
        + MarkupWriter.sources(image, artDirection: artDirection, fallback: fallback.format),
      attributes: attributes, after: "</picture>")
  }

  /// What changes for one reference: nothing, one place, or for a crop the `src` as well.
  private func edits(
    for reference: Reference, in post: Post, role: ImageRole, among references: [Reference], bytes: Data
  ) -> [Edit] {
    guard let link = reference.link, let source = reference.source.flatMap({ sources[$0] }) else { return [] }
    let files = variants[source.sha256] ?? []
    if post.dialect == .page, let suffix = singleSuffix(reference, source, files, among: references) {
      let end = reference.urlRange.end
      return isSoundURL(reference, in: bytes) ? [Edit(range: ByteRange(end, end), text: suffix)] : []
    }
    if var purpose = reference.replacement {
      if reference.kind == .templateTag, purpose == .sameSize, post.keepsFormat == true {
        purpose = .sameFormat
      }
      return urlEdit(reference, link: link, purpose: purpose, variants: files, in: post)
    }
    if reference.kind == .preload {
      return preloadEdits(reference, variants: files, link: link, in: post, among: references, bytes: bytes)
    }
    guard
      let form = reference.form(in: post, preferring: options.markup, avoidsPicture: options.avoidsPicture)
    else { return [] }
    // Candidates stand in raw HTML, which a generator may read otherwise than the place that they are for.
    let html = reference.htmlLink ?? link
    let shape = { (crop: Crop?) in
      ResponsiveImage(
        reference: reference, crop: crop, source: source, variants: files, link: html, role: role,
        options: options,
        slots: options.slots(for: reference, in: post))
    }
    let image = shape(reference.imageOverride?.crop)
    let shown = shownFile(reference, image, files)
    switch form {
    case .attributeList:
      // An attribute list's src counts more than the image's own, which other images may share.
      let src = shown.map { html.url(of: $0.path) + html.tail }
      return MarkupWriter.attributeList(image, format: srcsetFormat(image), source: src).map {
        [Edit(range: ByteRange(reference.range.end, reference.range.end), text: $0)]
      } ?? []
    case .tagAttributes:
      let format = srcsetFormat(image)
      guard
        let text = post.dialect == .page
          ? PageMarkup.tagAttributes(
            image, format: format, alone: reference.page?.takesCandidatesAlone == true)
          : MarkupWriter.tagAttributes(image, format: format)
      else { return [] }
      let end = Self.attributeEnd(of: reference.range, in: bytes)
      var edits = [Edit(range: ByteRange(end, end), text: text)]
      if image.joinsStyle {
        guard let start = Self.styleStart(of: reference.range, in: bytes) else { return [] }
        edits.append(Edit(range: ByteRange(start, start), text: "height:auto;"))
      }
      guard let shown else { return edits }
      return edits + [Edit(range: reference.urlRange, text: link.url(of: shown.path) + link.tail)]
    case .aroundTag:
      let artDirection = (reference.imageOverride?.artDirection ?? []).map { ($0.media, shape($0.crop)) }
      guard let text = PageMarkup.around(image, artDirection: artDirection) else { return [] }
      let end = Self.attributeEnd(of: reference.range, in: bytes)
      let around = [
        Edit(range: ByteRange(reference.range.start, reference.range.start), text: text.before),
        Edit(range: ByteRange(end, end), text: text.attributes),
        Edit(range: ByteRange(reference.range.end, reference.range.end), text: text.after),
      ]
      guard let shown else { return around }
      return around + [
        Edit(range: reference.urlRange, text: PageText.encoded(link.url(of: shown.path) + link.tail))
      ]
    case .commentPicture, .inlinePicture:
      let artDirection = (reference.imageOverride?.artDirection ?? []).map { ($0.media, shape($0.crop)) }
      let isUncropped = reference.imageOverride?.crop == nil
      guard
        !image.candidates.isEmpty || isUncropped && artDirection.contains(where: { !$1.candidates.isEmpty })
      else { return [] }
      let fallback = self.fallback(
        of: image, file: shown?.path ?? source.path,
        link: html.isAbsolute || LinkForm.isMarked(link.prefix) ? link : html)
      let picture = MarkupWriter.picture(
        image, artDirection: artDirection, reference: reference, fallback: fallback.format,
        source: fallback.url)
      // An empty kramdown extension keeps the line from starting with a tag that would open a block.
      return [replace(reference, with: form == .commentPicture ? "{::comment/}" + picture : picture)]
    case .inlineImage:
      let src = html.isAbsolute || LinkForm.isMarked(link.prefix) ? link : html
      let url = src.url(of: shown?.path ?? source.path) + src.tail
      let tag = MarkupWriter.image(image, reference: reference, format: srcsetFormat(image), source: url)
      let isDivided = post.dialect == .commonmark && !reference.context.contains(.table)
      return tag.map {
        [replace(reference, with: isDivided ? LoneTag.divided($0, of: reference, in: bytes) : $0)]
      }
        ?? []
    case .joinedList:
      guard let list = reference.attributeListRange,
        let text = MarkupWriter.tagAttributes(image, format: srcsetFormat(image))
      else { return [] }
      // Python-Markdown takes what is not quoted up to the next space.
      let hasSpace = bytes[bytes.startIndex + list.end - 2] == UInt8(ascii: " ")
      let joined = Edit(
        range: ByteRange(list.end - 1, list.end - 1), text: (hasSpace ? String(text.dropFirst()) : text) + " "
      )
      guard let shown else { return [joined] }
      return [joined, Edit(range: reference.urlRange, text: link.url(of: shown.path) + link.tail)]
    case .hookImage, .hookPicture: return []
    case .destination:
      let purpose: Variant.Purpose = post.keepsFormat == true ? .sameFormat : .sameSize
      return urlEdit(reference, link: link, purpose: purpose, variants: files, in: post)
    }
  }

  /// What is added to the URL of an image that the page's scripts own, and of its preload, where these name a file that lies
  /// beside the picture: the page says what they say.
  private func singleSuffix(
    _ reference: Reference, _ source: Source, _ files: [Variant], among references: [Reference]
  ) -> String? {
    guard let single = files.first(where: { $0.source == source.path && $0.singleSuffix != nil }) else {
      return nil
    }
    let isOwned: Bool
    switch reference.kind {
    case .htmlImage: isOwned = reference.takesSingleFile
    case .preload:
      isOwned =
        reference.attributes["imagesrcset"] == nil && reference.attributes["type"] == nil
        && references.allSatisfy {
          $0.kind != .htmlImage || $0.source != reference.source || $0.takesSingleFile
        }
    default: return nil
    }
    return isOwned ? single.singleSuffix : nil
  }

  /// The file of the `src` of an image whose own file cannot stay there: what reads no `srcset` must not show another
  /// shape than a crop's, and most browsers show no HEIC.
  private func shownFile(_ reference: Reference, _ image: ResponsiveImage, _ files: [Variant]) -> Variant? {
    if reference.imageOverride?.crop != nil { return image.fallback }
    return files.first { $0.purpose == .fallback }
  }

  /// A Markdown image and the attribute lists behind it, replaced.
  private func replace(_ reference: Reference, with text: String) -> Edit {
    Edit(
      range: ByteRange(reference.range.start, reference.attributeListRange?.end ?? reference.range.end),
      text: text)
  }

  private func urlEdit(
    _ reference: Reference, link: LinkForm, purpose: Variant.Purpose, variants: [Variant], in post: Post
  ) -> [Edit] {
    let crop = reference.imageOverride?.crop
    let files = variants.filter { $0.purpose == purpose && $0.crop == crop }.sorted { $0.width < $1.width }
    // A file is up to 2 % narrower where that keeps its shape.
    let needed = reference.neededWidth.map { $0 - $0 / 50 }
    guard let file = needed.flatMap({ width in files.first { $0.width >= width } }) ?? files.last else {
      return []
    }
    // A query names a version of the file it stood behind; a fragment can be what a stylesheet selects by.
    let url = link.url(of: file.path) + (purpose == .standalone ? "" : link.tail)
    let isAttribute =
      post.dialect == .page && reference.kind != .css && reference.field != Reference.linkedData
    return [Edit(range: reference.urlRange, text: isAttribute ? PageText.encoded(url) : url)]
  }

  /// The chosen format, or the fallback there is: each kind of image has either JPEG or PNG.
  private func srcsetFormat(_ image: ResponsiveImage) -> ImageFormat {
    if image.candidates[options.srcsetFormat] != nil { return options.srcsetFormat }
    if image.candidates[.jpeg] != nil { return .jpeg }
    // An animation has no other candidates than animated WebP, whatever the chosen format.
    return image.isAnimated ? .webp : .png
  }

  /// A preload must ask for what the page will show: the candidates of the image it announces, or the file that
  /// takes a background's place.
  private func preloadEdits(
    _ reference: Reference, variants: [Variant], link: LinkForm, in post: Post, among references: [Reference],
    bytes: Data
  ) -> [Edit] {
    guard reference.attributes["imagesrcset"] == nil, let source = reference.source.flatMap({ sources[$0] })
    else {
      return []
    }
    let same = references.filter { $0.source == reference.source }
    if let shown = same.first(where: {
      $0.kind == .htmlImage && $0.obstacle == nil && $0.page?.sizeReason == nil
    }) {
      let image = ResponsiveImage(
        reference: shown, crop: shown.imageOverride?.crop, source: source, variants: variants, link: link,
        role: ImageRole(of: shown, index: 0, in: .page), options: options,
        slots: options.slots(for: shown, in: post))
      let form = shown.form(in: post, preferring: options.markup, avoidsPicture: options.avoidsPicture)
      guard let text = PageMarkup.preload(image, isAround: form == .aroundTag, format: srcsetFormat(image))
      else {
        return []
      }
      let end = Self.attributeEnd(of: reference.range, in: bytes)
      let attributes = Edit(range: ByteRange(end, end), text: text)
      guard let file = shownFile(shown, image, variants) else { return [attributes] }
      return [attributes, Edit(range: reference.urlRange, text: link.url(of: file.path) + link.tail)]
    }
    guard
      same.contains(where: { $0.replacement == .sameSize || $0.page?.sizeReason != nil && $0.obstacle == nil }
      )
    else {
      return []
    }
    return urlEdit(reference, link: link, purpose: .sameSize, variants: variants, in: post)
  }

  /// The format and file of the `<img>` in a `<picture>`: the widest JPEG or PNG, or another file where there is none:
  /// the author's own where no variant of it was smaller.
  private func fallback(
    of image: ResponsiveImage, file: String, link: LinkForm
  ) -> (format: ImageFormat, url: String) {
    let format: ImageFormat = image.candidates[.jpeg] != nil ? .jpeg : .png
    let widest = image.variants.last { $0.format == format }
    return (format, link.url(of: widest?.path ?? file) + link.tail)
  }

  /// Where a further attribute goes into a tag: before `>`, or before `/>` where that `/` closes the tag. In
  /// `<img src=x/>` the `/` is part of the value.
  static func attributeEnd(of tag: ByteRange, in bytes: Data) -> Int {
    var end = tag.end - 1
    func byte(_ offset: Int) -> UInt8? {
      offset > tag.start ? bytes[bytes.startIndex + offset] : nil
    }
    if byte(end - 1) == UInt8(ascii: "/"), let before = byte(end - 2), !isUnquotedValue(before) { end -= 1 }
    while let before = byte(end - 1), isSpace(before) { end -= 1 }
    return end
  }

  /// Where the value of a tag's `style` attribute begins; nil where it is not in quotes.
  private static func styleStart(of tag: ByteRange, in bytes: Data) -> Int? {
    let text = bytes[bytes.startIndex + tag.start..<bytes.startIndex + tag.end]
    guard let source = String(validating: text, as: UTF8.self),
      let match = source.firstMatch(of: /\sstyle\s*=\s*["']/.ignoresCase()),
      !source[match.range.upperBound...].contains(/\sstyle\s*=/.ignoresCase())
    else { return nil }
    return tag.start + source[..<match.range.upperBound].utf8.count
  }

  private static func isUnquotedValue(_ byte: UInt8) -> Bool {
    !isSpace(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The last look before an edit: does the range hold what the scanner said it holds?
  private func isSound(_ reference: Reference, in bytes: Data) -> Bool {
    guard reference.range.start >= 0, reference.range.end <= bytes.count, reference.range.count > 0 else {
      return false
    }
    let text = bytes[bytes.startIndex + reference.range.start..<bytes.startIndex + reference.range.end]
    switch reference.kind {
    case .markdownInline: return text.starts(with: Data("![".utf8)) && text.last == UInt8(ascii: ")")
    case .markdownReference: return text.starts(with: Data("![".utf8)) && text.last == UInt8(ascii: "]")
    case .htmlImage:
      guard reference.imageOverride?.crop == nil || isSoundURL(reference, in: bytes) else { return false }
      let start = text.prefix(4).map { $0 | 0x20 }
      let isImage = ["<img", "<ima", "<amp"].contains { start == Array($0.utf8) }
      return isImage && text.last == UInt8(ascii: ">")
    case .css, .frontMatter, .markup, .metaImage, .templateTag, .videoPoster:
      return isSoundURL(reference, in: bytes)
    case .preload: return text.first == UInt8(ascii: "<") && text.last == UInt8(ascii: ">")
    case .htmlSource: return reference.page?.sizeReason != nil && isSoundURL(reference, in: bytes)
    }
  }

  private func isSoundURL(_ reference: Reference, in bytes: Data) -> Bool {
    let range = reference.urlRange
    guard range.start >= 0, range.end <= bytes.count else { return false }
    let written = bytes[bytes.startIndex + range.start..<bytes.startIndex + range.end]
    // The URL of an HTML attribute is decoded, and `&` is what its writers encode; in JSON, `/` is.
    let text = String(decoding: written, as: UTF8.self)
    return
      (reference.field == Reference.linkedData
      ? text.replacingOccurrences(of: "\\/", with: "/") : text.replacingOccurrences(of: "&amp;", with: "&"))
      == reference.url
  }
}
