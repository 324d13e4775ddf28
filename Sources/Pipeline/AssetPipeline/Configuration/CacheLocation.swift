import AssetCache
import Foundation
import SiteFiles

/// Where what earlier runs made is kept.
public enum CacheLocation: Hashable, Sendable {
  /// In the platform's place for caches, in a folder of the site's own; `$OPTIMIZE_ASSETS_CACHE` overrides it.
  case standard
  /// In a folder: absolute, or relative to the site and inside it.
  case folder(String)
  /// Nowhere: it lasts as long as the process.
  case off
}

extension Configuration {
  /// The folder of a site's cache, absolute; nil where there is none to be.
  ///
  /// A folder inside the site is no part of the site: it is neither scanned nor copied.
  ///
  /// - Throws: ``ConfigurationError`` where a folder that the site names leads out of it through a symbolic link.
  package func cacheFolder(
    site root: SiteRoot, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) -> String? {
    switch cache {
    case .off: return nil
    case .standard: return CacheFolder.standard(for: root.path, environment: environment)
    case .folder(let path) where path.hasPrefix("/"): return CacheFolder.absolute(path)
    case .folder(let path):
      let parts = SiteRoot.normalize(path) ?? []
      let folders = parts.indices.map { parts[...$0].joined(separator: "/") }
      guard !parts.isEmpty, !folders.contains(where: { root.resolve($0) == .outside }) else {
        throw ConfigurationError(
          file: Self.fileName, message: "cache: \(path) leads out of the site",
          advice: "--cache takes any folder")
      }
      return root.absolute(parts.joined(separator: "/"))
    }
  }
}

extension ConfigurationSection {
  /// A folder inside the site, or `false`.
  mutating func cacheLocation(_ key: String) throws(ConfigurationError) -> CacheLocation? {
    guard let text = try string(key) else { return nil }
    switch text {
    case "false": return .off
    case "true": return .standard
    case let path:
      guard !path.hasPrefix("/"), SiteRoot.normalize(path)?.isEmpty == false else {
        throw refusal(
          key, "must name a folder inside the site, or be false",
          advice: "for example .cache/optimize-assets; --cache takes any folder")
      }
      return .folder(path)
    }
  }
}
