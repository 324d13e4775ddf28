/// A part of an SVG file's markup.
package enum SVGToken {
  /// A start tag, by its local name: `image` of `<svg:image …>`.
  case start(name: String, attributes: [SVGAttribute], offset: Int)
  /// An end tag, by its local name.
  case end(name: String)
  /// What stands between tags, or in a CDATA section.
  case text(Range<Int>)
  /// `<?…?>`
  case instruction(Range<Int>)
  /// `<!DOCTYPE …>` with its internal subset.
  case documentType(Range<Int>)
}

/// An attribute of a start tag.
package struct SVGAttribute {
  /// As written, prefix included.
  package var name: String
  /// The value, with numeric and predefined character references decoded. Entities of the file's own stay as they
  /// are written: nothing here expands one.
  package var value: String
  /// Where the name starts.
  package var offset: Int

  /// The name without its prefix.
  var localName: Substring { name.split(separator: ":").last ?? "" }
}

/// Reads an SVG file's markup from front to back, each byte once, with no look at what it means. It follows XML 1.0
/// where the file does, and goes on behind anything that does not.
package struct SVGTokens: Sequence, IteratorProtocol {
  private let bytes: UnsafeRawBufferPointer
  /// Behind the last token.
  package private(set) var position = 0
  /// Whether the last tag ended in `/>`, so that an end tag is due.
  private var closing: String?

  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  package mutating func next() -> SVGToken? {
    if let name = closing {
      closing = nil
      return .end(name: name)
    }
    while position < bytes.count {
      let start = position
      guard bytes[position] == UInt8(ascii: "<") else {
        position = find("<", from: position) ?? bytes.count
        return .text(start..<position)
      }
      if skip("<!--") {
        position = find("-->", from: position).map { $0 + 3 } ?? bytes.count
      } else if skip("<![CDATA[") {
        let text = position
        let end = find("]]>", from: position) ?? bytes.count
        position = Swift.min(bytes.count, end + 3)
        return .text(text..<end)
      } else if skip("<?") {
        position = find("?>", from: position).map { $0 + 2 } ?? bytes.count
        return .instruction(start..<position)
      } else if skip("<!") {
        endOfDeclaration()
        return .documentType(start..<position)
      } else if skip("</") {
        let name = name()
        position = find(">", from: position).map { $0 + 1 } ?? bytes.count
        return .end(name: Self.local(name))
      } else {
        position += 1
        guard position < bytes.count, Self.isName(bytes[position]) else { continue }
        return tag(from: start)
      }
    }
    return nil
  }

  private mutating func tag(from start: Int) -> SVGToken {
    let name = Self.local(name())
    var attributes: [SVGAttribute] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        break
      }
      if byte == UInt8(ascii: "<") { break }
      if Self.isName(byte) {
        attributes.append(attribute())
      } else {
        if byte == UInt8(ascii: "/"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") {
          closing = name
        }
        position += 1
      }
    }
    return .start(name: name, attributes: attributes, offset: start)
  }

  private mutating func attribute() -> SVGAttribute {
    let offset = position
    let name = name()
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
      return SVGAttribute(name: name, value: "", offset: offset)
    }
    position += 1
    skipSpace()
    guard position < bytes.count else { return SVGAttribute(name: name, value: "", offset: offset) }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      // XML knows no value without quotes.
      let start = position
      while position < bytes.count, Self.isName(bytes[position]) { position += 1 }
      return SVGAttribute(name: name, value: text(start..<position), offset: offset)
    }
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote { position += 1 }
    let value = text(start..<position)
    position = Swift.min(bytes.count, position + 1)
    return SVGAttribute(name: name, value: value, offset: offset)
  }

  private mutating func name() -> String {
    let start = position
    while position < bytes.count, Self.isName(bytes[position]) { position += 1 }
    return text(start..<position)
  }

  private func text(_ range: Range<Int>) -> String {
    SVGText.decoded(String(decoding: bytes[range], as: UTF8.self))
  }

  /// A document type ends at the first `>` outside its quotes, comments and brackets.
  private mutating func endOfDeclaration() {
    var isInBrackets = false
    while position < bytes.count {
      let byte = bytes[position]
      if skip("<!--") {
        position = find("-->", from: position).map { $0 + 3 } ?? bytes.count
        continue
      }
      position += 1
      switch byte {
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        while position < bytes.count, bytes[position] != byte { position += 1 }
        position = Swift.min(bytes.count, position + 1)
      case UInt8(ascii: ">") where !isInBrackets: return
      default: break
      }
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    guard matches(text, at: position) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  private func find(_ text: StaticString, from start: Int) -> Int? {
    let first = text.utf8Start.pointee
    var position = start
    while position < bytes.count {
      if bytes[position] == first, matches(text, at: position) { return position }
      position += 1
    }
    return nil
  }

  private func matches(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[start + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  private static func local(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
  }

  /// Everything that may stand in a name, and whatever else cannot end one.
  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "/"),
      UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "!"), UInt8(ascii: "?"):
      false
    default: true
    }
  }
}

/// Text of an SVG file.
package enum SVGText {
  private static let predefined = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

  /// The text with numeric character references and XML's five own ones decoded.
  package static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var out = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      out += rest[..<start]
      rest = rest[start...]
      // The longest reference is `&#x10FFFF;`, give or take leading zeros.
      guard let end = rest.prefix(16).firstIndex(of: ";"), let character = character(rest[..<end].dropFirst())
      else {
        out += "&"
        rest = rest.dropFirst()
        continue
      }
      out += character
      rest = rest[rest.index(after: end)...]
    }
    return out + rest
  }

  private static func character(_ name: Substring) -> String? {
    guard name.first == "#" else { return predefined[String(name)] }
    let digits = name.dropFirst()
    let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
