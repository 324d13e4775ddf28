import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostRewriter

/// Journals that git has left in two halves.
@Suite struct JournalMergeTests {
  private static let mark = "/o/x-320w-8a1f2c3d.webp"

  private static func span(_ name: String) -> EditJournal.Span {
    .init(old: "old-\(name)", new: "new-\(name) \(mark)")
  }

  private static func journal(_ posts: [String: [String]], job: String? = nil) throws -> [String] {
    var journal = EditJournal()
    journal.posts = posts.map { path, names in
      EditJournal.Post(path: path, text: .init(sha256: names.joined(), spans: names.map(span)))
    }
    if let job {
      journal.sources = [
        EditJournal.Source(
          path: "x.png", job: job, content: nil, contentReason: nil, alpha: false, placeholder: nil,
          problems: [], variants: [])
      ]
    }
    return String(decoding: try journal.json(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Two texts as one conflict from the first line that differs to the last.
  private static func conflict(_ ours: [String], _ theirs: [String], origin: [String]? = nil) -> Data {
    let head = zip(ours, theirs).prefix { $0 == $1 }.count
    let tail = zip(ours.reversed(), theirs.reversed()).prefix { $0 == $1 }.count
    func middle(_ lines: [String]) -> [String] { Array(lines[head..<max(head, lines.count - tail)]) }
    var lines = Array(ours.prefix(head))
    lines.append("<<<<<<< HEAD")
    lines += middle(ours)
    if let origin { lines += ["||||||| base"] + origin }
    lines.append("=======")
    lines += middle(theirs)
    lines.append(">>>>>>> theirs")
    lines += ours.suffix(tail)
    return Data((lines.joined(separator: "\n") + "\n").utf8)
  }

  @Test(arguments: [nil, ["    {\"path\":\"c.md\"}"]] as [[String]?])
  func entriesOfBothSidesCount(origin: [String]?) throws {
    let text = try Self.conflict(
      Self.journal(["a.md": ["a"], "b.md": ["b"]]), Self.journal(["a.md": ["a"], "z.md": ["z"]]),
      origin: origin)
    let folder = try TemporaryFolder([
      "a.md": Self.span("a").new, "b.md": Self.span("b").new, "z.md": "restored",
    ])
    let read = try EditJournal(json: text, file: "j", site: SiteRoot(folder.path))
    #expect(read.isSettled)
    // What stands in no post any more was given back by one side.
    #expect(read.posts.map(\.path) == ["a.md", "b.md"])
    #expect(try !String(decoding: read.json(), as: UTF8.self).contains("<<<<"))
    // A post that is not there may have been moved.
    unlink(folder("z.md"))
    #expect(try EditJournal(json: text, file: "j", site: SiteRoot(folder.path)).posts.count == 3)
  }

  @Test(arguments: [
    ("new-a MARK new-b MARK", ["a", "b"]), ("new-b MARK", ["b"]), ("new-a MARK old-b", ["a"]),
    ("old-a old-b", []),
  ])
  func ofOnePostItsTextDecides(text: String, names: [String]) throws {
    let text = text.replacing("MARK", with: Self.mark)
    let json = try Self.conflict(Self.journal(["a.md": ["a"]]), Self.journal(["a.md": ["b"]]))
    let folder = try TemporaryFolder(["a.md": text])
    let read = try EditJournal(json: json, file: "j", site: SiteRoot(folder.path))
    #expect(read.posts.flatMap(\.spans).map(\.old) == names.map { "old-" + $0 })
    for post in read.posts {
      let author = AuthorText(Data(text.utf8), post)
      #expect(
        String(decoding: author.bytes, as: UTF8.self)
          == text.replacing("new-a \(Self.mark)", with: "old-a")
          .replacing("new-b \(Self.mark)", with: "old-b"))
    }
  }

  @Test func whatWasMadeDifferentlyIsMadeAgain() throws {
    let json = try Self.conflict(Self.journal([:], job: "1"), Self.journal([:], job: "2"))
    let read = try EditJournal(json: json, file: "j")
    #expect(read.sources.map(\.path) == ["x.png"])
    #expect(read.sources.first?.job == nil)
  }

  /// Earlier versions wrote a line for each text.
  @Test func earlierJournalsAreReadAndMerged() throws {
    let head = "{\n  \"version\": 1,\n  \"folders\": [],\n  \"posts\": [\n"
    let foot = "  ],\n  \"sources\": [],\n  \"others\": []\n}\n"
    func post(_ name: String) -> String {
      """
          {
            "path": "\(name).md",
            "sha256": "\(name)",
            "spans": [
              {
                "old": "old-\(name)",
                "new": "new-\(name) \(Self.mark)"
              }
            ]
          }

      """
    }
    #expect(
      try EditJournal(json: Data((head + post("a") + foot).utf8), file: "j").posts.map(\.path) == ["a.md"])
    let text = head + "<<<<<<< HEAD\n" + post("a") + "=======\n" + post("b") + ">>>>>>> b\n" + foot
    let read = try EditJournal(json: Data(text.utf8), file: "j")
    #expect(read.posts.map(\.path) == ["a.md", "b.md"])
  }
}
