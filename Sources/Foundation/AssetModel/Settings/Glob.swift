/// Shell patterns, as Ruby's `File.fnmatch?` reads them without flags: `*` and `?` match `/` as well.
package enum Glob {
  /// Whether a pattern matches the whole of a text. The time is linear in the product of their lengths at worst.
  package static func matches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.unicodeScalars)
    let text = Array(text.unicodeScalars)
    var p = 0
    var t = 0
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p + 1, t)
        p += 1
      } else if let next = matchOne(pattern, p, text[t]) {
        p = next
        t += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        p = last.pattern
        t = last.text + 1
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == "*" { p += 1 }
    return p == pattern.count
  }

  /// The position behind the pattern's element at `p`, if it matches a character.
  private static func matchOne(_ pattern: [Unicode.Scalar], _ p: Int, _ scalar: Unicode.Scalar) -> Int? {
    guard p < pattern.count else { return nil }
    switch pattern[p] {
    case "?": return p + 1
    case "[": return matchClass(pattern, p, scalar)
    case "\\" where p + 1 < pattern.count: return pattern[p + 1] == scalar ? p + 2 : nil
    default: return pattern[p] == scalar ? p + 1 : nil
    }
  }

  private static func matchClass(_ pattern: [Unicode.Scalar], _ p: Int, _ scalar: Unicode.Scalar) -> Int? {
    var i = p + 1
    let isNegated = i < pattern.count && (pattern[i] == "^" || pattern[i] == "!")
    if isNegated { i += 1 }
    var isMatch = false
    while i < pattern.count, pattern[i] != "]" {
      if pattern[i] == "\\", i + 1 < pattern.count { i += 1 }
      let low = pattern[i]
      var high = low
      if i + 2 < pattern.count, pattern[i + 1] == "-", pattern[i + 2] != "]" {
        high = pattern[i + 2]
        i += 2
      }
      if low.value <= scalar.value, scalar.value <= high.value { isMatch = true }
      i += 1
    }
    guard i < pattern.count, isMatch != isNegated else { return nil }
    return i + 1
  }
}
