import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostRewriter

@Suite struct JournalTests {
  private static func journal() -> EditJournal {
    var journal = EditJournal()
    journal.folders = ["assets/optimized", "assets"]
    journal.posts = [
      EditJournal.Post(
        path: "b.md",
        text: EditJournal.Text(
          sha256: "1",
          spans: [
            .init(old: "", new: "{: srcset=\"/x-1w-00000000.webp 1w\"}", nth: 1),
            .init(old: "é", new: "e\u{301}"),
          ])),
      EditJournal.Post(
        path: "a.md", text: EditJournal.Text(sha256: "2", spans: []),
        previous: EditJournal.Text(sha256: "3", spans: [.init(old: "a\r\n\"b", new: "c")])),
    ]
    let variant = Variant(
      path: "assets/optimized/x-1w-00000000.webp", source: "x.png", purpose: .responsive, width: 1, height: 1,
      format: .webp, bytes: 3, sha256: "4", settings: EncodingSettings(format: .webp, loss: .lossy))
    journal.sources = [
      EditJournal.Source(
        path: "x.png", job: "5", content: .photograph, contentReason: "many colors", alpha: false,
        placeholder: nil,
        problems: [Diagnostic(.warning, .damaged, file: "x.png", message: "cut short")],
        variants: [EditJournal.RecordedVariant(variant, found: true)]),
      EditJournal.Source(
        path: "w.png", job: nil, content: nil, contentReason: nil, alpha: true, placeholder: "#fff",
        problems: [],
        variants: []),
    ]
    journal.others = [EditJournal.File(path: "old.webp", sha256: "6")]
    return journal
  }

  @Test func comesBackAsItWasWritten() throws {
    let journal = Self.journal()
    let read = try EditJournal(json: journal.json(), file: "l")
    #expect(read == journal.sorted())
    // Strings that are canonically equivalent are other bytes.
    let spans = try #require(read.posts.last?.spans)
    #expect(Array(spans[1].old.utf8) == [0xC3, 0xA9])
    #expect(Array(spans[1].new.utf8) == [0x65, 0xCC, 0x81])
    #expect(try read.json() == journal.json())
  }

  @Test func isWrittenForVersionControl() throws {
    let text = String(decoding: try Self.journal().json(), as: UTF8.self)
    #expect(
      text.hasPrefix(
        "{\n  \"version\": 1,\n  \"folders\": [\n    \"assets\",\n    \"assets/optimized\"\n  ],\n"))
    #expect(text.hasSuffix("}\n"))
    // An entry is one line, so that git merges what two branches did to different ones.
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("    {") } == 5)
    #expect(lines.count { $0.contains("\"old\":\"é\"") && $0.contains("\"path\":\"b.md\"") } == 1)
    #expect(!text.contains("\r"))
    #expect(
      try EditJournal().json()
        == Data(
          """
          {
            "version": 1,
            "folders": [],
            "posts": [],
            "sources": [],
            "others": []
          }

          """.utf8))
  }

  @Test(arguments: [
    ("", "damaged"),
    ("{", "damaged"),
    ("<<<<<<< HEAD\n{\"version\": 1}", "resolve its conflicts"),
    ("{\"version\": 1}", "has no folders"),
    ("{\"version\": 2}", "version 2"),
    ("{\"version\": \"x\"}", "damaged"),
    ("[]", "damaged"),
    (#"{"version":1,"folders":["../x"],"posts":[],"sources":[],"others":[]}"#, "../x"),
    (
      #"{"version":1,"folders":[],"posts":[{"path":"/etc/x","sha256":"","spans":[]}],"sources":[],"others":[]}"#,
      "/etc/x"
    ),
    (#"{"version":1,"folders":[],"posts":[],"sources":[],"others":[{"path":"a/./b","sha256":""}]}"#, "a/./b"),
    (
      #"{"version":1,"folders":[],"posts":[],"sources":[],"others":[{"path":"","sha256":""}]}"#,
      "which is no path of a post"
    ),
  ])
  func refusesWhatIsNoJournal(text: String, words: String) throws {
    let error = #expect(throws: EditJournalError.self) {
      _ = try EditJournal(json: Data(text.utf8), file: "optimize-assets.lock.json")
    }
    let message = try #require(error?.description)
    #expect(message.hasPrefix("optimize-assets.lock.json:") && message.contains(" error: the journal "))
    #expect(message.contains(words), "\(message)")
    // What to do stands in parentheses.
    #expect(message.hasSuffix(")") && message.contains("("))
  }

  @Test func isEmptyWhereThereIsNone() throws {
    let folder = try TemporaryFolder()
    #expect(try EditJournal(site: SiteRoot(folder.path)).isEmpty)
  }

  @Test func ownsWhatWasNotFound() {
    #expect(Self.journal().createdFiles == ["old.webp": "6"])
  }
}
