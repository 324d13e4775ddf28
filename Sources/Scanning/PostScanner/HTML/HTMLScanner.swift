import AssetModel
import Web

/// Finds the start tags of HTML that a browser would act on: not those in comments, scripts, styles, templates and
/// the like.
struct HTMLScanner {
  /// A start tag and what surrounds it.
  struct Match {
    var tag: HTMLTag
    var contexts: Set<Reference.Context>
  }

  /// The tags of a text that may hold references, in order.
  static func tags(in bytes: [UInt8]) -> [Match] {
    var matches: [Match] = []
    var open = OpenElements()
    var ends = HTMLEndFinder()
    var tags = BrowserTags(bytes)
    var position = 0
    while let start = bytes.find(.less, from: position) {
      if bytes.has("<!--", at: start) {
        position = ends.comment(bytes, from: start + 4) ?? bytes.count
      } else if bytes.has("<!", at: start) || bytes.has("<?", at: start) {
        position = bytes.find(.greater, from: start).map { $0 + 1 } ?? bytes.count
      } else if let tag = tags.endTag(bytes, at: start) {
        open.close(tag.name)
        position = tag.end
      } else if let tag = tags.tag(bytes, at: start) {
        position = tag.range.upperBound
        if HTMLVocabulary.text.contains(tag.name) {
          position = ends.endTag(bytes, name: tag.name, from: position)?.end ?? bytes.count
        } else {
          if open.hidden == 0, HTMLReferences.mayHold(tag) {
            matches.append(Match(tag: tag, contexts: open.contexts))
          }
          if !HTMLVocabulary.void.contains(tag.name) { open.push(tag.name) }
        }
      } else if start + 1 < bytes.count, bytes[start + 1].isLetter || bytes[start + 1] == .slash {
        // A tag that the text ends in: a browser drops the rest.
        break
      } else {
        position = start + 1
      }
    }
    return matches
  }
}

/// Reads start tags as a browser does, from a text in which many may have no end.
///
/// A tag without an end is looked for up to the end of the text, so a text of `<a <a <a` would cost the square of its
/// length. After some such searches tags are no longer read: the text is no page.
struct BrowserTags {
  private var budget: SearchBudget

  init(_ bytes: [UInt8]) { budget = SearchBudget(bytes) }

  /// The start tag at a position where `<` stands.
  mutating func tag(_ bytes: [UInt8], at position: Int) -> HTMLTag? {
    guard position + 1 < bytes.count, bytes[position + 1].isLetter else { return nil }
    return budget.find(from: position, to: bytes.count) {
      HTMLTag(bytes, at: position, grammar: .browser)
    }
  }

  /// The end tag at a position where `<` stands: its name in small letters and the position behind it.
  mutating func endTag(_ bytes: [UInt8], at position: Int) -> (name: String, end: Int)? {
    guard bytes.has("</", at: position), position + 2 < bytes.count, bytes[position + 2].isLetter else {
      return nil
    }
    return budget.find(from: position, to: bytes.count) {
      HTMLTag.endTag(bytes, at: position, grammar: .browser)
    }
  }
}

/// The references that an HTML tag makes.
enum HTMLReferences {
  /// Bytes of a tag, for each of its candidates once: each tells what the whole tag says.
  private static let mostRepeated = 64_000_000

  /// Whether a tag is of a kind that shows images.
  static func mayHold(_ tag: HTMLTag) -> Bool {
    switch tag.name {
    case "img", "image", "source", "video": true
    default: false
    }
  }

  /// The references of a tag, in the order of its attributes.
  ///
  /// - Parameters:
  ///   - tag: the tag.
  ///   - text: the text that contains it.
  ///   - file: the post's bytes, for what the author wrote where a mask stands in `text`.
  ///   - contexts: what surrounds the tag.
  static func candidates(
    _ tag: HTMLTag,
    in text: SourceText,
    file: [UInt8],
    contexts: Set<Reference.Context>
  ) -> [Candidate] {
    var attributes: [String: String] = [:]
    for attribute in tag.attributes where attributes[attribute.name] == nil {
      attributes[attribute.name] = attribute.value.map { Entities.decode(text.written($0, in: file)) } ?? ""
    }
    // Descriptors may be template code, so that each URL counts whatever stands behind it.
    let items =
      tag.name == "video"
      ? [] : tag.attribute("srcset")?.value.map { SourceSetSyntax.items(in: text.bytes, $0) } ?? []
    let isOversized = items.count * tag.range.count > mostRepeated
    func candidate(_ kind: Reference.Kind, _ url: Range<Int>) -> Candidate {
      Candidate(
        kind: kind,
        range: text.fileRange(tag.range),
        urlRange: text.fileRange(url),
        url: text.written(url, in: file),
        alt: kind == .videoPoster ? nil : attributes["alt"],
        title: attributes["title"],
        attributes: attributes,
        contexts: contexts,
        keptBecause: isOversized ? "it has more candidates than are read" : nil
      )
    }
    var candidates: [Candidate] = []
    switch tag.name {
    case "video":
      if let poster = tag.attribute("poster")?.value { candidates.append(candidate(.videoPoster, poster)) }
    case "img", "image":
      if let source = tag.attribute("src")?.value { candidates.append(candidate(.htmlImage, source)) }
      fallthrough
    default:
      if !isOversized { candidates += items.map { candidate(.htmlSource, $0.url) } }
    }
    return candidates
  }
}
