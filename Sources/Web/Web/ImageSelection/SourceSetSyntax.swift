/// The `srcset` attribute as the HTML specification splits it ("parse a srcset attribute"): the one reader of it, for
/// built pages and for what authors write in posts alike.
package enum SourceSetSyntax {
  /// What stands in the place of one image, whether its descriptors make sense or not.
  package struct Item: Hashable, Sendable {
    /// The bytes of the URL.
    package var url: Range<Int>
    /// The bytes of each descriptor, `320w` or `2x`.
    var descriptors: [Range<Int>] = []
  }

  /// The items of a part of a text, in their order.
  package static func items(in text: [UInt8], _ part: Range<Int>) -> [Item] {
    var items: [Item] = []
    var at = part.lowerBound
    let end = part.upperBound
    while true {
      while at < end, isSpace(text[at]) || text[at] == comma { at += 1 }
      guard at < end else { return items }
      let start = at
      while at < end, !isSpace(text[at]) { at += 1 }
      var item = Item(url: start..<at)
      if text[at - 1] == comma {
        // A comma at the end of a URL ends the item as well.
        let commas = text[start..<at].reversed().prefix { $0 == comma }.count
        item.url = start..<(at - commas)
      } else {
        item.descriptors = descriptors(text, &at, end)
      }
      items.append(item)
    }
  }

  /// Reads up to the comma that ends the item. Neither a space nor a comma between parentheses ends anything.
  private static func descriptors(_ text: [UInt8], _ at: inout Int, _ end: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = at
    var isInParentheses = false
    func finish(_ last: Int) {
      if last > start { ranges.append(start..<last) }
      start = last + 1
    }
    while at < end {
      let byte = text[at]
      at += 1
      if isInParentheses {
        isInParentheses = byte != UInt8(ascii: ")")
      } else if byte == comma {
        finish(at - 1)
        return ranges
      } else if isSpace(byte) {
        finish(at - 1)
      } else {
        isInParentheses = byte == UInt8(ascii: "(")
      }
    }
    finish(at)
    return ranges
  }

  private static let comma = UInt8(ascii: ",")

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }
}
