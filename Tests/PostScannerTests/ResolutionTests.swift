import AssetModel
import Foundation
import Testing
import TestSupport

@testable import PostScanner

@Suite struct ResolutionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var url: String
    var status = Reference.Status.local
    var source: String? = "assets/x.png"
    /// How the URL of `v/a b.webp` is written in its place.
    var other: String?
    var tail = ""
    var testDescription: String { url }
  }

  private static let files = [
    "assets/x.png", "assets/a b.png", "assets/한글.png", "assets/d.pdf", "2020/01/02/y.png",
  ]

  private static func check(_ one: Case, config: String) throws {
    let references = try imagesOfPost("![a](\(one.url))\n", config: config, files: files)
    try #require(references.count == 1)
    #expect(references[0].status == one.status)
    #expect(references[0].source == (one.status == .local ? one.source : nil))
    if let other = one.other { #expect(references[0].link?.url(of: "v/a b.webp") == other) }
    #expect(references[0].link?.tail ?? "" == one.tail)
    #expect((references[0].reason == nil) == (one.status == .local))
  }

  @Test(arguments: [
    Case(url: "/assets/x.png", other: "/v/a%20b.webp"),
    Case(url: "../../../assets/x.png", other: "../../../v/a%20b.webp"),
    Case(url: "y.png", source: "2020/01/02/y.png", other: "../../../v/a%20b.webp"),
    Case(url: "./y.png?v=2#c", source: "2020/01/02/y.png", tail: "?v=2#c"),
    Case(url: "/assets/a b.png", source: "assets/a b.png"),
    Case(url: "/assets/a%20b.png", source: "assets/a b.png"),
    Case(url: "/assets/한글.png", source: "assets/한글.png"),
    Case(url: "/assets/%ED%95%9C%EA%B8%80.png", source: "assets/한글.png"),
    Case(url: "/assets/\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}.png", source: "assets/한글.png"),
    Case(url: "{{ site.baseurl }}/assets/x.png", other: "{{ site.baseurl }}/v/a%20b.webp"),
    Case(url: "{{ \"/assets/x.png\" | relative_url }}", other: "{{ \"/v/a%20b.webp\" | relative_url }}"),
    Case(url: "{{ 'assets/x.png' | absolute_url }}", other: "{{ 'v/a%20b.webp' | absolute_url }}"),
    Case(
      url: "{{ '/assets/x.png' | prepend: site.baseurl }}",
      other: "{{ '/v/a%20b.webp' | prepend: site.baseurl }}"
    ),
    Case(
      url: "{{ site.url }}{{ site.baseurl }}/assets/x.png",
      other: "{{ site.url }}{{ site.baseurl }}/v/a%20b.webp"
    ),
    Case(url: "{% link assets/x.png %}", other: "{{ \"/v/a%20b.webp\" | relative_url }}"),
    Case(url: "https://EXAMPLE.org/assets/x.png", other: "https://EXAMPLE.org/v/a%20b.webp"),
    Case(url: "//example.org/assets/x.png", other: "//example.org/v/a%20b.webp"),
    Case(url: "assets\\..\\y.png", source: "2020/01/02/y.png"),
    Case(url: "https://example.com/assets/x.png", status: .remote),
    Case(url: "//example.com/assets/x.png", status: .remote),
    Case(url: "data:image/png;base64,AAAA", status: .data),
    Case(url: "{{ page.cover }}", status: .templated),
    Case(url: "{{ site.data.x }}/assets/x.png", status: .templated),
    Case(url: "/assets/none.png", status: .missing),
    Case(url: "/assets/X.png", status: .missing),
    Case(url: "", status: .missing),
    Case(url: "/_posts/x.png", status: .missing),
    Case(url: "../../../../../secret.png", status: .outsideSite),
    Case(url: "/assets/d.pdf", status: .unsupported),
  ])
  func urlsResolveAsInABrowser(_ one: Case) throws {
    try Self.check(one, config: "url: https://example.org\n")
  }

  @Test(arguments: [
    Case(url: "/blog/assets/x.png", other: "/blog/v/a%20b.webp"),
    Case(url: "{{ site.baseurl }}/assets/x.png", other: "{{ site.baseurl }}/v/a%20b.webp"),
    Case(url: "{{ site.url }}/blog/assets/x.png", other: "{{ site.url }}/v/a%20b.webp"),
    Case(url: "https://example.org/blog/assets/x.png", other: "https://example.org/blog/v/a%20b.webp"),
    Case(url: "../../../assets/x.png", other: "../../../v/a%20b.webp"),
    Case(url: "../../../../blog/assets/x.png"),
    Case(url: "/assets/x.png", status: .missing),
    Case(url: "../../../../other/x.png", status: .outsideSite),
  ])
  func urlsResolveBelowABaseurl(_ one: Case) throws {
    try Self.check(one, config: "url: https://example.org\nbaseurl: /blog/\n")
  }

  @Test(arguments: [
    ("/assets/X.PNG", "capitals and small letters differ"),
    ("/assets/x.jpg", "the extension differs"),
    ("/images/x.png", "the folder differs"),
    ("/assets/xx.png", "did you mean assets/x.png?"),
    ("/assets/completely-different.png", "add the file or correct the path"),
  ])
  func aMissingFileNamesTheNearest(_ url: String, _ words: String) throws {
    let references = try imagesOfPost("![a](\(url))\n")
    #expect(references.first?.reason?.contains(words) == true)
  }

  @Test func aLinkOutOfTheSiteIsNotFollowed() throws {
    let site = try TemporaryFolder([
      "_config.yml": "", "_posts/2020-01-02-a.md": "---\n---\n![a](/assets/x.png)\n", "assets/y": "",
    ])
    try FileManager.default.createSymbolicLink(
      atPath: site.path + "/assets/x.png",
      withDestinationPath: "/etc/hosts"
    )
    #expect(try site.scan().references.map(\.status) == [.outsideSite])
  }

  @Test func linesAndColumnsCountScalars() throws {
    let references = try imagesOfPost("가나 ![a](/assets/x.png)\n")
    #expect(references.map { [$0.line, $0.column] } == [[3, 4]])
  }
}
