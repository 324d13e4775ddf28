import Foundation

/// A file of git's index or of a commit.
package struct GitEntry: Hashable, Sendable {
  /// The name of git's object.
  package var object: String
  /// Whether it is a submodule, which has a commit in the place of a file.
  package var isSubmodule: Bool

  /// Reads what `ls-files --stage -z` (`100644 OBJECT 0<tab>path`) and `ls-tree -r -z` (`100644 blob OBJECT<tab>path`) say.
  ///
  /// - Parameter words: how many words stand before the object.
  /// - Returns: the entries by path.
  package static func entries(_ data: Data, skipping words: Int) -> [String: GitEntry] {
    var entries: [String: GitEntry] = [:]
    for line in data.pieces(at: 0) {
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { continue }
      let parts = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      guard parts.count == 3 else { continue }
      let path = String(decoding: line[line.index(after: tab)...], as: UTF8.self)
      entries[path] = GitEntry(object: String(parts[words]), isSubmodule: parts[0] == "160000")
    }
    return entries
  }

  /// The paths of a list that ends each with a zero byte.
  package static func paths(_ data: Data) -> Set<String> {
    Set(data.pieces(at: 0).lazy.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) })
  }
}
