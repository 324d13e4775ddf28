import Foundation
import Testing

@testable import PostRewriter

@Suite struct TextOccurrencesTests {
  private static let file = """
    <img src="/a/x-320w-0123abcd.jpg" srcset="/a/x-320w-0123abcd.webp 320w, /a/x-640w-0123abcd.webp 640w">
    <img src=/a/1x-320w-0123abcd.jpgx loading="lazy"><img loading="lazy"><p>aaaa</p>
    """

  @Test(arguments: [
    // Names of variants: whole, cut at either end, within a longer one, beside another width.
    "/a/x-320w-0123abcd.jpg", "320w-0123abcd.jpg", "20w-0123abcd.webp", "x-320w-0123abcd.j",
    " srcset=\"/a/x-320w-0123abcd.webp 320w, /a/x-640w-0123abcd.webp 640w\"", "/a/x-640w-0123abcd.webp 640w",
    "/a/x-320w-ffffffff.jpg",
    // Texts that name none.
    " loading=\"lazy\"", "aa", "<img", "nothing", "",
  ])
  func areThoseOfASearch(text: String) {
    var occurrences = TextOccurrences(Data(Self.file.utf8))
    let (file, wanted) = (Array(Self.file.utf8), Array(text.utf8))
    let expected =
      wanted.isEmpty
      ? [] : file.indices.filter { file[$0...].starts(with: wanted) }
    #expect(occurrences.of(Data(wanted)) == expected)
    // A slice counts from its own start.
    var sliced = TextOccurrences(Data("12345".utf8 + file)[5...])
    #expect(sliced.of(Data(wanted)) == expected)
  }

  /// What is looked for once for each image of a large page takes one look at the page, and not one an image.
  @Test func aPageOfManyImagesIsReadOnce() {
    let images = (0..<1_000).map { number -> String in
      let digest = String(repeating: "0", count: 8 - String(number).count) + String(number)
      return " srcset=\"/assets/optimized/photo-\(number)-320w-\(digest).webp 320w\""
    }
    let author = Data((images.map { _ in "<img>" + String(repeating: "text ", count: 500) }).joined().utf8)
    let length = author.count / images.count
    let changes = images.enumerated().map { number, text in
      Change(range: .init(number * length + 4, number * length + 4), text: text)
    }
    let new = Change.apply(changes, to: author) ?? Data()
    let text = EditJournal.Text(changes.map { ($0.range, $0.text) }, author: author, new: new)
    #expect(text.spans.allSatisfy { $0.nth == nil })
    var occurrences = TextOccurrences(new)
    for change in changes { #expect(occurrences.of(Data(change.text.utf8)).count == 1) }
    #expect(TextOccurrences.allowed - occurrences.work < 100 * images.count)
    #expect(AuthorText(new, text).bytes == author)
    #expect(AuthorText(new + Data("<p>more".utf8), text).bytes == author + Data("<p>more".utf8))
  }
}
