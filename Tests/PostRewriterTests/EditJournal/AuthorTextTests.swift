import AssetModel
import Foundation
import Testing

@testable import PostRewriter

/// What the author's text is, whatever the author did to a post after a run.
@Suite struct AuthorTextTests {
  /// The author's post, and the changes of a run: an added attribute list, and a replaced URL that is part of it.
  private static let author = "---\nimage: /i/x.jpg\n---\nOne ![a](/i/x.jpg) two\n\n![b](/i/y.jpg)\n"
  private static let list = "{: srcset=\"/o/x-320w-0123abcd.webp 320w, /o/x-640w-89abcdef.webp 640w\"}"
  private static let listB = "{: srcset=\"/o/y-320w-11111111.webp 320w\"}"
  private static let card = "/o/x-640w-89abcdef.webp"

  private static func changes(_ author: String) -> [(range: ByteRange, text: String)] {
    func offset(_ text: String) -> Int { Data(author.utf8).range(of: Data(text.utf8))?.lowerBound ?? -1 }
    let image = offset("image: ") + 7
    let a = offset("![a]") + "![a](/i/x.jpg)".utf8.count
    let b = offset("![b]") + "![b](/i/y.jpg)".utf8.count
    return [
      (ByteRange(image, image + 8), card), (ByteRange(a, a), list), (ByteRange(b, b), listB),
    ]
  }

  private static func applied(_ changes: [(range: ByteRange, text: String)], to author: String) -> String {
    var bytes = Data(author.utf8)
    for change in changes.reversed() {
      bytes.replaceSubrange(change.range.range, with: Data(change.text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static let new = applied(changes(author), to: author)
  static let text = EditJournal.Text(changes(author), author: Data(author.utf8), new: Data(new.utf8))

  /// What the author did, what is left of it without the run's changes, and which spans are lost at which lines.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file: String
    var author: String
    var lost: [Int?] = []
  }

  static let cases = [
    Case(testDescription: "nothing", file: new, author: author),
    Case(testDescription: "text before", file: "x" + new, author: "x" + author),
    Case(testDescription: "text behind", file: new + "more\n", author: author + "more\n"),
    Case(
      testDescription: "text between", file: new.replacing(" two", with: " three"),
      author: author.replacing(" two", with: " three")),
    Case(
      testDescription: "lines end otherwise", file: new.replacing("\n", with: "\r\n"),
      author: author.replacing("\n", with: "\r\n")),
    Case(
      testDescription: "an attribute inside a span",
      file: new.replacing(
        "/o/y-320w-11111111.webp 320w\"", with: "/o/y-320w-11111111.webp 320w\" width=\"3\""),
      author: author.replacing(
        "(/i/y.jpg)", with: "(/i/y.jpg){: srcset=\"/o/y-320w-11111111.webp 320w\" width=\"3\"}"),
      lost: [6]),
    Case(
      testDescription: "the field names another image",
      file: new.replacing("image: " + card, with: "image: /i/z.jpg"),
      author: author.replacing("image: /i/x.jpg", with: "image: /i/z.jpg"), lost: [nil]),
    Case(
      testDescription: "the field has a query now",
      file: new.replacing("image: " + card, with: "image: " + card + "?v=2"),
      author: author.replacing("image: /i/x.jpg", with: "image: /i/x.jpg?v=2")),
    Case(
      testDescription: "the field names the file on a host",
      file: new.replacing("image: " + card, with: "image: https://e.org" + card),
      author: author.replacing("image: /i/x.jpg", with: "image: https://e.org" + card), lost: [2]),
    Case(
      testDescription: "an image is gone", file: new.replacing("\n![b](/i/y.jpg)" + listB, with: ""),
      author: author.replacing("\n![b](/i/y.jpg)", with: ""), lost: [nil]),
    Case(
      testDescription: "an image is there twice", file: new + "![b](/i/y.jpg)" + listB,
      author: author + "![b](/i/y.jpg)" + listB),
    Case(
      testDescription: "the field is gone, and its file is a candidate still",
      file: new.replacing("image: " + card + "\n", with: ""),
      author: author.replacing("image: /i/x.jpg\n", with: ""),
      lost: [nil]),
    Case(
      testDescription: "a list is changed, and the field's file is a candidate in it",
      file: new.replacing(list, with: list.dropLast() + " id=\"i\"}"),
      author: author.replacing("(/i/x.jpg)", with: "(/i/x.jpg)" + list.dropLast() + " id=\"i\"}"), lost: [4]),
    Case(testDescription: "everything is restored", file: author, author: author, lost: [nil, nil, nil]),
    Case(testDescription: "the file is empty", file: "", author: "", lost: [nil, nil, nil]),
  ]

  @Test(arguments: cases) func isWhatTheAuthorHas(one: Case) {
    let found = AuthorText(Data(one.file.utf8), Self.text)
    #expect(String(decoding: found.bytes, as: UTF8.self) == one.author)
    #expect(found.bytes == Data(one.author.utf8))
    #expect(found.lost.map(\.line) == one.lost)
    for span in found.matches {
      #expect(found.bytes[span.range.range] == Data(span.span.old.utf8))
    }
  }

  @Test func tellsSpansWithTheSameTextApart() {
    let author = "![a](x)![a](x) ![c](x)\n"
    let places = [7, 14, 22]
    let changes = places.map { (range: ByteRange($0, $0), text: "{: s=\"x-1w-00000000.webp 1w\"}") }
    let new = Self.applied(changes, to: author)
    let text = EditJournal.Text(changes, author: Data(author.utf8), new: Data(new.utf8))
    #expect(text.spans.map(\.nth) == [0, 1, 2])
    #expect(AuthorText(Data(new.utf8), text).bytes == Data(author.utf8))
    #expect(AuthorText(Data(("x" + new).utf8), text).bytes == Data(("x" + author).utf8))
    // One of them is gone: two are found, whichever.
    let shorter = String(new.dropFirst(7 + changes[0].text.utf8.count))
    let found = AuthorText(Data(shorter.utf8), text)
    #expect(found.bytes == Data(author.dropFirst(7).utf8))
    #expect(found.lost.map(\.line) == [nil])
  }

  @Test func keepsWhatTheAuthorHadWrittenInTheSameWords() {
    // The post shows in code what a run writes, before the run writes it.
    let author = "`{: s=\"x-1w-00000000.webp 1w\"}` ![a](x)\n"
    let change = (
      range: ByteRange(author.utf8.count - 1, author.utf8.count - 1), text: "{: s=\"x-1w-00000000.webp 1w\"}"
    )
    let new = Self.applied([change], to: author)
    let text = EditJournal.Text([change], author: Data(author.utf8), new: Data(new.utf8))
    #expect(text.spans.map(\.nth) == [1])
    #expect(AuthorText(Data(new.utf8), text).bytes == Data(author.utf8))
  }

  @Test func knowsBothTextsOfAKilledRun() {
    let previous = Self.text
    let changed = Self.author.replacing("image: /i/x.jpg", with: "image: /o/x-9w-22222222.jpg")
    let text = EditJournal.Text(
      [(range: ByteRange(11, 19), text: "/o/x-9w-22222222.jpg")], author: Data(Self.author.utf8),
      new: Data(changed.utf8))
    let post = EditJournal.Post(path: "p.md", text: text, previous: previous)
    for file in [Self.new, changed, Self.new + "more", changed + "more"] {
      let found = AuthorText(Data(file.utf8), post)
      let expected = Self.author + (file.hasSuffix("more") ? "more" : "")
      #expect(String(decoding: found.bytes, as: UTF8.self) == expected)
      #expect(found.lost == [])
    }
    // Before the first run there was nothing of ours.
    let first = EditJournal.Post(
      path: "p.md", text: previous,
      previous: EditJournal.Text([], author: Data(Self.author.utf8), new: Data(Self.author.utf8)))
    for file in [Self.author, Self.new] {
      let found = AuthorText(Data(file.utf8), first)
      #expect(found.bytes == Data(Self.author.utf8))
      #expect(found.lost == [])
    }
  }
}

/// Journals that no run wrote: a pull request can bring one.
@Suite struct HostileJournalTests {
  private static func author(_ file: Data, _ spans: [EditJournal.Span], isExact: Bool = false) -> AuthorText {
    AuthorText(file, EditJournal.Text(sha256: isExact ? ContentDigest.sha256(file) : "", spans: spans))
  }

  @Test func spansThatReachIntoEachOther() {
    let file = Data("abc abc".utf8)
    let spans = [
      EditJournal.Span(old: "1", new: "bc", nth: 0), EditJournal.Span(old: "2", new: "ab", nth: 0),
      EditJournal.Span(old: "3", new: "abc", nth: 1), EditJournal.Span(old: "4", new: "abc", nth: 1),
    ]
    let author = Self.author(file, spans, isExact: true)
    #expect(String(decoding: author.bytes, as: UTF8.self) == "2c 3")
    #expect(author.matches.map(\.span.old) == ["2", "3"])
    #expect(author.lost.map(\.span.old) == ["1", "4"])
  }

  /// Each span was compared with each other, and each that is lost with each name of a file.
  @Test func asManySpansAsLines() {
    func name(_ number: Int) -> String { "x-320w-" + String(10_000_000 + number) + ".webp" }
    let numbers = 0..<60_000
    let file = Data(numbers.map { "\(name($0))\n" }.joined().utf8)
    let spans = numbers.map {
      EditJournal.Span(old: "o\($0)", new: $0.isMultiple(of: 2) ? name($0) : "(\(name($0)))")
    }
    let author = Self.author(file, spans)
    #expect(author.matches.count == 30_000)
    #expect(author.lost.map(\.line) == numbers.filter { !$0.isMultiple(of: 2) }.map { $0 + 1 })
    #expect(author.bytes.starts(with: Data("o0\n\(name(1))\no2\n".utf8)))
  }

  @Test func textsThatStandEverywhere() {
    let file = Data(repeating: UInt8(ascii: "x"), count: 1_000_000)
    let spans = (1...5_000).map {
      EditJournal.Span(old: "", new: String(repeating: "x", count: $0), nth: 0)
    }
    let author = Self.author(file, spans)
    #expect(author.bytes == file)
    #expect(author.lost.count == spans.count)
  }
}
