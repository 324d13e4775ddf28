import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostRewriter

@Suite struct RelocationTests {
  private static let span = EditJournal.Span(old: "", new: "{: srcset=\"x-1w-00000000.webp 1w\"}")
  private static let other = EditJournal.Span(old: "", new: "{: srcset=\"y-1w-11111111.webp 1w\"}")

  /// Where a post is found that the journal knows as `_drafts/a.md`.
  @Test(
    arguments: [
      // Files that are there now, and the path at which the post is known then; nil where it is gone.
      (["_drafts/a.md": "x" + span.new], "_drafts/a.md"),
      (["_posts/b.md": "x" + span.new + other.new], "_posts/b.md"),
      (["_posts/b.md": "x" + span.new + " changed"], "_posts/b.md"),
      (["_posts/b.md": "x", "_posts/c.md": span.new, "_posts/d.md": span.new + other.new], "_posts/d.md"),
      (["_posts/b.md": "x"], nil),
      // Another kind of file, and one that holds only the name of a variant.
      (["_posts/b.html": span.new + other.new], nil),
      (["_posts/b.md": "x-1w-00000000.webp"], nil),
      (["skipped/b.md": span.new + other.new], nil),
    ] as [([String: String], String?)])
  func findsAPostThatWasMoved(files: [String: String], path: String?) throws {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    var journal = EditJournal()
    journal.posts = [
      EditJournal.Post(
        path: "_drafts/a.md", text: EditJournal.Text(sha256: "", spans: [Self.span, Self.other]))
    ]
    let gone = try journal.relocate(in: SiteRoot(folder.path)) { $0 == "skipped" }
    #expect(journal.posts.map(\.path) == [path].compactMap(\.self))
    #expect(gone == (path == nil ? ["_drafts/a.md"] : []))
  }
}
