import Foundation
import Web

/// Looks at pages of a built site, one after the other, in a fresh context each.
package struct PageVisit: Sendable {
  package let browser: Browser
  package let server: StaticServer

  package init(browser: Browser, server: StaticServer) {
    self.browser = browser
    self.server = server
    browser.admit(server)
  }

  /// Opens a page that keeps account of what it paints and shifts. The caller closes it.
  ///
  /// - Parameters:
  ///   - seconds: after which a page that still loads is taken as it is.
  ///   - prepare: does what has to be done before the page is asked for.
  /// - Throws: `ChromiumError`
  func open(
    _ page: String, at viewport: Screen, seconds: Int = 60, prepare: (Tab) throws -> Void = { _ in }
  ) throws -> Tab {
    let tab = try browser.open()
    do {
      try tab.setViewport(width: viewport.width, height: viewport.height, density: viewport.density)
      try prepare(tab)
      try tab.addScript(PageScript.observers)
      try tab.go(to: server.url(of: page), seconds: seconds)
    } catch {
      tab.close()
      throw error
    }
    return tab
  }

  /// Opens a page, reads it to its end and measures it.
  ///
  /// - Parameters:
  ///   - page: its path in the built site.
  ///   - imagesLate: whether every image arrives after the page's first paint, as over a slow network.
  ///   - picture: is given a screenshot of the whole page at the end; nil makes none.
  /// - Throws: `ChromiumError`
  package func view(
    _ page: String, at viewport: Screen, imagesLate: Bool = false, picture: ((Data) -> Void)? = nil
  ) throws -> PageView {
    let tab = try open(page, at: viewport) { if imagesLate { try $0.holdImages() } }
    defer { tab.close() }
    _ = try tab.evaluate(PageScript.rest, as: Bool.self)
    _ = try tab.evaluate(PageScript.read, as: Bool.self)
    _ = try tab.waitForQuiet()
    let fetched = tab.resources.filter {
      $0.type == "Image" && $0.url.hasPrefix("http://127.0.0.1:\(server.port)/")
        && $0.status.map { $0 < 400 } ?? false
    }
    var view = try tab.evaluate(PageScript.measure, as: PageView.self)
    // One file that was asked for twice came over the wire once: the other came from memory.
    view.fetched = Dictionary(fetched.map { (address($0.url), $0.bytes) }, uniquingKeysWith: max)
    let origin = "http://127.0.0.1:\(server.port)"
    view.complaints = Set(tab.messages.compactMap { $0.complaint(of: origin) }).sorted()
    for index in view.images.indices { view.images[index].chosen = address(view.images[index].chosen) }
    if let url = view.largestPaint?.url { view.largestPaint?.url = address(url) }
    if let picture { picture(try tab.screenshot(wholePage: true)) }
    return view
  }

  /// What is painted largest while a page loads, before anybody scrolls: the path of its file below the site's address,
  /// percent-encoded; nil for a text, and for what is not the site's own.
  ///
  /// - Throws: `ChromiumError`
  package func largestPaint(of page: String, at viewport: Screen) throws -> String? {
    let tab = try open(page, at: viewport)
    defer { tab.close() }
    _ = try tab.evaluate(PageScript.rest, as: Bool.self)
    let url = try tab.evaluate("window.__optimizeAssets.largest?.url || ''", as: String.self)
    let prefix = server.baseurl + "/"
    let path = address(url)
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  /// An address without the server's own part, so that two servers' can be compared.
  private func address(_ url: String) -> String {
    let origin = "http://127.0.0.1:\(server.port)"
    return url.hasPrefix(origin) ? String(url.dropFirst(origin.count)) : url
  }
}
