import AssetModel
import Foundation
import Testing

@testable import PostRewriter

/// Posts whose lines end otherwise than when a run wrote into them, as after git has converted them.
@Suite struct LineEndChangeTests {
  /// A lone tag that goes on in the next line, and a text of two lines that became one.
  private static let author = "One\n\n<img src=\"/i/x.jpg\"\n  alt=\"a\">\n\n![b\nc](/i/y.jpg) end\n"
  private static let tag = "<img srcset=\"/o/x-320w-0123abcd.webp 320w\"\nsrc=\"/i/x.jpg\"\n  alt=\"a\">"
  private static let one = "<img srcset=\"/o/y-320w-11111111.webp 320w\" alt=\"b c\">"

  private static var written: (new: String, text: EditJournal.Text) {
    let olds = ["<img src=\"/i/x.jpg\"\n  alt=\"a\">", "![b\nc](/i/y.jpg)"]
    let new = author.replacing(olds[0], with: tag).replacing(olds[1], with: one)
    let changes = zip(olds, [tag, one]).map { old, new in
      let start = Data(author.utf8).range(of: Data(old.utf8))?.lowerBound ?? 0
      return (range: ByteRange(start, start + old.utf8.count), text: new)
    }
    return (new, EditJournal.Text(changes, author: Data(author.utf8), new: Data(new.utf8)))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// How the lines ended when the run wrote, and how they end now.
    var before: String
    var now: String
    /// What the author added since.
    var added = ""
  }

  @Test(arguments: [
    Case(testDescription: "to CRLF", before: "\n", now: "\r\n"),
    Case(testDescription: "to LF", before: "\r\n", now: "\n"),
    Case(testDescription: "to CRLF, and more text", before: "\n", now: "\r\n", added: "More.\r\n"),
    Case(testDescription: "as they were, and more text", before: "\r\n", now: "\r\n", added: "More.\r\n"),
  ])
  func theFileKeepsItsOwn(_ example: Case) {
    func ending(_ text: String, _ end: String) -> String { text.replacing("\n", with: end) }
    let (new, text) = Self.written
    let recorded = EditJournal.Text(
      sha256: ContentDigest.sha256(Data(ending(new, example.before).utf8)),
      spans: text.spans.map {
        EditJournal.Span(
          old: ending($0.old, example.before), new: ending($0.new, example.before), nth: $0.nth)
      })
    let file = Data((ending(new, example.now) + example.added).utf8)
    let result = AuthorText(file, recorded)
    #expect(
      String(decoding: result.bytes, as: UTF8.self).utf8.elementsEqual(
        (ending(Self.author, example.now) + example.added).utf8))
    #expect(result.lost.isEmpty)
    #expect(result.matches.count == 2)
  }
}
