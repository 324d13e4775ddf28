import AssetModel
import Foundation
import SiteFiles

/// Finds the existing file that a missing one was probably meant to be, and says how they differ.
struct NearestFile {
  private var byFolded: [String: [String]] = [:]
  /// Paths with blanks, by the same without them.
  private var byLetters: [String: String] = [:]
  private var byName: [String: [String]] = [:]
  private var byFolder: [String: [String]] = [:]

  /// - Parameter paths: the site's files.
  init(_ paths: Set<String>) {
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard ImageFormat(fileName: path) != nil else { continue }
      byFolded[Self.fold(path), default: []].append(path)
      if path.utf8.contains(0x20) { byLetters[Self.letters(path)] = path }
      byName[Self.fold(FileName(path).stem), default: []].append(path)
      byFolder[FileName(path).folder, default: []].append(path)
    }
  }

  private static func fold(_ text: String) -> String {
    text.precomposedStringWithCompatibilityMapping.lowercased()
  }

  private static func letters(_ text: String) -> String { fold(text).replacing(" ", with: "") }

  /// What to say about a path that names no file.
  func advice(for missing: String) -> (message: String, advice: String) {
    let message = "\(missing) names no file"
    if let match = byFolded[Self.fold(missing)]?.first {
      let isForm = match.lowercased() == missing.lowercased() ? false : match.count == missing.count
      let how = isForm ? "its letters are in another Unicode form" : "capitals and small letters differ"
      return (message, "\(match) is there: \(how)")
    }
    if let match = byLetters[Self.letters(missing)] {
      return (message, "\(match) is there: the blanks in its name differ")
    }
    let name = FileName(missing)
    let sameName = byName[Self.fold(name.stem)] ?? []
    if let match = sameName.first(where: { FileName($0).folder == name.folder }) {
      return (message, "\(match) is there: the extension differs")
    }
    if let match = sameName.first(where: { FileName($0).kind == name.kind }) ?? sameName.first {
      return (message, "\(match) has that name: the folder differs")
    }
    if let match = closest(to: missing, in: byFolder[name.folder] ?? []) {
      return (message, "did you mean \(match)?")
    }
    return (message, "add the file or correct the path")
  }

  /// The path at most two edits away.
  private func closest(to missing: String, in paths: [String]) -> String? {
    let wanted = Array(missing.unicodeScalars)
    var best: (path: String, distance: Int)?
    for path in paths.prefix(2000) {
      let other = Array(path.unicodeScalars)
      guard abs(other.count - wanted.count) <= 2, other.count < 512 else { continue }
      let distance = Self.distance(wanted, other)
      if distance <= 2, distance < (best?.distance ?? 3) { best = (path, distance) }
    }
    return best?.path
  }

  /// Levenshtein's distance.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
