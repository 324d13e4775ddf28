import Testing

@testable import Web

/// The pictures that JSON-LD gives crawlers.
struct LinkedPicturesTests {
  @Test(arguments: [
    (#"{"@type":"Article","image":"https://a.org/x.png","url":"/y.png"}"#, ["https://a.org/x.png"]),
    (#"{"image": ["/x.png", "/y.jpg?v=1", "/z.html"], "name":"image"}"#, ["/x.png", "/y.jpg?v=1"]),
    (#"{"@graph":[{"thumbnailUrl":"https:\/\/a.org\/x.png"}]}"#, ["https://a.org/x.png"]),
    // An object can tell the size of its picture.
    (#"{"image":{"@type":"ImageObject","url":"/x.png","width":900},"logo":"/l.png"}"#, []),
    (#"{"image":[{"url":"/x.png"},"/y.png"]}"#, ["/y.png"]),
    (#"{"image":"/a\"b.png","b":["image","/x.png"]}"#, []),
    (#"{"image":"/x.png"#, []), ("[[[", []), ("", []),
  ])
  func areFound(json: String, expected: [String]) {
    let bytes = Array(json.utf8)
    let found = LinkedPictures.find(in: bytes, bytes.indices)
    #expect(found.map(\.url) == expected)
    #expect(found.allSatisfy { bytes[$0.range.lowerBound - 1] == UInt8(ascii: "\"") })
  }
}
