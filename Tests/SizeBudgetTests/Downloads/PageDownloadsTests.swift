import AssetModel
import SiteFiles
import SizeBudget
import Testing
import TestSupport
import Web

struct PageDownloadsTests {
  /// The images that a screen downloads by our own reckoning, without folder and extension.
  private func downloads(_ item: DownloadCase, _ screen: Screen) throws
    -> Set<String>
  {
    let folder = try TemporaryFolder()
    try folder.write(item.html, to: "index.html")
    for image in DownloadCase.images { try folder.write(DownloadCase.image, to: "i/\(image).svg") }
    for (path, text) in item.sheets { try folder.write(text, to: path) }
    let pages = PageDownloads(
      root: try SiteRoot(folder.path), site: Site(kind: .html, reason: "", root: folder.path),
      screens: [screen])
    let requests = try #require(try pages.requests(of: "index.html"))
    return Set(
      requests.compactMap { $0.choices[screen.name]?.file }.map { String($0.dropFirst(2).dropLast(4)) })
  }

  @Test(arguments: DownloadCase.all) func asksForWhatABrowserAsksFor(_ item: DownloadCase) throws {
    #expect(
      try downloads(item, .phone) == item.phone)
    #expect(
      try downloads(item, Screen(width: 1_920, height: 1_080, density: 1))
        == item.desktop)
  }

  @Test func tellsWhatIsNotThere() throws {
    let folder = try TemporaryFolder()
    try folder.write("p{background:url(../no.png)}", to: "css/x.css")
    try folder.write(
      "<link rel=stylesheet href=css/x.css><p>x</p>\n<img src=/gone.jpg><img src=https://example.org/a.jpg>",
      to: "index.html")
    let pages = PageDownloads(
      root: try SiteRoot(folder.path), site: Site(kind: .html, reason: "", root: folder.path),
      screens: [Screen(width: 412, height: 915, density: 2)])
    let requests = try #require(try pages.requests(of: "index.html"))
    #expect(requests.filter(\.isMissing).map(\.url) == ["/gone.jpg", "../no.png"])
    #expect(requests.allSatisfy { $0.choices.isEmpty && $0.file == nil })
    #expect(requests.first?.line == 2)
  }

  /// What a reader downloads of an image that a script or AMP puts into place.
  @Test(arguments: [
    (#"<img class="lazyload" src="/i/a.svg" data-src="/i/b.svg">"#, "b"),
    (#"<img src="/i/a.svg" data-srcset="/i/b.svg 400w">"#, "b"),
    (#"<picture><source data-srcset="/i/b.svg 400w"><img data-src="/i/a.svg"></picture>"#, "b"),
    (#"<img src="/i/a.svg" data-lazy="true">"#, "a"),
    (#"<amp-img src="/i/a.svg"></amp-img>"#, "a"),
  ])
  func countsWhatIsPutIntoPlace(body: String, expected: String) throws {
    var item = DownloadCase.all[0]
    (item.head, item.body) = ("", body)
    #expect(try downloads(item, .phone) == [expected])
  }

  /// Each way through the ancestors tried anew would be 300 to the power of 9.
  @Test func deepPagesAndLongSelectorsComeToAnEnd() throws {
    var item = DownloadCase.all[0]
    item.head = "<style>p div div div div div div div div div em{background:url(i/a.svg)}</style>"
    item.body = String(repeating: "<div>", count: 300) + "<em>x</em>"
    #expect(
      try downloads(item, Screen(width: 412, height: 915, density: 2)) == [])
  }
}
