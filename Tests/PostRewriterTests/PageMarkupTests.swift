import AssetModel
import Foundation
import Testing

@testable import PostRewriter

/// The images of built pages, of which it is known how the page shows them. The sample's is 640 pixels wide and 480 high.
@Suite struct PageMarkupTests {
  private static let column = SlotWidths(text: "(min-width: 540px) 500px, calc(100vw - 40px)")

  /// What a display says, and what the tag then has; or, after `!`, has not.
  static let cases: [(@Sendable (inout ImageDisplay) -> Void, [String])] = [
    ({ _ in }, ["sizes=\"(min-width: 640px) 640px, 100vw\"", "! width="]),
    ({ $0.spans = [.init(from: 240, slot: .own)] }, ["sizes=\"640px\"", "! width="]),
    (
      { display in
        display.spans = column.map { [.init(from: 240, slot: .upTo($0))] } ?? []
        display.space = .byAttributes
      }, ["sizes=\"(min-width: 540px) 500px, calc(100vw - 40px)\" width=\"640\" height=\"480\"", "!style="]
    ),
    ({ $0.space = .byStyle }, ["width=\"640\" height=\"480\" style=\"height:auto\""]),
    ({ $0.height = 60 }, ["sizes=\"80px\""]),
    // A width that is given would take in the borders of an image that is not held narrower than it is.
    ({ ($0.space, $0.leastForDimensions) = (.byStyle, 640) }, ["width=\"640\" height=\"480\" style="]),
    (
      { ($0.space, $0.leastForDimensions) = (.byStyle, 641) },
      ["! width=", "! style=", "! loading="]
    ),
    // Where boxes depend on the natural width, sizes keeps it, unless a width does.
    (
      { ($0.obstacle, $0.showsNaturalWidth) = (.table, true) }, ["sizes=\"640px\"", "! width="]
    ),
    (
      { ($0.obstacle, $0.showsNaturalWidth, $0.space) = (.table, true, .byAttributes) },
      ["sizes=\"(min-width: 640px) 640px, 100vw\" width=\"640\" height=\"480\""]
    ),
    (
      { display in
        (display.obstacle, display.showsNaturalWidth) = (.table, true)
        (display.space, display.takesWidth) = (.byAttributes, false)
      }, ["sizes=\"640px\" width=\"640\" height=\"480\""]
    ),
    (
      { display in
        display.spans = [
          .init(from: 240, slot: .filled(SlotWidths(pieces: [.init(from: 0, slope: 0, offset: 700)])))
        ]
        display.leastWidth = 700
      }, ["sizes=\"640px\""]
    ),
    (
      { display in
        display.spans =
          column.map {
            [.init(from: 240, slot: .filled($0)), .init(from: 1_000, slot: .own)]
          } ?? []
      }, ["sizes=\"(min-width: 1000px) 640px, (min-width: 540px) 500px, calc(100vw - 40px)\""]
    ),
  ]

  @Test(arguments: cases)
  func tagsFollowTheDisplay(change: @Sendable (inout ImageDisplay) -> Void, expected: [String]) throws {
    var display = ImageDisplay(path: "body > img")
    change(&display)
    try Self.expect(expected, in: Self.site(display).rewritten())
  }

  @Test func whatTheAuthorGaveStays() throws {
    var display = ImageDisplay(path: "body > img")
    display.space = .byStyle
    var site = Self.site(display)
    site.references[0].attributes["width"] = "320"
    try Self.expect(
      ["sizes=\"(min-width: 320px) 320px, 100vw\" height=\"240\"", "! width="], in: site.rewritten())
    site.references[0].attributes["fetchpriority"] = "low"
    try Self.expect(["!fetchpriority"], in: site.rewritten())
  }

  @Test(arguments: [
    ("body > img", true), ("img", true), ("body img", true), ("main img", false), ("img.wide", false),
  ])
  func aMeasuredSlotCountsBeforeTheStylesheets(selector: String, counts: Bool) throws {
    var display = ImageDisplay(path: "body > img")
    display.spans = [.init(from: 240, slot: .own)]
    var site = Self.site(display)
    var rule = MeasuredLayouts.Rule()
    (rule.selector, rule.slot) = (selector, Self.column.map { .upTo($0) })
    site.options.layouts.rules = [rule]
    let sizes = counts ? "(min-width: 540px) 500px, calc(100vw - 40px)" : "640px"
    try Self.expect(["sizes=\"\(sizes)\""], in: site.rewritten())
  }

  /// The images of a page by their letters before, whether room is kept for them, and how each is loaded.
  @Test(arguments: [
    ([(0, true), (10, true), (20, true), (30, true)], ["high", "-", "-", "lazy"]),
    ([(0, true), (10, true), (20, true), (30, false)], ["high", "-", "-", "-"]),
    ([(7_000, true), (7_000, false)], ["lazy", "-"]),
  ])
  func thoseOfTheFirstViewLoadAtOnce(images: [(letters: Int, isReserved: Bool)], expected: [String]) throws {
    let places = images.enumerated().map { number, image in
      var place = Self.site(ImageDisplay(path: "img")).references[0]
      place.range = ByteRange(100 * number, 100 * number + 10)
      place.display?.lettersBefore = image.letters
      place.display?.space = image.isReserved ? .reserved : .none
      return place
    }
    let sources = Dictionary(Self.site(ImageDisplay(path: "")).sources.map { ($0.path, $0) }) { a, _ in a }
    let roles = PageRoles(places, sources: sources, largest: nil)
    let names: [ImageRole.Loading: String] = [.urgent: "high", .lazy: "lazy", .unchanged: "-"]
    #expect(places.map { roles.role(of: $0).flatMap { names[$0.loading] } ?? "" } == expected)
  }

  private static func site(_ display: ImageDisplay) -> SampleSite {
    var site = SampleSite("@", reference: .init(.htmlImage, "<img src=\"/x.png\">"))
    site.dialect = .page
    site.references[0].display = display
    return site
  }

  private static func expect(_ expected: [String], in text: String) throws {
    for word in expected {
      #expect(
        word.hasPrefix("!") ? !text.contains(word.dropFirst()) : text.contains(word), "\(word): \(text)")
    }
  }
}
