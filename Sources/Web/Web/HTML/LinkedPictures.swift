/// The pictures that JSON-LD gives an article or a page for crawlers to show: the strings of `image` and `thumbnailUrl`, alone or in
/// a list. Objects, which can tell the size of a picture, are passed over.
package enum LinkedPictures {
  /// A URL, and its bytes between the quotes.
  package struct Match: Hashable {
    package var url: String
    package var range: Range<Int>
  }

  private static let keys: Set<String> = ["image", "thumbnailUrl"]

  /// The pictures in a part of a text.
  package static func find(in bytes: [UInt8], _ part: Range<Int>) -> [Match] {
    var matches: [Match] = []
    // The brackets that are open, each with the key that it is the value of.
    var open: [(isList: Bool, key: String)] = []
    var key = ""
    var last: Range<Int>?
    var at = part.lowerBound
    while at < part.upperBound {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        guard let end = end(ofStringAt: at + 1, in: bytes, part) else { return matches }
        last = at + 1..<end
        at = end
        let name = key.isEmpty && open.last?.isList == true ? open.last?.key ?? "" : key
        if keys.contains(name), let url = url(bytes, at: last ?? part) {
          matches.append(Match(url: url, range: last ?? part))
        }
      case UInt8(ascii: ":"):
        key = last.map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
        last = nil
      case UInt8(ascii: ","): (key, last) = ("", nil)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append((bytes[at] == UInt8(ascii: "["), key))
        key = ""
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      default: break
      }
      at += 1
    }
    return matches
  }

  private static func end(ofStringAt start: Int, in bytes: [UInt8], _ part: Range<Int>) -> Int? {
    var at = start
    while at < part.upperBound, bytes[at] != UInt8(ascii: "\"") {
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return at < part.upperBound ? at : nil
  }

  /// What a string says; nil for one that is no image's URL, or that is escaped but for its slashes.
  private static func url(_ bytes: [UInt8], at range: Range<Int>) -> String? {
    let text = String(decoding: bytes[range], as: UTF8.self).replacing("\\/", with: "/")
    return text.contains("\\") || !ImageURLs.isImage(text) ? nil : text
  }
}
