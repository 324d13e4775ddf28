import Browser
import Foundation
import Testing
import TestSupport
import Web

/// Built pages in a real browser, as `verify` looks at them.
enum PageViews {
  /// Opens pages of a built site one after the other and measures each.
  ///
  /// - Parameters:
  ///   - site: the folder of the built site.
  ///   - pages: paths in it.
  static func measure(_ site: String, pages: [String], at viewport: Screen) async throws -> [PageView] {
    try await withBrowser(site) { visit in try pages.map { try visit.view($0, at: viewport) } }
  }

  /// The colors of each image of a page a tenth of the way in from each corner (top left, top right, bottom left, bottom
  /// right): red, green and blue. Empty where an image is not shown.
  static func colors(_ site: String, page: String, at viewport: Screen) async throws -> [[[Int]]] {
    try await evaluate(script, site, page: page, at: viewport, as: [[[Int]]].self)
  }

  /// What a script comes to in a page of a built site.
  static func evaluate<Value: Decodable & Sendable>(
    _ script: String, _ site: String, page: String, at viewport: Screen, as type: Value.Type
  ) async throws -> Value {
    try await withBrowser(site) { visit in
      let tab = try visit.browser.open()
      defer { tab.close() }
      try tab.setViewport(width: viewport.width, height: viewport.height, density: viewport.density)
      try tab.go(to: visit.server.url(of: page))
      return try tab.evaluate(script, as: type)
    }
  }

  private static func withBrowser<Result: Sendable>(
    _ site: String, _ body: @escaping @Sendable (PageVisit) throws -> Result
  ) async throws -> Result {
    let program = try #require(Programs.chromium)
    let profile = try TemporaryFolder()
    // A browser's answers are waited for, which must not hold a thread of the cooperative pool.
    return try await withCheckedThrowingContinuation { done in
      DispatchQueue.global().async {
        done.resume(
          with: Swift.Result {
            let server = try StaticServer(folder: site)
            defer { server.stop() }
            let browser = try Browser(program: program, in: profile.path)
            defer { browser.close() }
            return try body(PageVisit(browser: browser, server: server))
          })
      }
    }
  }

  private static let script = """
    (async () => {
      const all = [];
      for (const image of document.images) {
        image.loading = 'eager';
        await image.decode().catch(() => {});
        if (!image.complete || image.naturalWidth === 0) { all.push([]); continue; }
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 20;
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0, 20, 20);
        all.push([[2, 2], [17, 2], [2, 17], [17, 17]].map(
          ([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3)));
      }
      return all;
    })()
    """
}
