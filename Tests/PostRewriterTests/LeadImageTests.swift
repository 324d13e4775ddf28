import AssetModel
import Testing

@testable import PostRewriter

/// Which image of a post is loaded before all others.
@Suite struct LeadImageTests {
  /// Sizes of the images of a post in their order; nil for one of another host, of which nothing is known.
  @Test(
    arguments: [
      ([(1600, 900), (90, 20)], 0), ([(90, 20), (1600, 900)], 1), ([(90, 20), (64, 64), (800, 600)], 2),
      ([(90, 20), (64, 64), (32, 32), (800, 600)], 0), ([nil, (800, 600)], 0), ([(90, 20), nil], 1),
      ([(90, 20)], 0), ([], 0),
    ] as [([(Int, Int)?], Int)])
  func aBadgeIsNoLargestPaint(sizes: [(Int, Int)?], lead: Int) {
    var sources: [String: Source] = [:]
    var places: [Reference] = []
    for (number, size) in sizes.enumerated() {
      let path = "\(number).png"
      var place = Reference(
        post: "a.md", kind: .markdownInline, range: ByteRange(number, number + 1),
        urlRange: ByteRange(number, number + 1), line: 1, column: 1, url: path,
        status: size == nil ? .remote : .local)
      place.source = size == nil ? nil : path
      places.append(place)
      var source = Source(path: path, sha256: "", bytes: 1, format: .png)
      (source.width, source.height) = size ?? (0, 0)
      sources[path] = source
    }
    #expect(ImageRole.lead(of: places, sources: sources) == lead)
    let loadings = places.enumerated().map {
      ImageRole(of: $0.element, index: $0.offset, lead: lead, in: .kramdown).loading
    }
    for (number, loading) in loadings.enumerated() {
      #expect(loading == (number == lead ? .urgent : number < lead ? .unchanged : .lazy))
    }
  }

  @Test func anAuthorsWidthMakesAnIconOfALargeFile() {
    var source = Source(path: "a.png", sha256: "", bytes: 1, format: .png)
    (source.width, source.height) = (1200, 1200)
    var icon = Reference(
      post: "a.md", kind: .htmlImage, range: ByteRange(0, 1), urlRange: ByteRange(0, 1), line: 1, column: 1,
      url: "a.png", status: .local)
    (icon.source, icon.attributes) = ("a.png", ["width": "32"])
    var picture = icon
    picture.attributes = [:]
    #expect(ImageRole.lead(of: [icon, picture], sources: ["a.png": source]) == 1)
  }
}
