import Testing

@testable import Web

/// The files of an `image-set()`, which may be strings.
struct ImageSetURLsTests {
  @Test(arguments: [
    ("background:image-set('a.png' 1x, 'b c.png' 2x)", ["a.png", "b c.png"]),
    ("background:-webkit-image-set(url(a.png) 1x,url('b.png') 2x)", ["a.png", "b.png"]),
    // What its author gave a type says what browsers get.
    (
      "background:image-set('a.avif' type('image/avif'), 'a.png' type('image/png') 1x, url(b.png) 2x)",
      ["b.png"]
    ),
    // Strings elsewhere, and what is not closed.
    ("content:'a.png'; quotes: attr('b.png') image-set((linear-gradient(red, red)) 1x)", []),
    ("background:image-set('a.png 1x", []),
    ("a{b:image-set('a.png' 1x}c{content:'d.png'}", ["a.png"]),
  ])
  func areRead(css: String, expected: [String]) {
    let bytes = Array(css.utf8)
    #expect(
      StyleURLs.find(in: bytes, bytes.indices).map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == expected)
  }
}
