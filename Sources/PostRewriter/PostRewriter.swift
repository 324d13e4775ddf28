import Foundation
import Manifest

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
    /// References left as they are although they could have been lighter, and why.
    package var problems: [Problem] = []
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
        Problem(
          .error, .postSkipped, file: post.path, message: "the file changed while the site was processed",
          advice: "run again")
      ]
      return result
    }
    let (edits, kept) = self.edits(in: post, bytes: bytes)
    result.problems = kept
    guard !edits.isEmpty else { return result }
    guard let rewritten = edits.applied(to: bytes) else {
      result.problems.append(
        Problem(
          .warning, .postSkipped, file: post.path, message: "left as it is: two image references overlap",
          advice: "separate the images on the lines that are listed for this post by scan"))
      return result
    }
    result.bytes = rewritten
    result.edited = edits.count
    return result
  }

  /// The edits of a post that is as it was scanned, and what is wrong with the references that get none.
  func edits(in post: Post, bytes: Data) -> (edits: [Edit], problems: [Problem]) {
    let places = (references[post.path] ?? []).sorted { $0.range.start < $1.range.start }
    var problems: [Problem] = []
    var images = 0
    var edits: [Edit] = []
    for place in places {
      let role = ImageRole(of: place, index: images, in: post.dialect)
      if place.isBodyImage, place.status != .data { images += 1 }
      guard place.status == .local,
        let edit = edit(for: place, in: post, role: role, among: places, bytes: bytes)
      else {
        continue
      }
      guard isSound(place, in: bytes) else {
        problems.append(
          Problem(
            .warning, .referenceKept, file: post.path, line: place.line, column: place.column,
            message: "left as it is: the bytes there do not look like an image reference"))
        continue
      }
      edits.append(edit)
    }
    // One definition can serve several reference-style images, and a field can be listed twice.
    return (Array(Set(edits)), problems)
  }

  private func edit(
    for place: Reference, in post: Post, role: ImageRole, among places: [Reference], bytes: Data
  ) -> Edit? {
    guard let link = place.link, let source = place.source.flatMap({ sources[$0] }) else { return nil }
    let made = variants[source.sha256] ?? []
    if let purpose = place.replacement { return urlEdit(place, link: link, purpose: purpose, variants: made) }
    if place.kind == .preload {
      return preloadEdit(place, variants: made, link: link, among: places, in: bytes)
    }
    guard let form = place.form(in: post, preferring: options.markup) else { return nil }
    // Candidates stand in raw HTML, which a generator may read otherwise than the place that they are for.
    let html = place.htmlLink ?? link
    let image = ResponsiveImage(
      reference: place, source: source, variants: made, link: html, role: role, options: options)
    switch form {
    case .attributeList:
      return MarkupWriter.attributeList(image, format: srcsetFormat(image)).map {
        Edit(range: ByteRange(place.range.end, place.range.end), text: $0)
      }
    case .tagAttributes:
      return MarkupWriter.tagAttributes(image, format: srcsetFormat(image)).map {
        let end = Self.attributeEnd(of: place.range, in: bytes)
        return Edit(range: ByteRange(end, end), text: $0)
      }
    case .commentPicture, .inlinePicture:
      guard !image.candidates.isEmpty else { return nil }
      let shown = fallback(of: image, source: source, variants: made, link: html)
      let picture = MarkupWriter.picture(image, reference: place, fallback: shown.format, source: shown.url)
      // An empty kramdown extension keeps the line from starting with a tag that would open a block.
      return replace(place, with: form == .commentPicture ? "{::comment/}" + picture : picture)
    case .inlineImage:
      let url = html.url(of: source.path) + html.tail
      return MarkupWriter.image(image, reference: place, format: srcsetFormat(image), source: url)
        .map { replace(place, with: $0) }
    case .destination: return urlEdit(place, link: link, purpose: .sameSize, variants: made)
    }
  }

  /// A Markdown image and the attribute lists behind it, replaced.
  private func replace(_ place: Reference, with text: String) -> Edit {
    Edit(range: ByteRange(place.range.start, place.attributeListRange?.end ?? place.range.end), text: text)
  }

  private func urlEdit(
    _ place: Reference, link: LinkForm, purpose: Variant.Purpose, variants: [Variant]
  ) -> Edit? {
    guard let file = variants.first(where: { $0.purpose == purpose }) else { return nil }
    // A query names a version of the file it stood behind; a fragment can be what a stylesheet selects by.
    return Edit(range: place.urlRange, text: link.url(of: file.path) + (purpose == .single ? "" : link.tail))
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
  private func preloadEdit(
    _ place: Reference, variants: [Variant], link: LinkForm, among places: [Reference], in bytes: Data
  ) -> Edit? {
    guard place.attributes["imagesrcset"] == nil, let source = place.source.flatMap({ sources[$0] }) else {
      return nil
    }
    let same = places.filter { $0.source == place.source }
    if let shown = same.first(where: { $0.kind == .htmlImage && $0.obstacle == nil }) {
      let image = ResponsiveImage(
        reference: shown, source: source, variants: variants, link: link,
        role: ImageRole(of: shown, index: 0, in: .page), options: options)
      guard let srcset = image.srcset(srcsetFormat(image)) else { return nil }
      let end = Self.attributeEnd(of: place.range, in: bytes)
      let sizes = shown.attributes["sizes"] ?? image.sizes
      return Edit(
        range: ByteRange(end, end),
        text: " " + AttributeText.attribute("imagesrcset", srcset) + " "
          + AttributeText.attribute("imagesizes", sizes))
    }
    guard same.contains(where: { $0.replacement == .sameSize }),
      let file = variants.first(where: { $0.purpose == .sameSize })
    else { return nil }
    return Edit(range: place.urlRange, text: link.url(of: file.path) + link.tail)
  }

  /// The format and file of the `<img>` in a `<picture>`: the widest JPEG or PNG, or the author's own file where no
  /// variant of it was smaller.
  private func fallback(
    of image: ResponsiveImage, source: Source, variants: [Variant], link: LinkForm
  ) -> (format: ImageFormat, url: String) {
    let format: ImageFormat = image.candidates[.jpeg] != nil ? .jpeg : .png
    let widest = variants.filter { $0.purpose == .responsive && $0.format == format }
      .max { $0.width < $1.width }
    return (format, link.url(of: widest?.path ?? source.path) + link.tail)
  }

  /// Where a further attribute goes into a tag: before `>`, or before `/>` where that `/` closes the tag. In
  /// `<img src=x/>` the `/` is part of the value.
  private static func attributeEnd(of tag: ByteRange, in bytes: Data) -> Int {
    var end = tag.end - 1
    func byte(_ offset: Int) -> UInt8? {
      offset > tag.start ? bytes[bytes.startIndex + offset] : nil
    }
    if byte(end - 1) == UInt8(ascii: "/"), let before = byte(end - 2), !isUnquotedValue(before) { end -= 1 }
    while let before = byte(end - 1), isSpace(before) { end -= 1 }
    return end
  }

  private static func isUnquotedValue(_ byte: UInt8) -> Bool {
    !isSpace(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The last look before an edit: does the range hold what the scanner said it holds?
  private func isSound(_ place: Reference, in bytes: Data) -> Bool {
    guard place.range.start >= 0, place.range.end <= bytes.count, place.range.count > 0 else { return false }
    let text = bytes[bytes.startIndex + place.range.start..<bytes.startIndex + place.range.end]
    switch place.kind {
    case .markdownInline: return text.starts(with: Data("![".utf8)) && text.last == UInt8(ascii: ")")
    case .markdownReference: return text.starts(with: Data("![".utf8)) && text.last == UInt8(ascii: "]")
    case .htmlImage:
      let start = text.prefix(4).map { $0 | 0x20 }
      return start == Array("<img".utf8) || start == Array("<ima".utf8)
        ? text.last == UInt8(ascii: ">") : false
    case .css, .frontMatter, .metaImage, .templateTag, .videoPoster:
      let range = place.urlRange
      guard range.start >= 0, range.end <= bytes.count else { return false }
      let written = bytes[bytes.startIndex + range.start..<bytes.startIndex + range.end]
      // The URL of an HTML attribute is decoded, and `&` is what its writers encode.
      return String(decoding: written, as: UTF8.self).replacingOccurrences(of: "&amp;", with: "&")
        == place.url
    case .preload: return text.first == UInt8(ascii: "<") && text.last == UInt8(ascii: ">")
    case .htmlSource: return false
    }
  }
}
