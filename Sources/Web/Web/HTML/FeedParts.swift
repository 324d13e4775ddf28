import Foundation

/// A feed as the run of markup and texts that it is: Atom and RSS, or a JSON feed.
struct FeedParts: Sendable {
  /// One part of a feed.
  enum Part: Hashable, Sendable {
    /// A tag, or the name of a member.
    case markup(String)
    /// What stands between two tags, with its escapes undone.
    case text(String)
  }

  /// In the order of the feed.
  private(set) var parts: [Part] = []

  /// Reads a feed.
  ///
  /// - Returns: nil for a text that is none: XML with another root (a sitemap), JSON that does not say that it is a feed.
  init?(_ bytes: Data) {
    if let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") {
      guard bytes.range(of: Data("jsonfeed.org".utf8)) != nil,
        let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any],
        (object["version"] as? String)?.contains("jsonfeed.org") == true
      else { return nil }
      add(json: object)
      return
    }
    readXML(Array(bytes))
    guard parts.contains(where: { Self.element($0) != nil }) else { return nil }
  }

  private static func element(_ part: Part) -> String? {
    guard case .markup(let tag) = part, !tag.hasPrefix("<?"), !tag.hasPrefix("<!") else { return nil }
    return tag.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }.lowercased()
  }

  private mutating func add(json value: Any) {
    switch value {
    case let object as [String: Any]:
      for name in object.keys.sorted() {
        parts.append(.markup(name))
        object[name].map { add(json: $0) }
      }
    case let list as [Any]: for element in list { add(json: element) }
    default: parts.append(.text("\(value)"))
    }
  }

  // MARK: XML

  private static let roots: Set<String> = ["rss", "feed", "rdf:rdf"]

  private mutating func readXML(_ bytes: [UInt8]) {
    var index = bytes.startIndex
    var text = ""
    var hasRoot = false
    func end(_ mark: String) -> Int {
      let wanted = Array(mark.utf8)
      var start = index
      while start + wanted.count <= bytes.count {
        if bytes[start..<(start + wanted.count)].elementsEqual(wanted) { return start }
        start += 1
      }
      return bytes.count
    }
    while index < bytes.count {
      let rest = bytes[index...]
      if rest.starts(with: Array("<![CDATA[".utf8)) {
        let close = end("]]>")
        text += String(decoding: bytes[min(index + 9, close)..<close], as: UTF8.self)
        index = min(close + 3, bytes.count)
      } else if rest.starts(with: Array("<!--".utf8)) {
        index = min(end("-->") + 3, bytes.count)
      } else if bytes[index] == UInt8(ascii: "<") {
        let close = min(end(">") + 1, bytes.count)
        add(text: &text)
        parts.append(.markup(String(decoding: bytes[index..<close], as: UTF8.self)))
        if !hasRoot, let root = parts.last.flatMap(Self.element) {
          guard Self.roots.contains(root) else { return parts = [] }
          hasRoot = true
        }
        // XHTML stands in a feed as markup of its own, which is read as one text.
        index = close
        if case .markup(let tag) = parts.last, tag.contains(#"type="xhtml""#), !tag.hasSuffix("/>") {
          let close = end("</" + (Self.element(.markup(tag)) ?? ""))
          text = String(decoding: bytes[index..<close], as: UTF8.self)
          index = close
        }
      } else {
        let close = end("<")
        text += Self.unescaped(String(decoding: bytes[index..<close], as: UTF8.self))
        index = close
      }
    }
    add(text: &text)
  }

  private mutating func add(text: inout String) {
    if text.contains(where: { !$0.isWhitespace }) { parts.append(.text(text)) }
    text = ""
  }

  /// The escapes of XML undone. Those of a page that is a text of the feed stay, but for one `&amp;` around each.
  private static func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var out = text
    for (escape, character) in escapes { out = out.replacing(escape, with: character) }
    return out.replacing("&amp;", with: "&")
  }

  private static let escapes = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&apos;", "'"), ("&#39;", "'"),
    ("&#x2F;", "/"), ("&#x27;", "'"), ("&#43;", "+"),
  ]
}
