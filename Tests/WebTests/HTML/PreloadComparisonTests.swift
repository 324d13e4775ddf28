import Testing

@testable import Web

/// A preload names what the page loads, in whatever format that is.
@Suite struct PreloadComparisonTests {
  private func isSame(_ before: String, _ after: String) throws -> Bool {
    let pages = try [before, after].map { link in
      try #require(RenderedPage(Array("<!doctype html><head><title>x</title>\(link)</head><p>x</p>".utf8)))
    }
    return PageComparison.difference(pages[0], pages[1]) == nil
  }

  @Test func itsFormatIsNoDifference() throws {
    let image = "<link rel=preload as=image href=/a.jpg>"
    #expect(
      try isSame(image, "<link rel=preload as=image href=/a.jpg imagesrcset='/a.avif 9w' type=image/avif>"))
    #expect(try !isSame(image, ""))
    #expect(
      try !isSame(
        "<link rel=preload as=font href=/a.woff2 type=font/woff2>", "<link rel=preload as=font href=/a.woff2>"
      ))
  }
}
