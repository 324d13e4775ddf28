import CGumbo
import Manifest

/// A built page as gumbo parses it: its elements in document order, each with the bytes it stands at.
///
/// gumbo's positions are byte offsets into the page and were found exact; those of elements that the parser made
/// up (a missing `<tbody>`) do not exist, and such elements are not listed.
package struct GumboPage {
  /// An element of the page.
  package struct Element {
    /// The tag's name in lower case. `<image>` is listed as `img`, which is what browsers make of it.
    package var name: String
    /// The start tag, `<` to `>`.
    package var range: ByteRange
    /// The attributes, in order, names in lower case.
    package var attributes: [Attribute]
    /// The text inside, for elements whose content is text (`<style>`).
    package var text: ByteRange?
    /// The names of the elements around it, outermost first.
    package var ancestors: [String]

    /// An attribute's value, decoded.
    package subscript(_ name: String) -> String? { attribute(name)?.value }

    /// An attribute by its name.
    package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
  }

  /// An attribute of an element.
  package struct Attribute {
    package var name: String
    /// The value with character references decoded.
    package var value: String
    /// The bytes of the value without its quotes; empty where there is none.
    package var range: ByteRange
  }

  /// The elements that hold nothing a page shows: what is in them is not listed.
  private static let hidden: Set<String> = [
    "script", "template", "noscript", "iframe", "noembed", "noframes",
  ]

  /// gumbo frees its tree by recursion. Pages nested deeper than this are not parsed: a Dispatch thread's stack of
  /// 512 KiB holds several thousand of its frames.
  static let deepestNesting = 1_500

  /// The page's elements, or nil where the page is nested too deeply to be parsed safely.
  package static func elements(of bytes: [UInt8]) -> [Element]? {
    guard nesting(of: bytes) <= deepestNesting else { return nil }
    return bytes.withUnsafeBufferPointer { buffer -> [Element] in
      guard let start = buffer.baseAddress else { return [] }
      return start.withMemoryRebound(to: CChar.self, capacity: buffer.count) { text in
        var options = kGumboDefaultOptions
        guard let output = gumbo_parse_with_options(&options, text, buffer.count) else { return [] }
        defer { gumbo_destroy_output(&options, output) }
        return Walk(text: text, count: buffer.count).elements(below: output.pointee.root)
      }
    }
  }

  /// An upper bound of how deeply elements nest: start tags that no end tag follows count for ever.
  private static func nesting(of bytes: [UInt8]) -> Int {
    var depth = 0
    var deepest = 0
    for i in bytes.indices.dropLast() where bytes[i] == UInt8(ascii: "<") {
      let next = bytes[i + 1]
      if next == UInt8(ascii: "/") {
        depth = max(0, depth - 1)
      } else if isLetter(next), !isVoid(bytes, at: i + 1) {
        depth += 1
        deepest = max(deepest, depth)
      }
    }
    return deepest
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Elements without an end tag, and those whose end tag authors leave out, never nest.
  private static func isVoid(_ bytes: [UInt8], at start: Int) -> Bool {
    let end = bytes[start...].firstIndex { !isLetter($0) } ?? bytes.count
    guard end - start <= 6 else { return false }
    let name = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    return flat.contains(name)
  }

  private static let flat: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "image", "input", "link", "meta", "param", "source",
    "track", "wbr", "li", "p", "dt", "dd", "tr", "td", "th", "option", "path", "rect", "circle", "line",
    "use",
  ]

  /// One walk over gumbo's tree, without recursion.
  private struct Walk {
    let text: UnsafePointer<CChar>
    let count: Int

    func elements(below root: UnsafeMutablePointer<GumboNode>?) -> [Element] {
      var found: [Element] = []
      var ancestors: [String] = []
      // A nil entry closes the element opened before it.
      var open: [UnsafeMutablePointer<GumboNode>?] = root.map { [$0] } ?? []
      while let next = open.popLast() {
        guard let node = next else {
          ancestors.removeLast()
          continue
        }
        let kind = node.pointee.type
        guard kind == GUMBO_NODE_ELEMENT else { continue }
        let element = node.pointee.v.element
        let name = tagName(element)
        if let range = range(element.original_tag), range.count > 1 {
          found.append(
            Element(
              name: name, range: range, attributes: attributes(element),
              text: name == "style" ? textRange(element) : nil, ancestors: ancestors))
        }
        guard !GumboPage.hidden.contains(name), element.tag_namespace == GUMBO_NAMESPACE_HTML else {
          continue
        }
        ancestors.append(name)
        open.append(nil)
        for child in children(element.children).reversed() { open.append(child) }
      }
      return found
    }

    private func children(_ vector: GumboVector) -> [UnsafeMutablePointer<GumboNode>] {
      (0..<Int(vector.length)).compactMap { vector.data[$0]?.assumingMemoryBound(to: GumboNode.self) }
    }

    private func tagName(_ element: GumboElement) -> String {
      guard element.tag != GUMBO_TAG_UNKNOWN else {
        var piece = element.original_tag
        gumbo_tag_from_original_text(&piece)
        guard let start = piece.data else { return "" }
        return String(
          decoding: UnsafeRawBufferPointer(start: start, count: piece.length), as: UTF8.self
        ).lowercased()
      }
      return String(cString: gumbo_normalized_tagname(element.tag))
    }

    private func attributes(_ element: GumboElement) -> [Attribute] {
      (0..<Int(element.attributes.length)).compactMap { index in
        guard let pointer = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self),
          let name = pointer.pointee.name, let value = pointer.pointee.value
        else { return nil }
        return Attribute(
          name: String(cString: name).lowercased(), value: String(cString: value),
          range: unquoted(pointer.pointee.original_value))
      }
    }

    private func textRange(_ element: GumboElement) -> ByteRange? {
      for child in children(element.children) where child.pointee.type == GUMBO_NODE_TEXT {
        return range(child.pointee.v.text.original_text)
      }
      return nil
    }

    /// gumbo's range of a value includes its quotes.
    private func unquoted(_ piece: GumboStringPiece) -> ByteRange {
      guard let range = range(piece), range.count > 0 else { return ByteRange(0, 0) }
      let first = UInt8(bitPattern: text[range.start])
      let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
      guard isQuoted, range.count > 1, text[range.end - 1] == text[range.start] else { return range }
      return ByteRange(range.start + 1, range.end - 1)
    }

    /// The piece's place in the page; nil where it points elsewhere, as that of an element made up does.
    private func range(_ piece: GumboStringPiece) -> ByteRange? {
      guard let data = piece.data else { return nil }
      let offset = data - text
      guard offset >= 0, offset + piece.length <= count else { return nil }
      return ByteRange(offset, offset + piece.length)
    }
  }
}
