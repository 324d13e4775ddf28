/// Image URLs in texts that layouts print them into: CSS, JSON-LD, the content of `<meta>`.
package enum ImageURLs {
  /// What stands in place of an image's URL where only its place matters.
  static let token = "IMAGE"

  private static let endings = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".jxl", ".bmp", ".ico", ".heic", ".tif",
    ".tiff",
  ]

  /// Whether a URL's path ends like an image's.
  package static func isImage(_ url: some StringProtocol) -> Bool {
    let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
    return endings.contains { path.hasSuffix($0) && path.count > $0.count }
  }

  /// The places of image URLs in CSS: what stands in `url(…)`, without quotes.
  static func inCSS(_ css: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var rest = css[...]
    while let open = rest.firstRange(ofASCII: "url(") {
      rest = rest[open.upperBound...]
      let inside = rest.drop { $0.isWhitespace }
      if let quote = inside.first, quote == "\"" || quote == "'" {
        let text = inside.dropFirst()
        guard let end = text.firstIndex(of: quote) else { break }
        found.append(text.startIndex..<end)
        rest = text[end...]
      } else {
        guard let end = inside.firstIndex(of: ")") else { break }
        let text = inside[..<end]
        let length = text.reversed().drop { $0.isWhitespace }.count
        found.append(text.startIndex..<text.index(text.startIndex, offsetBy: length))
        rest = inside[end...]
      }
    }
    return found.filter { isImage(css[$0]) }
  }

  /// The places of image URLs in JSON: strings that are one. Escaped slashes are part of the text.
  static func inJSON(_ json: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var start: String.Index?
    var isEscaped = false
    for index in json.indices {
      if isEscaped {
        isEscaped = false
      } else if json[index] == "\\" {
        isEscaped = true
      } else if json[index] == "\"" {
        if let open = start {
          found.append(open..<index)
          start = nil
        } else {
          start = json.index(after: index)
        }
      }
    }
    return found.filter { isImage(json[$0]) }
  }

  /// The text with each of the places read as ``token``.
  static func masked(_ text: String, _ places: [Range<String.Index>]) -> String {
    guard !places.isEmpty else { return text }
    var out = ""
    var end = text.startIndex
    for place in places {
      out += text[end..<place.lowerBound] + token
      end = place.upperBound
    }
    return out + text[end...]
  }
}

extension Substring {
  /// The first place of an ASCII text, whatever the case of its letters.
  fileprivate func firstRange(ofASCII wanted: StaticString) -> Range<String.Index>? {
    let wanted = wanted.withUTF8Buffer { Array($0) }
    let bytes = utf8
    var start = bytes.startIndex
    while start != bytes.endIndex {
      var here = start
      var matched = 0
      while matched < wanted.count, here != bytes.endIndex, bytes[here] | 0x20 == wanted[matched] | 0x20 {
        matched += 1
        here = bytes.index(after: here)
      }
      if matched == wanted.count { return start..<here }
      start = bytes.index(after: start)
    }
    return nil
  }
}
