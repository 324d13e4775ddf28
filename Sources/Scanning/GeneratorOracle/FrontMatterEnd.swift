/// Where the body of a post begins, by the marks that generators agree on: `---` … `---` or `...` (YAML), `+++` …
/// `+++` (TOML), `{` … `}` on lines of their own (JSON).
enum FrontMatterEnd {
  /// The offset behind the front matter; behind a byte order mark where there is none.
  static func offset(in bytes: [UInt8]) -> Int {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = line(bytes, from: start)
    let closing: [String]
    switch first.text {
    case "---": closing = ["---", "..."]
    case "+++": closing = ["+++"]
    case "{": closing = ["}"]
    default: return start
    }
    var next = first.end
    while next < bytes.count {
      let (text, end) = line(bytes, from: next)
      if closing.contains(text) { return end }
      next = end
    }
    return start
  }

  /// A line without the whitespace at its end. Lines too long for a mark are not read.
  private static func line(_ bytes: [UInt8], from start: Int) -> (text: String, end: Int) {
    let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
    var end = newline ?? bytes.count
    let next = newline.map { $0 + 1 } ?? bytes.count
    while end > start, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    guard end - start <= 3 else { return ("", next) }
    return (String(decoding: bytes[start..<end], as: UTF8.self), next)
  }
}
