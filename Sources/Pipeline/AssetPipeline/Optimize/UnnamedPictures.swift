import AssetModel
import PostRewriter

extension Summary {
  /// Pictures of a site's sources that no post names: templates, data and stylesheets may show them.
  public struct Unnamed: Codable, Hashable, Sendable {
    /// How many they are.
    public var files: Int
    /// Their bytes.
    public var bytes: Int

    /// - Returns: nil where posts name most of what there is, by its bytes.
    init?(_ survey: CopySurvey, _ manifest: AssetManifest) {
      guard manifest.site.kind != .html, manifest.site.kind != .markdown else { return nil }
      let named = Set(manifest.sources.map(\.path))
      let others = survey.pictures.filter { path, _ in
        !named.contains(path) && !path.hasPrefix(manifest.site.variantFolder + "/") && !Self.isOfTheme(path)
      }
      (files, bytes) = (others.count, others.reduce(0) { $0 + $1.bytes })
      guard bytes > 100_000, bytes > manifest.sources.reduce(0, { $0 + $1.bytes }) else { return nil }
    }

    /// Whether a picture shows a theme to those who look for one, and is on no page.
    private static func isOfTheme(_ path: String) -> Bool {
      let parts = path.split(separator: "/")
      guard let name = parts.last?.lowercased() else { return false }
      return name.hasPrefix("screenshot") || parts.contains("exampleSite")
        || parts.first == "themes" && parts.count > 2 && ["images", "screenshots"].contains(parts[2])
    }
  }
}
