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
    package var own: Double
    /// Whether the author gave it a width, a height or a style.
    package var isSized: Bool
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
    return try tab.evaluate(SlotScript.list, as: [Picture].self).map { picture in
      var picture = picture
      picture.url = picture.url.hasPrefix(prefix) ? String(picture.url.dropFirst(prefix.count)) : ""
      return picture
    }
  }

  /// How wide each image's content box is in a window of a width, in CSS pixels.
  package func widths(at viewport: Int) throws -> [Double] {
    try tab.setViewport(width: viewport, height: Self.height, density: 1)
    return try tab.evaluate(SlotScript.widths, as: [Double].self)
  }

  /// A natural width that no column comes near, in CSS pixels.
  package static let boundless = 6_000

  /// Gives each image so large a natural width that what it is shown at is what the page lets it be. Whatever is measured
  /// later is measured of such images.
  ///
  /// - Returns: whether that came to pass, for each of them.
  package func stretch() throws -> [Bool] { try tab.evaluate(SlotScript.stretch, as: [Bool].self) }
}

private enum SlotScript {
  static let list = """
    (() => {
      \(PageScript.places)
      const shown = [...document.images].filter(e => e.complete && e.naturalWidth > 0 && e.getClientRects().length > 0);
      window.__optimizeAssets.slots = shown;
      return shown.map(e => ({
        path: place(e), url: new URL(e.getAttribute('src') || '', document.baseURI).href.replace(/[?#].*$/, ''),
        classes: e.getAttribute('class') || '', id: e.id,
        own: parseFloat(e.getAttribute('width')) > 0 && !/%/.test(e.getAttribute('width')) ? parseFloat(e.getAttribute('width')) : e.naturalWidth,
        isSized: ['width', 'height', 'style'].some(n => e.hasAttribute(n)),
      }));
    })()
    """

  static let widths = """
    (async () => {
      \(PageScript.places)
      for (let n = 0; n < 2; n++) await new Promise(done => requestAnimationFrame(done));
      return window.__optimizeAssets.slots.map(e => content(e).width);
    })()
    """

  static let stretch = """
    (async () => {
      const images = window.__optimizeAssets.slots;
      for (const e of images) {
        const own = e.naturalWidth, url = e.currentSrc;
        e.loading = 'eager';
        if (e.parentElement.localName === 'picture') for (const s of e.parentElement.querySelectorAll('source')) s.remove();
        e.sizes = '\(SlotMeasurement.boundless)px';
        e.srcset = url.replace(/,/g, '%2C').replace(/\\s/g, '%20') + ' ' + own + 'w';
      }
      await Promise.all(images.map(e => e.decode().catch(() => {})));
      return images.map(e => Math.abs(e.naturalWidth - \(SlotMeasurement.boundless)) < 2);
    })()
    """
}
