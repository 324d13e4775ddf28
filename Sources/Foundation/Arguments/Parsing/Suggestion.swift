/// The word that was probably meant by an unknown one.
package enum Suggestion {
  /// The word that is most like another, unless none is: one letter in three may be wrong.
  static func closest(to word: String, among words: [String]) -> String? {
    let letters = Array(word.unicodeScalars)
    // A word of megabytes is no slip of the finger, and comparing it would take its time.
    guard letters.count <= 100 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
      let distance = distance(letters, Array(candidate.unicodeScalars))
      let allowed = max(1, min(candidate.unicodeScalars.count { $0 != "-" }, letters.count) / 3)
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// How many letters must be inserted, deleted, replaced or swapped with their neighbor (optimal string alignment).
  package static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
