import AssetModel
import Foundation

/// What the candidates that a generator wrote gain: further ones in their lists, and a `<source>` for each format that is not
/// there.
struct GroupEdits {
  let group: CandidateGroup
  let sources: [String: Source]
  /// By the digest of their source.
  let variants: [String: [Variant]]
  let options: RewriteOptions
  let bytes: Data

  /// The edits of the group, one stretch of the page; empty where nothing is to be gained.
  func edits(image: (Reference) -> ResponsiveImage?) -> [Edit] {
    let wishes = group.wishes(
      sources, widths: options.widths, markup: options.markup, srcsetFormat: options.srcsetFormat,
      folder: options.folder)
    var edits: [Edit] = []
    var added = ""
    for wish in wishes {
      let files = files(for: wish)
      guard !files.isEmpty else { continue }
      if let index = wish.list {
        edits += listEdits(group.lists[index], files, wish, image)
      } else {
        added += newSource(files, wish, image)
      }
    }
    return edits + sourceEdits(added)
  }

  /// The files of a wish, each with the width that was asked for.
  private func files(for wish: CandidateGroup.Wish) -> [Variant] {
    let all = (variants[wish.source.sha256] ?? []).filter {
      $0.purpose == .responsive && $0.crop == nil && $0.format == wish.format
    }
    // Whole pixels can make a rung up to 2 % narrower.
    return wish.widths.compactMap { width in
      all.first { $0.width <= width && Double($0.width) >= 0.975 * Double(width) }
    }
  }

  // MARK: Lists

  private func listEdits(
    _ list: CandidateGroup.List, _ files: [Variant], _ wish: CandidateGroup.Wish,
    _ image: (Reference) -> ResponsiveImage?
  ) -> [Edit] {
    guard let link = list.candidates.lazy.compactMap(\.link).first, isSound(list) else { return [] }
    let new = files.map { "\(PageText.candidateURL(link.url(of: $0.path))) \($0.width)w" }
    if list.isSingle { return singleEdits(list, new, image) }
    if wish.replaces { return replacing(list, files, new) }
    let text = PageText.encoded(new.joined(separator: ", "))
    return [insertion(of: ", " + text, in: list)]
  }

  /// Adds to a list, behind its last candidate.
  private func insertion(of text: String, in list: CandidateGroup.List) -> Edit {
    var end = list.range.end
    while end > list.range.start, let last = byte(end - 1), last == UInt8(ascii: ",") || last <= 0x20 {
      end -= 1
    }
    return Edit(range: ByteRange(end, end), text: text)
  }

  /// New files in place of those of the same width that have more bytes.
  private func replacing(_ list: CandidateGroup.List, _ files: [Variant], _ new: [String]) -> [Edit] {
    let remaining = list.candidates.filter { candidate in
      let source = candidate.source.flatMap { sources[$0] }
      let width = CandidateGroup.width(of: candidate, source) ?? 0
      return !files.contains { file in
        let isNear = Double(abs(file.width - width)) < 0.13 * Double(max(file.width, width))
        return isNear && Double(file.bytes) < 0.95 * Double(source?.bytes ?? 0)
      }
    }
    let isWider = remaining.map { ($0.page?.width ?? 0, "\($0.url) \($0.page?.width ?? 0)w") }
    let near = { (width: Int) in
      remaining.contains {
        Double(abs(($0.page?.width ?? 0) - width)) < 0.13 * Double(max($0.page?.width ?? 0, width))
      }
    }
    let chosen = zip(files, new).filter { !near($0.0.width) }.map { ($0.0.width, $0.1) }
    guard !chosen.isEmpty else { return [] }
    let all = (isWider + chosen).sorted { $0.0 < $1.0 }.map(\.1).joined(separator: ", ")
    return [Edit(range: list.range, text: PageText.encoded(all))]
  }

  /// One file without a size becomes one of several, which say theirs.
  private func singleEdits(
    _ list: CandidateGroup.List, _ new: [String], _ image: (Reference) -> ResponsiveImage?
  ) -> [Edit] {
    guard let candidate = list.candidates.first, let width = candidate.source.flatMap({ sources[$0] })?.width,
      let sizes = sizes(image)
    else { return [] }
    let all = new + ["\(candidate.url) \(width)w"]
    var edits = [Edit(range: list.range, text: PageText.encoded(all.joined(separator: ", ")))]
    if list.attributes["sizes"] == nil {
      let end = PostRewriter.attributeEnd(of: list.tag, in: bytes)
      edits.append(Edit(range: ByteRange(end, end), text: " " + PageText.attribute("sizes", sizes)))
    }
    return edits
  }

  private func sizes(_ image: (Reference) -> ResponsiveImage?) -> String? {
    guard let shown = group.image else { return nil }
    return shown.attributes["sizes"] ?? image(shown)?.sizes
  }

  // MARK: Sources

  private func newSource(
    _ files: [Variant], _ wish: CandidateGroup.Wish, _ image: (Reference) -> ResponsiveImage?
  ) -> String {
    // Browsers take the first type that they know: a list of it without the widest file would leave large screens with less.
    guard let list = group.lists.first, let link = list.candidates.lazy.compactMap(\.link).first,
      let widest = files.map(\.width).max(), let wanted = wish.widths.max(),
      Double(wanted) <= Double(widest) * 1.03
    else { return "" }
    let srcset = files.map { "\(PageText.candidateURL(link.url(of: $0.path))) \($0.width)w" }.joined(
      separator: ", ")
    var attributes = [
      PageText.attribute("type", wish.format.mediaType), PageText.attribute("srcset", srcset),
    ]
    let authorSizes = list.attributes["sizes"] ?? group.image?.attributes["sizes"]
    // Without the attribute browsers take the window for the slot, and go on doing so.
    if let sizes = authorSizes ?? (list.isSingle ? sizes(image) : nil) {
      attributes.append(PageText.attribute("sizes", sizes))
    }
    return "<source \(attributes.joined(separator: " "))>"
  }

  /// Puts elements before the first of the group, with a `<picture>` around where there is none.
  private func sourceEdits(_ added: String) -> [Edit] {
    guard !added.isEmpty, let image = group.image, isTag(image.range) else { return [] }
    guard group.isInPicture else {
      return [
        Edit(range: ByteRange(image.range.start, image.range.start), text: "<picture>" + added),
        Edit(range: ByteRange(image.range.end, image.range.end), text: "</picture>"),
      ]
    }
    let first = min(group.lists.map(\.tag.start).min() ?? image.range.start, image.range.start)
    return [Edit(range: ByteRange(first, first), text: added)]
  }

  // MARK: The last look

  private func byte(_ offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[bytes.startIndex + offset] : nil
  }

  private func isTag(_ range: ByteRange) -> Bool {
    byte(range.start) == UInt8(ascii: "<") && byte(range.end - 1) == UInt8(ascii: ">")
  }

  /// Whether a list stands in quotes in a tag.
  private func isSound(_ list: CandidateGroup.List) -> Bool {
    guard isTag(list.tag), list.range.start > list.tag.start, list.range.end < list.tag.end,
      let quote = byte(list.range.start - 1), quote == byte(list.range.end)
    else { return false }
    return quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
  }
}
