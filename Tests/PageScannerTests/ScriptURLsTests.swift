import Testing

@testable import PageScanner

/// Strings of scripts that are the URL of an image.
@Suite struct ScriptURLsTests {
  static let cases: [(text: String, urls: [String])] = [
    (#"const r=s.p+"assets/images/boat-31f.jpg";"#, ["assets/images/boat-31f.jpg"]),
    (#"{src:"/img/hall.jpg",alt:'x.png?'}"#, ["/img/hall.jpg"]),
    (#"{"image":"\/img\/a.jpg","other":"\u002Fimg\u002Fb.png"}"#, ["/img/a.jpg", "/img/b.png"]),
    (#"JSON.parse('{\"a\":\"/img/c.webp\"}')"#, ["/img/c.webp"]),
    // What is part of a longer text, or makes a URL of others.
    (#"`<img src=/img/a.jpg>`; "see a.jpg here"; "/img/a.jpg?x"; "/img/" + name + ".jpg""#, []),
    (#""a.jpg"#, []), ("", []), (".jpg", []), (#"".jpg""#, []),
  ]

  @Test(arguments: cases.indices)
  func areTheWholeString(_ index: Int) {
    let (text, urls) = Self.cases[index]
    #expect(ScriptURLs.literals(in: Array(text.utf8)) == urls, "\(text)")
  }

  @Test(
    arguments: [
      ("/img/a.jpg", "img/a.jpg"), ("img/a.jpg", "img/a.jpg"), ("./img/a.jpg", "img/a.jpg"),
      ("/docs/img/a.jpg", "img/a.jpg"), ("/img/b%20c.png", "img/b c.png"), ("a.jpg", nil),
      ("docs/img/a.jpg", nil), ("https://example.org/img/a.jpg", nil), ("/", nil),
    ] as [(String, String?)])
  func leadToAFile(_ url: String, _ file: String?) {
    #expect(ScriptURLs.file(url, among: ["img/a.jpg", "img/b c.png"]) == file)
  }
}
