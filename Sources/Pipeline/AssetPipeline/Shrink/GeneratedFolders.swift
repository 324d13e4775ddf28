import AssetModel
import Foundation
import PostScanner
import SiteFiles
import SystemResources

/// The folders below a root that generators build into, keep caches in, or otherwise hold no sources in: of the site at the
/// root, and of sites in folders below it.
struct GeneratedFolders {
  private let root: SiteRoot
  private let sites = Shared<[String: (@Sendable (String) -> Bool)?]>([:])

  init(root: SiteRoot) { self.root = root }

  /// Whether a folder holds no sources, by what the sites say that it lies in.
  func holds(_ folder: String) -> Bool {
    var above = folder
    while true {
      above = FileAccess.folder(of: above)
      let inner = above.isEmpty ? folder : String(folder.dropFirst(above.count + 1))
      if let skips = site(in: above), skips(inner) { return true }
      if above.isEmpty { return false }
    }
  }

  private func site(in folder: String) -> (@Sendable (String) -> Bool)? {
    if let skips = sites.withLock({ $0[folder] }) { return skips }
    let path = root.absolute(folder)
    var skips: (@Sendable (String) -> Bool)?
    if PostScanner.configurationFiles.contains(where: { access(path + "/" + $0, F_OK) == 0 }),
      let site = try? SiteRoot(path)
    {
      skips = PostScanner(root: site, name: path).foldersWithoutSources()
    }
    let answer = skips
    sites.withLock { $0[folder] = .some(answer) }
    return answer
  }
}
