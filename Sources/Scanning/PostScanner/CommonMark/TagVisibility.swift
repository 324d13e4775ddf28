import CCmarkGFM
import Foundation

/// Decides which parts of a Markdown text are shown as text, and not as code or not at all.
enum TagVisibility {
  /// The indices of the tags that stand outside code and comments.
  ///
  /// - Parameters:
  ///   - tags: the tags' ranges, in order.
  ///   - masked: the file with template code masked.
  ///   - body: the Markdown in it.
  ///   - prefix: letters that the text does not hold.
  static func visible(_ tags: [Range<Int>], _ masked: [UInt8], _ body: Range<Int>, prefix: String) -> Set<Int>
  {
    var text: [UInt8] = []
    text.reserveCapacity(body.count)
    var at = body.lowerBound
    for (index, tag) in tags.enumerated() where tag.lowerBound >= at {
      text += masked[at..<tag.lowerBound].filter { $0 != .removed }
      text += CmarkOracle.token(prefix, index)
      at = tag.upperBound
    }
    text += masked[at..<body.upperBound].filter { $0 != .removed }
    return read(text, Array(prefix.utf8))
  }

  private static func read(_ markdown: [UInt8], _ prefix: [UInt8]) -> Set<Int> {
    var visible: Set<Int> = []
    let root = markdown.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      buffer.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { return nil }
        return cmark_parse_document(start, text.count, CMARK_OPT_UNSAFE)
      }
    }
    guard let root, let iterator = cmark_iter_new(root) else { return visible }
    defer {
      cmark_iter_free(iterator)
      cmark_node_free(root)
    }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
      let type = cmark_node_get_type(node)
      let isHTML = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE
      guard isHTML || type == CMARK_NODE_TEXT, let literal = cmark_node_get_literal(node) else { continue }
      let bytes = UnsafeBufferPointer(start: literal, count: strlen(literal)).map(UInt8.init(bitPattern:))
      collect(bytes, prefix, isHTML: isHTML, &visible)
    }
    return visible
  }

  private static func collect(_ bytes: [UInt8], _ prefix: [UInt8], isHTML: Bool, _ visible: inout Set<Int>) {
    guard let first = prefix.first else { return }
    var at = 0
    // The next comment, as long as it lies ahead.
    var comment = -1
    while let start = bytes.find(first, from: at) {
      if isHTML, comment < at { comment = bytes.find("<!--", from: at) ?? bytes.count }
      if isHTML, comment < start {
        at = bytes.find("-->", from: comment + 4).map { $0 + 3 } ?? bytes.count
        continue
      }
      at = start + 1
      guard bytes.count >= start + prefix.count, bytes[start..<start + prefix.count].elementsEqual(prefix)
      else {
        continue
      }
      var i = start + prefix.count
      var index = 0
      while i < bytes.count, bytes[i].isDigit, i - start < 12 {
        index = index * 10 + Int(bytes[i] - UInt8(ascii: "0"))
        i += 1
      }
      if i < bytes.count, bytes[i] == UInt8(ascii: "e") { visible.insert(index) }
    }
  }
}
