/// What the name of a file says of its picture: its folder, and its name without what generators add for a size and a format.
///
/// `img/hut-800.webp` of 800 pixels and `img/hut.jpg` have one name, `img/hut-2.jpg` another.
struct PictureName: Hashable {
  private var folder: Substring
  private var words: [Substring]

  init(_ source: Source) {
    let slash = source.path.lastIndex(of: "/")
    folder = slash.map { source.path[..<$0] } ?? ""
    let name = source.path[(slash.map { source.path.index(after: $0) } ?? source.path.startIndex)...]
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    words = stem.split { !$0.isLetter && !$0.isNumber }
    let sizes = [source.width, source.height]
    while words.count > 1, let last = words.last, Self.isAdded(last, sizes) { words.removeLast() }
  }

  /// Whether the last word of a name is one of its file's measures (`800`, `800w`, `800x600`, `480x0`, `q75`), or says how it
  /// was made. A number that the file does not have (`IMG_0002`) tells pictures apart, as a digest does.
  private static func isAdded(_ word: Substring, _ sizes: [Int]) -> Bool {
    if ["resize", "fit", "fill", "scaled", "box", "lanczos", "linear"].contains(word) { return true }
    if word.first == "q", let quality = Int(word.dropFirst()) { return quality <= 100 }
    let parts = (word.last == "w" ? word.dropLast() : word).split(separator: "x")
      .map { $0 == "0" || $0.first != "0" ? Int($0) : nil }
    guard !parts.isEmpty, parts.count <= 2 else { return false }
    return parts.allSatisfy { $0 == 0 || $0.map(sizes.contains) == true } && parts.contains { $0 != 0 }
  }
}
