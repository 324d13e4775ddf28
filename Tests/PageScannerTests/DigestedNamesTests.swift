import Testing

@testable import PageScanner

/// Image files whose content a text names by a hash.
@Suite struct DigestedNamesTests {
  private static let md5 = "d41d8cd98f00b204e9800998ecf8427e"
  private static let sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"

  static let cases: [(text: String, isPage: Bool, names: Set<String>)] = [
    // Workbox, in both orders, minified and not; a file whose name tells its version has no hash.
    (#"precache([{url:"img/a.png",revision:"\#(md5)"},{url:"b.1f3a.png",revision:null}])"#, false, ["a.png"]),
    (#"[{"revision": "\#(md5)", "url": "/a.png"}, {"url": "/b.png"}]"#, false, ["a.png"]),
    (#"{"x":"[{\"revision\":\"\#(md5)\",\"url\":\"/a.png\"}]"}"#, false, ["a.png"]),
    // sw-precache
    (#"var c=[["img/a.png","\#(md5)"],["img/b c.jpg","\#(md5)"]];"#, false, ["a.png", "c.jpg"]),
    // Angular
    (
      #"{"assets":["/c.png"],"hashTable":{"/a.png":"\#(sha1)","/b.jpg":"\#(sha1)"}}"#, false,
      ["a.png", "b.jpg"]
    ),
    // What a page says of one file says nothing of the next.
    (
      #"<link rel=preload as=image href="/a.png" integrity="sha384-abc="><img src="/b.png">"#, true, ["a.png"]
    ),
    (#"<link integrity="sha256-x=" href="/s.css"><p>a < b</p><img src="/b.png">"#, true, []),
    // A hash in a path, of a whole list, or of a length that none has.
    (#"{"src":"/static/\#(md5)/a.png","id":"\#(md5.dropLast())"}"#, false, []),
    (#"{"version":"\#(sha1)","files":{"a":"/a.png"}}"#, false, []),
    (#"{}]>}"#, true, []), ("", false, []), (#"{"a.png""#, false, []),
    (#"{"a.png","\#(md5)""#, false, ["a.png"]),
  ]

  @Test(arguments: cases.indices)
  func areTheNamesBesideAHash(_ index: Int) {
    let (text, isPage, names) = Self.cases[index]
    #expect(DigestedNames.words(in: Array(text.utf8), isPage: isPage) == names, "\(text)")
  }
}
