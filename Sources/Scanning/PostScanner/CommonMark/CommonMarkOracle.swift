import AssetModel
import CCmarkGFM
import Foundation

/// cmark-gfm as the oracle of which candidates of a post are images, and of their URLs and texts.
///
/// Its URLs, alternative texts and titles are used; its source positions, which are often wrong, are not.
struct CommonMarkOracle {
  /// How a page shows a candidate.
  enum Rendering {
    /// A Markdown image; the definition is the number of its token.
    case image(url: [UInt8], definition: Int?, title: String, alt: String)
    /// A tag of raw HTML, by the names and values of its attributes.
    case tag([(name: String, value: [UInt8]?)])
  }

  /// The oracle's verdict on one candidate.
  struct Verdict {
    var rendering: Rendering
    /// What surrounds it on the page.
    var contexts: Set<Reference.Context>
  }

  private let tokens: CommonMarkTokenReader
  private var html = HTMLStream()
  private var verdicts: [Int: Verdict] = [:]
  /// Of Markdown's own constructs, the open ones that matter.
  private var open: [Reference.Context] = []
  private var imageDepth = 0
  private var image: (url: [UInt8], title: [UInt8], alt: [UInt8])?

  /// Says which tokens of a text are on images, by number.
  static func judge(_ text: [UInt8], prefix: String) -> [Int: Verdict] {
    var judge = CommonMarkOracle(tokens: CommonMarkTokenReader(prefix: prefix))
    let options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES
    let root = text.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      buffer.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { return nil }
        return cmark_parse_document(start, text.count, options)
      }
    }
    guard let root else { return [:] }
    defer { cmark_node_free(root) }
    judge.walk(root)
    return judge.verdicts
  }

  private init(tokens: CommonMarkTokenReader) { self.tokens = tokens }

  private mutating func walk(_ root: OpaquePointer) {
    guard let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard let node = cmark_iter_get_node(iterator) else { continue }
      let isEntry = event == CMARK_EVENT_ENTER
      switch cmark_node_get_type(node) {
      case CMARK_NODE_HEADING: mark(.heading, isEntry)
      case CMARK_NODE_LINK: mark(.link, isEntry)
      case CMARK_NODE_IMAGE: isEntry ? enterImage(node) : leaveImage()
      case CMARK_NODE_TEXT, CMARK_NODE_CODE:
        if imageDepth > 0 { image?.alt += Self.bytes(cmark_node_get_literal(node)) }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
        if imageDepth > 0 { image?.alt.append(.newline) }
      case CMARK_NODE_HTML_INLINE:
        if imageDepth == 0 { read(Self.bytes(cmark_node_get_literal(node)), isBlock: false) }
      case CMARK_NODE_HTML_BLOCK: read(Self.bytes(cmark_node_get_literal(node)), isBlock: true)
      default: break
      }
    }
  }

  private mutating func mark(_ context: Reference.Context, _ isEntry: Bool) {
    if isEntry { open.append(context) } else { open.removeLast() }
  }

  private mutating func enterImage(_ node: OpaquePointer) {
    imageDepth += 1
    guard imageDepth == 1 else { return }
    image = (Self.bytes(cmark_node_get_url(node)), Self.bytes(cmark_node_get_title(node)), [])
  }

  private mutating func leaveImage() {
    imageDepth -= 1
    guard imageDepth == 0, let image else { return }
    self.image = nil
    guard !html.isHidden, let token = tokens.token(image.alt, at: 0), token.mark == UInt8(ascii: "e") else {
      return
    }
    let url = tokens.strip(image.url)
    verdicts[token.index] = Verdict(
      rendering: .image(
        url: url.bytes,
        definition: url.definition,
        title: String(decoding: tokens.strip(image.title).bytes, as: UTF8.self),
        alt: String(decoding: tokens.strip(image.alt).bytes, as: UTF8.self)
      ),
      contexts: html.contexts.union(open)
    )
  }

  private mutating func read(_ literal: [UInt8], isBlock: Bool) {
    for match in html.read(literal) {
      guard let index = number(of: match.tag) else { continue }
      var around = match.contexts.union(open)
      if isBlock { around.insert(.rawHTML) }
      let attributes = match.tag.attributes.compactMap { attribute -> (name: String, value: [UInt8]?)? in
        let name = Array(attribute.name.utf8)
        guard tokens.token(name, at: 0) == nil else { return nil }
        let value = attribute.value.map { tokens.strip(Array(literal[$0])).bytes }
        return (String(decoding: tokens.strip(name).bytes, as: UTF8.self), value)
      }
      verdicts[index] = Verdict(rendering: .tag(attributes), contexts: around)
    }
  }

  private func number(of tag: HTMLTag) -> Int? {
    guard let name = tag.attributes.first?.name,
      let token = tokens.token(Array(name.utf8), at: 0), token.mark == UInt8(ascii: "h")
    else { return nil }
    return token.index
  }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    let count = strlen(text)
    return text.withMemoryRebound(to: UInt8.self, capacity: count) {
      Array(UnsafeBufferPointer(start: $0, count: count))
    }
  }
}

/// The raw HTML of a page as a browser meets it: in pieces with rendered Markdown between them, which elements,
/// scripts and comments reach across.
struct HTMLStream {
  private var open = OpenElements()
  /// The element whose content is text, while its end tag is looked for.
  private var textElement: String?
  private var inComment = false

  /// Whether what comes next shows nothing.
  var isHidden: Bool { open.hidden > 0 || textElement != nil || inComment }
  /// What surrounds what comes next.
  var contexts: Set<Reference.Context> { open.contexts }

  /// Reads a piece: the tags in it that may hold references.
  mutating func read(_ bytes: [UInt8]) -> [HTMLScanner.Match] {
    var matches: [HTMLScanner.Match] = []
    var ends = HTMLEndFinder()
    var tags = BrowserTags(bytes)
    var position = 0
    if inComment {
      guard let end = bytes.find("-->", from: 0) else { return [] }
      inComment = false
      position = end + 3
    }
    if let name = textElement {
      guard let end = ends.endTag(bytes, name: name, from: position)?.end else { return [] }
      textElement = nil
      position = end
    }
    while let start = bytes.find(.less, from: position) {
      if bytes.has("<!--", at: start) {
        guard let end = ends.comment(bytes, from: start + 4) else {
          inComment = true
          return matches
        }
        position = end
      } else if bytes.has("<!", at: start) || bytes.has("<?", at: start) {
        position = bytes.find(.greater, from: start).map { $0 + 1 } ?? bytes.count
      } else if let tag = tags.endTag(bytes, at: start) {
        open.close(tag.name)
        position = tag.end
      } else if let tag = tags.tag(bytes, at: start) {
        position = tag.range.upperBound
        if HTMLVocabulary.text.contains(tag.name) {
          guard let end = ends.endTag(bytes, name: tag.name, from: position)?.end else {
            textElement = tag.name
            return matches
          }
          position = end
        } else {
          if open.hidden == 0, HTMLReferences.mayHold(tag) {
            matches.append(HTMLScanner.Match(tag: tag, contexts: open.contexts))
          }
          if !HTMLVocabulary.void.contains(tag.name) { open.push(tag.name) }
        }
      } else {
        position = start + 1
      }
    }
    return matches
  }
}
