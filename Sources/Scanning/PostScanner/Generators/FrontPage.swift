import Foundation
import SiteFiles

extension SiteRoot {
  /// Whether the folder has a page of its own to begin with, as built sites have.
  package var hasFrontPage: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(""))) ?? []
    return names.contains { ["index.html", "index.htm"].contains($0.lowercased()) }
  }
}
