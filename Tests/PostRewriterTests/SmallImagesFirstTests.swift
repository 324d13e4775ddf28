import AssetModel
import Testing

@testable import PostRewriter

/// A page that begins with its logo, icons and thumbnails.
@Suite struct SmallImagesFirstTests {
  /// The widths of a page's square images, and how each is loaded.
  @Test(arguments: [
    ([96, 160, 600, 600, 600, 600], ["-", "-", "high", "-", "-", "lazy"]),
    ([96, 96, 96, 600], ["-", "-", "-", "high"]),
    ([96, 96, 96, 96], ["-", "-", "-", "lazy"]),
    (
      [96, 96, 96, 96, 96, 96, 96, 96, 600], ["-", "-", "-", "lazy", "lazy", "lazy", "lazy", "lazy", "lazy"]
    ),
  ])
  func areNotCounted(widths: [Int], expected: [String]) {
    var sources: [String: Source] = [:]
    let images = widths.enumerated().map { number, width in
      let path = "\(width).png"
      var source = Source(path: path, sha256: "", bytes: 1, format: .png)
      (source.width, source.height) = (width, width)
      sources[path] = source
      var image = Reference(
        post: "a.html", kind: .htmlImage, range: ByteRange(number, number + 1),
        urlRange: ByteRange(number, number + 1), line: 1, column: 1, url: path, status: .local, source: path)
      image.display = ImageDisplay(path: "body > img")
      image.display?.space = .reserved
      return image
    }
    let roles = PageRoles(images, sources: sources, largest: nil)
    let names: [ImageRole.Loading: String] = [.urgent: "high", .lazy: "lazy", .unchanged: "-"]
    #expect(images.map { roles.role(of: $0).flatMap { names[$0.loading] } ?? "" } == expected)
  }
}
