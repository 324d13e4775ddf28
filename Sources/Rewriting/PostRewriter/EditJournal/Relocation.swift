import AssetModel
import Foundation
import SiteFiles

extension EditJournal {
  /// Finds the posts that their author moved or renamed, so that they are known at their new places.
  ///
  /// A file that the journal does not know, of the same extension, and that holds most of what a run wrote into a post
  /// that is gone, is that post.
  ///
  /// - Parameters:
  ///   - skip: called with each folder's path; one for which it returns true is not looked into.
  ///   - isPost: whether a scan would read a file as a post, for no other is edited.
  /// - Returns: the paths of posts that are gone.
  /// - Throws: `FileError`
  package mutating func relocate(
    in site: SiteRoot, skip: (_ folder: String) -> Bool, isPost: (_ path: String) -> Bool = { _ in true }
  ) throws(FileError) -> [String] {
    let gone = posts.indices.filter { index in
      var info = stat()
      return lstat(site.absolute(posts[index].path), &info) != 0 && errno != EACCES
    }
    guard !gone.isEmpty else { return [] }
    let recordedPaths = Set(posts.map(\.path))
    let extensions = Set(gone.map { Self.pathExtension(posts[$0].path) })
    var unknown: [(path: String, text: Data)] = []
    var holders: [String: [Int]] = [:]
    for entry in try FileTree.files(below: site.absolute(""), skip: skip) {
      guard entry.kind == .file, !recordedPaths.contains(entry.path),
        extensions.contains(Self.pathExtension(entry.path)), isPost(entry.path),
        let text = try? FileAccess.read(site.absolute(entry.path))
      else { continue }
      let marks = VariantMark.all(in: text)
      for mark in marks { holders[mark, default: []].append(unknown.count) }
      if !marks.isEmpty { unknown.append((entry.path, text)) }
    }
    var lost: [String] = []
    var taken: Set<Int> = []
    var rest = Self.mostCompared
    for index in gone {
      let post = posts[index]
      let marks = Set(post.spans.flatMap { VariantMark.all(in: Data($0.new.utf8)) })
      var open: Set<Int> = []
      for mark in marks where rest > 0 {
        let files = holders[mark] ?? []
        open.formUnion(files)
        rest -= files.count
      }
      open.subtract(taken)
      rest -= open.reduce(0) { $0 + unknown[$1].text.count }
      let best =
        rest < 0
        ? nil
        : open.map { ($0, AuthorText(unknown[$0].text, post).matches.count) }
          .filter { $0.1 > 0 && 2 * $0.1 >= post.spans.count }
          .max { ($0.1, $1.0) < ($1.1, $0.0) }
      guard let best else {
        lost.append(post.path)
        continue
      }
      taken.insert(best.0)
      posts[index].path = unknown[best.0].path
    }
    let dropped = Set(lost)
    posts.removeAll { dropped.contains($0.path) }
    posts.sort { $0.path < $1.path }
    return lost
  }

  /// Bytes of files that posts are looked for in. A moved post shares marks with its new place alone.
  private static let mostCompared = 256_000_000

  private static func pathExtension(_ path: String) -> Substring {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[$0...] } ?? ""
  }
}
