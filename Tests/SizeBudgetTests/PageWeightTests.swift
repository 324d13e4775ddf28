import AssetModel
import Testing

@testable import SizeBudget

/// The weight of a page as a build remembers it.
struct PageWeightTests {
  private static let image = {
    var image = PlacedImage(
      line: 3, column: 9, url: "/b.jpg", file: "b.jpg", isMissing: true, alt: "b", hasDimensions: true,
      isLazy: true, role: .poster,
      downloads: [
        "phone": Download(file: "b.webp", bytes: 7, pixels: 640, slot: 380.5, isInFirstView: true),
        "laptop": Download(file: "b.jpg", bytes: 9, isInFirstView: false),
      ])
    (image.writtenIn, image.hasCandidates) = ("part.adoc", true)
    return image
  }()

  /// The properties of a record that are what a blank one has: nobody would miss them.
  private func unfilled<Record: CompactRecord>(_ record: Record) -> [String] {
    zip(Mirror(reflecting: record).children, Mirror(reflecting: Record.blank).children)
      .filter { "\($0.value)" == "\($1.value)" }.map { $0.0.label ?? "" }
  }

  @Test func isKeptWhole() throws {
    let page = PageWeight(path: "a.html", tags: ["sea"], images: [Self.image, PlacedImage(url: "")])
    #expect(unfilled(page) == [] && unfilled(Self.image) == [])
    #expect(Self.image.downloads["phone"].map(unfilled) == [])
    let data = try #require(CompactEncoder.data(of: page))
    #expect(CompactDecoder.value(PageWeight.self, of: data) == page)
    #expect(CompactDecoder.value(PageWeight.self, of: data.dropLast()) == nil)
  }
}
