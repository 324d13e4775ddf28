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
    return StyleURLs.find(in: bytes, bytes.indices).map { match in
      css.utf8.index(
        css.startIndex, offsetBy: match.range.lowerBound)..<css.utf8.index(
          css.startIndex, offsetBy: match.range.upperBound)
    }.filter { isImage(css[$0]) }
  }

  /// The places of image URLs in JSON: strings that are one. Escaped slashes are part of the text.
  static func inJSON(_ json: String) -> [Range<String.Index>] {
    var strings: [Range<String.Index>] = []
    var start: String.Index?
    var isEscaped = false
    for index in json.indices {
      if isEscaped {
        isEscaped = false
      } else if json[index] == "\\" {
        isEscaped = true
      } else if json[index] == "\"" {
        if let open = start {
          strings.append(open..<index)
          start = nil
        } else {
          start = json.index(after: index)
        }
      }
    }
    return strings.filter { isImage(json[$0]) }
  }

  /// The text with each of the places read as ``token``.
  static func masked(_ text: String, _ ranges: [Range<String.Index>]) -> String {
    guard !ranges.isEmpty else { return text }
    var out = ""
    var end = text.startIndex
    for range in ranges {
      out += text[end..<range.lowerBound] + token
      end = range.upperBound
    }
    return out + text[end...]
  }
}

/// A stylesheet with the URLs of its images taken out.
package struct StyleText {
  package private(set) var images: [String] = []
  /// What stands between them.
  package private(set) var others: [ArraySlice<UInt8>] = []

  package init(_ bytes: [UInt8]) {
    var end = 0
    for match in StyleURLs.find(in: bytes, bytes.indices) {
      let url = String(decoding: bytes[match.range], as: UTF8.self)
      guard ImageURLs.isImage(url) else { continue }
      images.append(url)
      others.append(bytes[end..<match.range.lowerBound])
      end = match.range.upperBound
    }
    others.append(bytes[end...])
  }
}
