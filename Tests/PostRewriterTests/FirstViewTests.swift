import AssetModel
import Testing

@testable import PostRewriter

/// Which images of a page load at once: those that a phone shows first, and the largest that a wide window does.
@Suite struct FirstViewTests {
  struct Place {
    var width = 800
    var height = 600
    /// CSS pixels of text above it on phones and on laptops.
    var above = (phone: 0, laptop: 0)
    var letters = 0
    var isSometimesHidden = false
    var isEverShown = true
  }

  private static let names: [ImageRole.Loading: String] = [
    .urgent: "high", .eager: "eager", .lazy: "lazy", .unchanged: "-",
  ]

  static let pages: [([Place], [String])] = [
    // A phone shows 412 by 309 of each: the first two, and the beginning of the third.
    ([Place(), Place(), Place(), Place()], ["high", "-", "-", "lazy"]),
    // Of tall ones what windows show of them counts.
    ([Place(), Place(height: 300), Place(height: 4_000), Place()], ["-", "-", "high", "lazy"]),
    ([Place(height: 1_200), Place(height: 4_000)], ["high", "-"]),
    // Text pushes the second below a phone's window, and in a laptop's it is not the largest.
    ([Place(), Place(width: 400, height: 300, above: (700, 300))], ["high", "lazy"]),
    // A phone may show it, and does not in usual themes.
    ([Place(above: (700, 300))], ["eager"]),
    ([Place(), Place(above: (500, 300)), Place(above: (500, 300))], ["high", "lazy", "lazy"]),
    // Behind the article: its text stands above.
    ([Place(above: (20, 20)), Place(width: 60, height: 60, letters: 2_000)], ["high", "lazy"]),
    ([Place(above: (20, 20)), Place(width: 60, height: 60, letters: 100)], ["high", "-"]),
    // The only one of a laptop's first view.
    ([Place(above: (1_300, 400))], ["eager"]),
    ([Place(above: (1_300, 1_300))], ["lazy"]),
    // Two in a row do not push each other down.
    ([Place(width: 200, height: 600), Place(width: 200, height: 600)], ["high", "-"]),
    // Some windows show it, at the foot of the page; another is shown by a script.
    ([Place(), Place(above: (1_300, 1_300), isSometimesHidden: true)], ["high", "lazy"]),
    ([Place(), Place(above: (1_300, 1_300), isSometimesHidden: true, isEverShown: false)], ["high", "-"]),
    ([Place(isSometimesHidden: true), Place()], ["-", "high"]),
  ]

  private static let column = SlotWidths(pieces: [.init(from: 240, slope: 0, offset: 412)])

  @Test(arguments: pages)
  func isToldFromWhatStandsAbove(places: [Place], expected: [String]) {
    var sources: [String: Source] = [:]
    let images = places.enumerated().map { number, place in
      let path = "\(number).png"
      var source = Source(path: path, sha256: "", bytes: 1, format: .png)
      (source.width, source.height) = (place.width, place.height)
      sources[path] = source
      var image = Reference(
        post: "a.html", kind: .htmlImage, range: ByteRange(number, number + 1),
        urlRange: ByteRange(number, number + 1), line: 1, column: 1, url: path, status: .local, source: path)
      var display = ImageDisplay(path: "body > img")
      (display.textAbove.onPhones, display.textAbove.onLaptops) = place.above
      display.lettersBefore = place.letters
      (display.space, display.isSometimesHidden) = (.reserved, place.isSometimesHidden)
      if place.isEverShown { display.spans = [.init(from: 240, slot: .upTo(Self.column))] }
      image.display = display
      return image
    }
    let roles = PageRoles(images, sources: sources, largest: nil)
    #expect(images.map { roles.role(of: $0).flatMap { Self.names[$0.loading] } ?? "" } == expected)
  }

  @Test func oneThatIsLoadedAheadStaysAsItIs() {
    var display = ImageDisplay(path: "img")
    display.textAbove.onPhones = 5_000
    display.space = .reserved
    let references = [Reference.Kind.preload, .htmlImage].enumerated().map { number, kind in
      var image = Reference(
        post: "a.html", kind: kind, range: ByteRange(number, number + 1), urlRange: ByteRange(0, 1), line: 1,
        column: 1, url: "a.png", status: .local, source: "a.png")
      image.display = display
      return image
    }
    let roles = PageRoles(references, sources: [:], largest: nil)
    #expect(roles.role(of: references[1])?.loading == .unchanged)
    #expect(PageRoles([references[1]], sources: [:], largest: nil).role(of: references[1])?.loading == .lazy)
  }

  @Test func oneThatRulesAskAboutStaysAsItIs() {
    var display = ImageDisplay(path: "img")
    display.textAbove.onPhones = 5_000
    (display.space, display.mayLoadLazily) = (.reserved, false)
    var image = Reference(
      post: "a.html", kind: .htmlImage, range: ByteRange(0, 1), urlRange: ByteRange(0, 1), line: 1, column: 1,
      url: "a.png", status: .local, source: "a.png")
    image.display = display
    #expect(PageRoles([image], sources: [:], largest: nil).role(of: image)?.loading == .unchanged)
  }
}
