import AssetModel
import Foundation
import SiteFiles

/// What two sides of a merge say together. Where they differ, the files of the site decide: they have been merged too.
struct JournalUnion {
  /// Holds the posts; nil where they cannot be asked.
  let site: SiteRoot?

  func of(_ ours: EditJournal, _ theirs: EditJournal) -> EditJournal {
    var union = EditJournal()
    union.folders = Set(ours.folders).union(theirs.folders).sorted()
    union.posts = pairs(ours.posts, theirs.posts, by: \.path).compactMap(post)
    union.sources = pairs(ours.sources, theirs.sources, by: \.path).map(source)
    union.others = pairs(ours.others, theirs.others, by: \.path).map { ours, theirs in
      guard let theirs, theirs.sha256 != ours.sha256, digest(of: ours.path) == theirs.sha256 else {
        return ours
      }
      return theirs
    }
    return union
  }

  /// The entries of two lists by a name, each with its counterpart.
  private func pairs<Entry>(
    _ ours: [Entry], _ theirs: [Entry], by name: KeyPath<Entry, String>
  ) -> [(Entry, Entry?)] {
    let others = Dictionary(theirs.map { ($0[keyPath: name], $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(ours.map { $0[keyPath: name] })
    return ours.map { ($0, others[$0[keyPath: name]]) }
      + theirs.filter { !names.contains($0[keyPath: name]) }.map { ($0, nil) }
  }

  private func file(_ path: String) -> Data? {
    guard let site, case .file = site.resolve(path) else { return nil }
    return try? FileAccess.read(site.absolute(path))
  }

  private func digest(of path: String) -> String? { file(path).map { ContentDigest.sha256($0) } }

  // MARK: Posts

  /// A post's entry: the one that its text fits, or the spans of both that stand in it; nil where none does, because one
  /// side has given the author's text back.
  private func post(_ ours: EditJournal.Post, _ theirs: EditJournal.Post?) -> EditJournal.Post? {
    guard let file = file(ours.path) else {
      // It may have been moved. Its text is then one or the other.
      return theirs.map { EditJournal.Post(path: ours.path, text: ours.text, previous: $0.text) } ?? ours
    }
    let texts = [ours.text, theirs?.text, ours.previous, theirs?.previous].compactMap(\.self)
    let digest = ContentDigest.sha256(file)
    if let exact = texts.first(where: { $0.sha256 == digest }) {
      return EditJournal.Post(path: ours.path, text: exact)
    }
    var spans: [EditJournal.Span] = []
    for span in texts.flatMap(\.spans) where !spans.contains(where: { Self.isSame($0, span) }) {
      spans.append(span)
    }
    let author = AuthorText(file, EditJournal.Text(sha256: "", spans: spans))
    var text = EditJournal.Text(
      author.matches.map { ($0.range, $0.span.new) }, author: author.bytes, new: file)
    // What the author changed is told of as ever, unless the other side had the same place.
    let held = author.matches.map(\.span.old)
    text.spans += author.lost.filter { $0.line != nil && !held.contains($0.span.old) }.map(\.span)
    return text.spans.isEmpty ? nil : EditJournal.Post(path: ours.path, text: text)
  }

  /// Strings that are only canonically equivalent are other bytes.
  private static func isSame(_ a: EditJournal.Span, _ b: EditJournal.Span) -> Bool {
    a.old.utf8.elementsEqual(b.old.utf8) && a.new.utf8.elementsEqual(b.new.utf8) && a.nth == b.nth
  }

  // MARK: Sources

  /// What was made of an image by both. Where they did not do the same, it is done again.
  private func source(_ ours: EditJournal.Source, _ theirs: EditJournal.Source?) -> EditJournal.Source {
    guard let theirs, theirs != ours else { return ours }
    var union = ours
    if theirs.job != ours.job { union.job = nil }
    union.variants = pairs(ours.variants, theirs.variants, by: \.variant.path).map { ours, theirs in
      guard let theirs, theirs != ours else { return ours }
      let isTheirs = digest(of: ours.variant.path) == theirs.variant.sha256
      // What one of them has found there is not ours to remove.
      let wasPresent = ours.found == true || theirs.found == true ? true : nil
      return EditJournal.RecordedVariant(isTheirs ? theirs.variant : ours.variant, found: wasPresent)
    }.sorted { $0.variant.path < $1.variant.path }
    return union
  }
}
