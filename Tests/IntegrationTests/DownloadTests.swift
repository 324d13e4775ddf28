import BrowserCheck
import Chromium
import Foundation
import SiteFiles
import TestSupport
import Testing

extension IntegrationTests {
  /// What `check` computes that a device downloads, against what a real browser does.
  @Suite(.needsBrowser) struct DownloadTests {
    @Test func theCasesAreWhatTheBrowserDoes() throws {
      let folder = try TestSupport.TemporaryFolder()
      for image in DownloadCase.images { try folder.write(DownloadCase.image, to: "i/\(image).svg") }
      let browser = try Browser(program: ChromiumFinder.find(nil), in: folder.path)
      defer { browser.close() }
      let server = try StaticServer(folder: folder.path)
      defer { server.stop() }
      let visit = PageVisit(browser: browser, server: server)
      for item in DownloadCase.all {
        try folder.write(item.html, to: "index.html")
        for (path, text) in item.sheets { try folder.write(text, to: path) }
        for (viewport, expected) in [
          (Viewport.phone, item.phone), (Viewport(width: 1_920, height: 1_080, density: 1), item.desktop),
        ] {
          let fetched = try visit.view("index.html", at: viewport).fetched.keys
          let names = Set(fetched.map { String($0.prefix { $0 != "?" }.dropFirst(3).dropLast(4)) })
          #expect(names == expected, "\(item) at \(viewport)")
        }
      }
    }
  }
}
