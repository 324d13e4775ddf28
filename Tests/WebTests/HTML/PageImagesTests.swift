import Testing

@testable import Web

private func images(_ html: String) throws -> PageImages {
  PageImages(try #require(RenderedPage(Array(html.utf8))))
}

@Suite struct PageImagesTests {
  @Test(arguments: [
    ("<img src=a.jpg srcset='b.webp 320w, c.webp 640w'>", ["a.jpg", "b.webp", "c.webp"]),
    ("<picture><source srcset=a.avif><img src=b.jpg></picture>", ["a.avif", "b.jpg"]),
    ("<video poster=a.jpg></video>", ["a.jpg"]),
    ("<meta property=og:image content=https://x/a.jpg>", ["https://x/a.jpg"]),
    ("<meta name=description content='a.jpg is here'>", []),
    ("<link rel=preload as=image href=a.jpg imagesrcset='b.jpg 1x'>", ["a.jpg", "b.jpg"]),
    ("<link rel=stylesheet href=a.css>", []),
    ("<p style='background:url(a.jpg),url(\"b.png\")'>", ["a.jpg", "b.png"]),
    ("<style>p{background:url( a.jpg )}@font-face{src:url(b.woff)}</style>", ["a.jpg"]),
    (
      "<script type=application/ld+json>{\"image\":{\"url\":\"https:\\/\\/x\\/a.jpg\"},\"x\":\"b\"}</script>",
      ["https://x/a.jpg"]
    ),
    ("<script>\"a.jpg\"</script>", []),
    ("<p style='background:url(a.jpg'>", []), ("<p style='url('>", []), ("<p style=\"url('a.jpg)\">", []),
  ])
  func findsEveryUse(html: String, urls: [String]) throws {
    #expect(try images(html).uses.map(\.url) == urls)
  }

  @Test func listsWhatABrowserMayChooseFrom() throws {
    let found = try images(
      "<picture><source type=image/avif srcset='a.avif 320w'><img src=b.jpg srcset='b.jpg 640w'></picture><img src=c>"
    )
    #expect(found.pictures.map(\.isInPicture) == [true, false])
    #expect(found.pictures[0].candidates.map(\.type) == ["image/avif", nil])
    #expect(found.pictures[0].candidates.map(\.candidate.width) == [320, 640])
    #expect(found.pictures[1].candidates.isEmpty)
  }
}

@Suite struct PageAddressTests {
  @Test(arguments: [
    ("a.jpg", "blog/post/a.jpg"), ("./a.jpg", "blog/post/a.jpg"), ("../a.jpg", "blog/a.jpg"),
    ("/a.jpg", "a.jpg"), ("/base/a.jpg", "a.jpg"), ("../../../../a.jpg", "a.jpg"),
    ("/%EA%B0%80%20b.jpg?x=1#y", "가 b.jpg"), ("https://Own.example/a.jpg", "a.jpg"),
    ("//own.example/base/a.jpg", "a.jpg"), ("https://other.example/a.jpg", nil), ("data:image/png,x", nil),
    ("mailto:a@b", nil), ("", nil), ("#x", nil), (" /a.jpg\n", "a.jpg"), ("/%FF.jpg", "%FF.jpg"),
  ])
  func resolves(url: String, path: String?) throws {
    let address = PageAddress(
      page: "blog/post/index.html", location: PageLocation(),
      publication: .init(baseurl: "/base", hosts: ["own.example"]))
    #expect(address.path(of: url) == path)
  }

  @Test func followsTheBaseAndTheCanonicalURL() throws {
    let page = try images("<link rel=canonical href=https://own.example/p.html><base href='/x/'>")
    let address = PageAddress(page: "p.html", location: page.location, publication: .init())
    #expect(address.path(of: "a.jpg") == "x/a.jpg")
    #expect(address.path(of: "https://own.example/b.jpg") == "b.jpg")
    let away = PageAddress(
      page: "p.html", location: try images("<base href=https://cdn.example/>").location, publication: .init())
    #expect(away.path(of: "a.jpg") == nil)
  }
}
