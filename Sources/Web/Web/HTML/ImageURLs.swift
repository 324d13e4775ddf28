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
    let bytes = Array(css.utf8)
    return StyleURLs.find(in: bytes, bytes.indices).map { found in
      css.utf8.index(
        css.startIndex, offsetBy: found.range.lowerBound)..<css.utf8.index(
          css.startIndex, offsetBy: found.range.upperBound)
    }.filter { isImage(css[$0]) }
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
