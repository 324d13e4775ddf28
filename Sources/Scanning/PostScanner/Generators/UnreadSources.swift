import Foundation
import SiteFiles

/// The sources of a generator whose posts are not read: what lies in them as HTML are templates, and no pages.
package struct UnreadSources: Hashable, Sendable {
  /// The generator, as its makers write it.
  package var generator: String
  /// Why a folder is taken for its sources.
  package var reason: String
  /// The folder that it builds into where nobody says otherwise.
  package var builtFolder: String

  /// The sources in a folder; nil where there are none, or where the folder has a page of its own to begin with.
  package init?(in root: SiteRoot) {
    let names = Self.names(root)
    guard !Self.hasFrontPage(root),
      let project = names.sorted().first(where: { $0.hasSuffix(".lektorproject") })
    else { return nil }
    generator = "Lektor"
    reason = "\(project) is there"
    builtFolder = "that of lektor build --output-path"
  }

  /// Whether the folder has a page of its own to begin with, as built sites have.
  package static func hasFrontPage(_ root: SiteRoot) -> Bool {
    names(root).contains { ["index.html", "index.htm"].contains($0.lowercased()) }
  }

  private static func names(_ root: SiteRoot) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: root.absolute(""))) ?? []
  }
}
