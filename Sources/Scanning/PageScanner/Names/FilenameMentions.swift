import Foundation

/// The names of image files that a text mentions, whatever kind of text it is: a stylesheet, a script, a layout, data.
///
/// A name is what stands between a separator and an image's extension. It may be part of a longer one with spaces, so that a
/// file is found by the last word of its name: a file that is taken for named wrongly is only left alone.
package enum FilenameMentions {
  /// Files in which images are named; others are not read.
  package static let textExtensions: Set<String> = [
    "adoc", "astro", "cjs", "css", "csv", "gohtml", "haml", "hbs", "htm", "html", "ipynb", "jinja", "jinja2",
    "j2", "js", "json", "json5", "jsx", "less", "liquid", "markdown", "md", "mdx", "mjs", "mustache", "njk",
    "org", "pug", "py", "qmd", "rst", "sass", "scss", "slim", "styl", "svelte", "svg", "svx", "toml", "ts",
    "tsx",
    "txt", "vue", "webmanifest", "xhtml", "xml", "yaml", "yml",
  ]

  /// The names in a text, each as ``word(of:)`` gives it.
  package static func words(in text: [UInt8]) -> Set<String> {
    var words: Set<String> = []
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      if let word = word(atDot: dot, in: text) { words.insert(word) }
    }
    return words
  }

  /// The name whose extension stands behind a dot; nil where there is none.
  package static func word(atDot dot: Int, in text: [UInt8]) -> String? {
    guard let end = end(ofExtensionAt: dot + 1, in: text) else { return nil }
    var start = dot
    while start > 0, !isSeparator(text[start - 1]), dot - start < 255 { start -= 1 }
    // `photo (1).png` ends in a separator.
    guard start < dot || dot > 0 && (text[dot - 1] == UInt8(ascii: ")")) else { return nil }
    return word(of: decoded(String(decoding: text[start..<end], as: UTF8.self)))
  }

  /// The name of a script, or of data for scripts, whose extension stands behind a dot; nil where there is none.
  static func scriptWord(atDot dot: Int, in text: [UInt8]) -> String? {
    var end = dot + 1
    while end < text.count, end - dot < 6, isLetterOrDigit(text[end]) { end += 1 }
    guard ["js", "mjs", "cjs", "json"].contains(where: { text[(dot + 1)..<end].elementsEqual($0.utf8) })
    else {
      return nil
    }
    var start = dot
    while start > 0, !isSeparator(text[start - 1]), dot - start < 255 { start -= 1 }
    return start < dot ? word(of: decoded(String(decoding: text[start..<end], as: UTF8.self))) : nil
  }

  /// A name without percent-encoding and numeric character references.
  private static func decoded(_ name: String) -> String {
    let plain = name.removingPercentEncoding ?? name
    guard plain.contains("&#") else { return plain }
    return plain.replacing(/&#([0-9]{1,7});/) { match in
      UInt32(match.1).flatMap(Unicode.Scalar.init).map(String.init) ?? String(match.0)
    }
  }

  /// What a file is found by: the last word of its name, in lower case.
  package static func word(of path: String) -> String {
    let bytes = Array(path.lowercased().utf8)
    let start = bytes.lastIndex(where: isSeparator).map { $0 + 1 } ?? 0
    return String(decoding: bytes[start...], as: UTF8.self).precomposedStringWithCanonicalMapping
  }

  private static let extensions: Set<UInt64> = Set(
    [
      "jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp", "avif", "svg", "svgz", "jxl", "bmp", "ico",
      "tif", "tiff", "heic", "heif", "jp2",
    ].map { packed($0.utf8) })

  /// At most eight letters as one number, in lower case: compared at every dot of every text of a site.
  private static func packed(_ letters: some Sequence<UInt8>) -> UInt64 {
    letters.reduce(0) { $0 << 8 | UInt64($1 | 0x20) }
  }

  /// The end of an image's extension that stands alone; nil for anything else.
  static func end(ofExtensionAt start: Int, in text: [UInt8]) -> Int? {
    var end = start
    while end < text.count, end - start < 6, isLetterOrDigit(text[end]) { end += 1 }
    guard (3...5).contains(end - start) else { return nil }
    return extensions.contains(packed(text[start..<end])) ? end : nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "/\\\"'`()<>[]{}=,:|?!*".utf8.contains(byte)
  }
}
