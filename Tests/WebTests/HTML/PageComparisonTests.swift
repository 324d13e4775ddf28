import Testing

@testable import Web

private func difference(_ before: String, _ after: String) throws -> PageComparison.Difference? {
  PageComparison.difference(
    try #require(RenderedPage(Array(before.utf8))), try #require(RenderedPage(Array(after.utf8))))
}

@Suite struct PageComparisonTests {
  @Test(arguments: [
    ("<p><img src=a.jpg alt=x></p>", "<p><img src=a.jpg alt=x srcset='b.webp 320w' sizes=100vw></p>"),
    (
      "<p><img src=a.jpg></p>",
      "<p><img width=2 height=3 style='height:auto' loading=lazy decoding=async fetchpriority=high src=b.jpg></p>"
    ),
    ("<p><img src=a.jpg class=c></p>", "<p><img class=c data-src=a.jpg></p>"),
    (
      "<p>x <img src=a.jpg alt=x><em>c</em></p>",
      "<p>x <picture><source type=image/avif srcset=b.avif><img src=c.jpg alt=x></picture><em>c</em></p>"
    ),
    // As the author's own page has it.
    (
      "<picture><picture><img src=a.jpg></picture></picture>",
      "<picture><picture><source srcset=a.avif><img src=a.jpg></picture></picture>"
    ),
    ("<picture></picture><img src=a.jpg>", "<picture></picture><img src=a.jpg srcset='a.webp 9w'>"),
    ("<p>a\n   b</p>", "<p>a b</p>"),
    ("<p>a<!-- x -->b</p>", "<p>ab</p>"),
    ("<p id=a class=b>x</p>", "<p class=b id=a>x</p>"),
    ("<meta property=og:image content='https://x/a b.jpg'>", "<meta property=og:image content='/c.jpg'>"),
    ("<meta name=x content=a.png>", "<meta name=x content=b.png>"),
    ("<p style='background: url(a.jpg) top'>x</p>", "<p style='background: url(b.png) top'>x</p>"),
    (
      "<p style=\"background: URL( 'a (1).jpg' ) top\">x</p>",
      "<p style=\"background: URL( 'b.png' ) top\">x</p>"
    ),
    ("<style>a{background:url(a.jpg)}</style>", "<style>a{background:url(b.jpg)}</style>"),
    (
      "<script type=application/ld+json>{\"image\":\"https:\\/\\/x\\/a.jpg\",\"w\":1}</script>",
      "<script type=application/ld+json>{\"image\":\"/b.png\",\"w\":1}</script>"
    ),
    ("<video poster=a.jpg></video>", "<video poster=b.jpg></video>"),
    (
      "<link rel=preload as=image href=a.jpg>",
      "<link rel=preload as=image href=b.jpg imagesrcset='b.jpg 1x' imagesizes=100vw>"
    ),
  ])
  func areTheSame(before: String, after: String) throws { #expect(try difference(before, after) == nil) }

  @Test(arguments: [
    ("<p><img alt=x></p>", "<p><img alt=y></p>"),
    ("<p><img alt=x class=a></p>", "<p><img alt=x></p>"),
    ("<p><img><em>c</em></p>", "<p><img></p><em>c</em>"),
    ("<p><img> <img></p>", "<p><img><img></p>"),
    ("<p class=center><img></p>", "<picture><img></picture>"),
    ("<p>a b</p>", "<p>a&nbsp;b</p>"),
    ("<pre>a  b</pre>", "<pre>a b</pre>"),
    ("<a href=a.jpg><img></a>", "<a href=b.jpg><img></a>"),
    ("<meta name=description content='see a.png'>", "<meta name=description content='see b.png'>"),
    ("<p style='background: url(a.jpg) top'>x</p>", "<p style='background: url(a.jpg) left'>x</p>"),
    ("<style>@font-face{src:url(a.woff)}</style>", "<style>@font-face{src:url(b.woff)}</style>"),
    ("<script>x='a.jpg'</script>", "<script>x='b.jpg'</script>"),
    (
      "<script type=application/ld+json>{\"name\":\"a\"}</script>",
      "<script type=application/ld+json>{\"name\":\"b\"}</script>"
    ),
    ("<video><source src=a.mp4></video>", "<video></video>"),
    ("<p>a</p>", "<p>a</p><p>b</p>"),
    // How images stand in their pictures.
    (
      "<p><img src=a.jpg><img src=b.jpg></p>",
      "<p><picture><source srcset=a.avif><picture><source srcset=b.avif><img src=a.jpg></picture><img src=b.jpg></picture></p>"
    ),
    ("<p><img src=a.jpg><img src=b.jpg></p>", "<p><picture><img src=a.jpg><img src=b.jpg></picture></p>"),
    ("<p><img src=a.jpg></p>", "<p><picture><source srcset=a.avif></picture><img src=a.jpg></p>"),
    (
      "<p><a><img src=a.jpg></a></p>",
      "<p><picture><source srcset=a.avif><a><img src=a.jpg></a></picture></p>"
    ),
    ("<a href='\u{D55C}'>x</a>", "<a href='\u{1112}\u{1161}\u{11AB}'>x</a>"),
    ("<p>\u{D55C}</p>", "<p>\u{1112}\u{1161}\u{11AB}</p>"),
  ])
  func differ(before: String, after: String) throws { #expect(try difference(before, after) != nil) }

  @Test func namesTheFirstPlace() throws {
    let found = try #require(
      try difference(
        "<div><p>a</p><p>b <em class=x>c</em></p></div>", "<div><p>a</p><p>b <strong>c</strong></p></div>"))
    #expect(found.path == "html > body > div > p[2]")
    #expect(found.before == "<em class=\"x\">")
    #expect(found.after == "<strong>")
    #expect(found.description == "at html > body > div > p[2]: before <em class=\"x\">, after <strong>")
  }

  @Test func namesATextAndTheEnd() throws {
    let text = try #require(try difference("<p>a</p>", "<p>b</p>"))
    #expect(text.path == "html > body > p")
    #expect(text.before == "the text “a”")
    let more = try #require(try difference("<p>a</p>", "<p>a</p><p>b</p>"))
    #expect(more.before == "</body>")
    #expect(more.after == "<p>")
  }
}
