import Web

/// A page whose images are asked how wide they are, and how wide they could get, in windows of many widths.
package final class SlotMeasurement: Sendable {
  /// An image that is shown on the page.
  package struct Picture: Codable, Hashable, Sendable {
    /// Its place in the tree, as in ``PageView/paths``.
    package var path: String
    /// The path of its URL below the site's address, percent-encoded.
    package var url: String
    /// Its `class`.
    package var classes: String
    /// Its `id`.
    package var id: String
    /// Its natural width in CSS pixels, or the `width` that the author gave it.
    package var preferredWidth: Double
    /// Whether the author gave it a width, a height or a style.
    package var isSized: Bool
    /// Its number among the page's images that name a file, from 0.
    package var number: Int
  }

  private let tab: Tab
  private let server: StaticServer
  /// The window's height, which no content column depends on.
  private static let height = 900

  /// Opens a page.
  ///
  /// - Throws: `ChromiumError`
  package init(_ page: String, browser: Browser, server: StaticServer) throws {
    self.server = server
    browser.admit(server)
    tab = try browser.open()
    try tab.setViewport(width: Screen.laptop.width, height: Self.height, density: 1)
    try tab.addScript(PageScript.observers)
    try tab.go(to: server.url(of: page))
    _ = try tab.evaluate(PageScript.rest, as: Bool.self)
    _ = try tab.evaluate(PageScript.read, as: Bool.self)
  }

  package func close() { tab.close() }

  /// The images of the page, in document order. What is measured later is in the same order.
  package func pictures() throws -> [Picture] {
    let prefix = "http://127.0.0.1:\(server.port)\(server.baseurl)/"
    return try tab.evaluate(PageScript.slots, as: [Picture].self).map { picture in
      var picture = picture
      picture.url = picture.url.hasPrefix(prefix) ? String(picture.url.dropFirst(prefix.count)) : ""
      return picture
    }
  }

  /// How wide each image's content box is in a window of a width, in CSS pixels.
  package func widths(at viewport: Int) throws -> [Double] {
    try tab.setViewport(width: viewport, height: Self.height, density: 1)
    return try tab.evaluate(PageScript.slotWidths, as: [Double].self)
  }

  /// A natural width that no column comes near, in CSS pixels.
  package static let boundless = 6_000

  /// Gives each image so large a natural width that what it is shown at is what the page lets it be. Whatever is measured
  /// later is measured of such images.
  ///
  /// - Returns: whether that came to pass, for each of them.
  package func stretch() throws -> [Bool] {
    try tab.evaluate(PageScript.stretch(to: Self.boundless), as: [Bool].self)
  }
}
