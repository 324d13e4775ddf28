import AssetModel
import CCmarkGFM
import Foundation

/// cmark-gfm as the oracle of what is an image.
///
/// It gets text in which every candidate carries a token, and reports which tokens are on an image, and inside which
/// elements. Its source positions are never used: they are wrong in one case of five.
enum CmarkOracle {
  /// What the oracle says of one token.
  struct Verdict {
    /// The heading, the link, the table row that the image is in.
    var contexts: Set<Reference.Context> = []
  }

  /// A prefix for tokens that does not occur in the text.
  static func tokenPrefix(for bytes: [UInt8]) -> String {
    // Letters only: no dialect gives them a meaning. A post that holds all of these is given the last.
    for prefix in ["zq", "qzx", "xqzv", "vzqxj"] {
      let needle = Array(prefix.utf8)
      if !contains(bytes, needle) { return prefix }
    }
    return "jvzqxwq"
  }

  private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
    guard let first = needle.first, bytes.count >= needle.count else { return false }
    var i = 0
    while let start = bytes.find(first, from: i), start + needle.count <= bytes.count {
      if bytes[start..<(start + needle.count)].elementsEqual(needle) { return true }
      i = start + 1
    }
    return false
  }

  /// The token of a candidate.
  static func token(_ prefix: String, _ index: Int) -> [UInt8] { Array("\(prefix)\(index)e".utf8) }

  /// Renders Markdown and says which tokens are on images.
  ///
  /// - Parameters:
  ///   - markdown: text in which candidate `i` is `![` + token + … for a Markdown image, or carries the token as
  ///     an attribute's name for an HTML tag.
  ///   - prefix: the tokens' prefix.
  /// - Returns: a verdict for the index of each token that is on an image.
  static func judge(_ markdown: [UInt8], prefix: String) -> [Int: Verdict] {
    var verdicts: [Int: Verdict] = [:]
    let options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES
    let root = markdown.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      buffer.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { return nil }
        return cmark_parse_document(start, text.count, options)
      }
    }
    guard let root, let iterator = cmark_iter_new(root) else { return verdicts }
    defer {
      cmark_iter_free(iterator)
      cmark_node_free(root)
    }
    var open: [Reference.Context] = []
    let needle = Array(prefix.utf8)
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard let node = cmark_iter_get_node(iterator) else { continue }
      let type = cmark_node_get_type(node)
      let isEntry = event == CMARK_EVENT_ENTER
      if let context = Self.context(of: type) {
        if isEntry { open.append(context) } else { open.removeLast() }
      } else if isEntry, type == CMARK_NODE_IMAGE {
        guard let text = firstText(of: node), let index = read(text, needle, at: 0) else { continue }
        verdicts[index] = Verdict(contexts: Set(open))
      } else if isEntry, type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK {
        guard let literal = cmark_node_get_literal(node) else { continue }
        let html = Array(
          UnsafeBufferPointer(start: literal, count: strlen(literal)).map(UInt8.init(bitPattern:))
        )
        var contexts = Set(open)
        if type == CMARK_NODE_HTML_BLOCK { contexts.insert(.rawHTML) }
        for match in HTMLScanner.tags(in: html) {
          for attribute in match.tag.attributes {
            if let index = read(Array(attribute.name.utf8), needle, at: 0) {
              verdicts[index] = Verdict(contexts: contexts.union(match.contexts))
            }
          }
        }
      }
    }
    return verdicts
  }

  /// The text of a named character reference, from cmark's own table of HTML's 2,125 names.
  static func namedEntity(_ name: String) -> String? {
    guard name.utf8.allSatisfy({ $0.isLetter || $0.isDigit }) else { return nil }
    let source = "&\(name);"
    guard let root = cmark_parse_document(source, source.utf8.count, CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_node_free(root) }
    guard let paragraph = cmark_node_first_child(root), let text = cmark_node_first_child(paragraph),
      cmark_node_get_type(text) == CMARK_NODE_TEXT, let literal = cmark_node_get_literal(text)
    else { return nil }
    let decoded = String(cString: literal)
    return decoded.hasPrefix("&") ? nil : decoded
  }

  private static func context(of type: cmark_node_type) -> Reference.Context? {
    if type == CMARK_NODE_HEADING { return .heading }
    if type == CMARK_NODE_LINK { return .link }
    return nil
  }

  private static func firstText(of node: OpaquePointer) -> [UInt8]? {
    guard let child = cmark_node_first_child(node), cmark_node_get_type(child) == CMARK_NODE_TEXT,
      let literal = cmark_node_get_literal(child)
    else { return nil }
    return UnsafeBufferPointer(start: literal, count: strlen(literal)).map(UInt8.init(bitPattern:))
  }

  /// The index of the token at `position`.
  private static func read(_ bytes: [UInt8], _ prefix: [UInt8], at position: Int) -> Int? {
    let start = position + prefix.count
    guard bytes.count > start, bytes[position..<start].elementsEqual(prefix) else { return nil }
    var i = start
    var index = 0
    while i < bytes.count, bytes[i].isDigit, i - start < 9 {
      index = index * 10 + Int(bytes[i] - UInt8(ascii: "0"))
      i += 1
    }
    return i > start && i < bytes.count && bytes[i] == UInt8(ascii: "e") ? index : nil
  }
}
