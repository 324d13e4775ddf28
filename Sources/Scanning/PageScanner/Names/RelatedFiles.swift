/// The files of a site by their names, to tell which a script could reach by a change of another one's URL.
package struct RelatedFiles {
  /// In byte order.
  private let paths: [String]
  private let countByName: [Substring: Int]

  package init(_ paths: [String]) {
    self.paths = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    countByName = Dictionary(paths.map { (Self.name(of: $0), 1) }, uniquingKeysWith: +)
  }

  /// Whether another file has the same name elsewhere, or begins with the same name without its ending: `thumbs/a.jpg`,
  /// `a-640.jpg`, `a.webp` and `a@2x.jpg` beside `a.jpg`.
  package func hasRelative(of path: String) -> Bool {
    if (countByName[Self.name(of: path)] ?? 0) > 1 { return true }
    guard let dot = path.lastIndex(of: ".") else { return true }
    let stem = Array(path[..<dot].utf8)
    // Those that begin so stand together.
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if paths[middle].utf8.lexicographicallyPrecedes(stem) { low = middle + 1 } else { high = middle }
    }
    return paths[low...].lazy.prefix { $0.utf8.starts(with: stem) }.contains { other in
      guard other != path, other.utf8.count > stem.count else { return false }
      let next = other.utf8[other.utf8.index(other.utf8.startIndex, offsetBy: stem.count)]
      return !(0x30...0x39).contains(next) && !(0x61...0x7A).contains(next | 0x20)
    }
  }

  private static func name(of path: String) -> Substring {
    path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
  }
}
