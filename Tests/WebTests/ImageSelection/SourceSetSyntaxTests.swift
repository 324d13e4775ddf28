import Testing
import Web

/// Where the URLs of a `srcset` stand, whether their descriptors make sense or not.
struct SourceSetSyntaxTests {
  @Test(arguments: [
    ("a.png", ["a.png"]), ("a.png 1x, b.png 2x", ["a.png", "b.png"]), ("a.png,b.png", ["a.png,b.png"]),
    (" , a.png 320w ,b.png 640w", ["a.png", "b.png"]), ("a.png,, b.png", ["a.png", "b.png"]),
    ("a.png (x, y) 1x, b.png", ["a.png", "b.png"]), ("a.png (x, y", ["a.png"]),
    ("a.png ((x), b.png", ["a.png", "b.png"]), ("a.png {{w}}w, b.png 1q", ["a.png", "b.png"]), (",, ", []),
  ])
  func findsURLs(srcset: String, expected: [String]) {
    let text = Array("<\(srcset)>".utf8)
    let items = SourceSetSyntax.items(in: text, 1..<(text.count - 1))
    #expect(items.map { String(decoding: text[$0.url], as: UTF8.self) } == expected)
  }
}
