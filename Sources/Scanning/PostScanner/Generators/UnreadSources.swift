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
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.absolute(""))) ?? []
    guard !names.contains(where: { ["index.html", "index.htm"].contains($0.lowercased()) }) else {
      return nil
    }
    if let project = names.sorted().first(where: { $0.hasSuffix(".lektorproject") }) {
      self.init(
        generator: "Lektor", reason: "\(project) is there", builtFolder: "that of lektor build --output-path")
      return
    }
    let folder = SiteFolder(root: root)
    for (stem, generator, output) in Self.scripted {
      guard let file = folder.first(stem, JavaScriptSite.extensions) else { continue }
      self.init(generator: generator, reason: "\(file) is there", builtFolder: output)
      return
    }
    for file in ["conf.py", "source/conf.py", "docs/conf.py"] where folder.has(file: file) {
      let code = ConfigurationText.code(folder.textIfAny(file), isPython: true)
      if file == "conf.py", code.contains("BLOG_TITLE") {
        self.init(generator: "Nikola", reason: "\(file) is there", builtFolder: "output")
        return
      }
      if code.contains("html_theme") || code.contains("extensions") {
        self.init(generator: "Sphinx", reason: "\(file) is there", builtFolder: "_build/html")
        return
      }
    }
    return nil
  }

  /// The configurations of generators that run on Node.js, and where they build to unless it says otherwise.
  private static let scripted = [
    (".vitepress/config", "VitePress", ".vitepress/dist"),
    ("docs/.vitepress/config", "VitePress", "docs/.vitepress/dist"),
    ("next.config", "Next.js", "out"), ("nuxt.config", "Nuxt", ".output/public"),
    ("gatsby-config", "Gatsby", "public"), ("svelte.config", "SvelteKit", "build"),
  ]

  private init(generator: String, reason: String, builtFolder: String) {
    (self.generator, self.reason, self.builtFolder) = (generator, reason, builtFolder)
  }
}
