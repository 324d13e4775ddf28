import Foundation
import Manifest
import SiteFiles

/// The files of a site by the path at which its pages find them.
struct SiteIndex: Sendable {
  /// What a URL path below baseurl leads to.
  enum Lookup: Hashable, Sendable {
    /// A file.
    case file(String)
    /// A file that Jekyll does not copy to the built site.
    case unpublished(String)
    case folder
    case missing
    case outside
  }

  private let root: SiteRoot
  private let files: JekyllFiles
  private let paths: Set<String>
  /// Files of collections, whose URL is not their path.
  private let byURL: [String: String]
  /// The images that the built site holds at their own path: asked for once per reference, found out once per
  /// file.
  private let publishedImages: Set<String>

  /// - Parameters:
  ///   - root: the site's root.
  ///   - entries: its files.
  ///   - files: what Jekyll takes them for.
  ///   - pages: the URLs of files in collections.
  init(root: SiteRoot, entries: [FileEntry], files: JekyllFiles, pages: PageURL) {
    self.root = root
    self.files = files
    var paths: Set<String> = []
    var byURL: [String: String] = [:]
    var publishedImages: Set<String> = []
    paths.reserveCapacity(entries.count)
    let outputs = Set(pages.configuration.collections.filter(\.output).map(\.label))
    for entry in entries {
      guard entry.kind == .file else { continue }
      paths.insert(entry.path)
      if ImageFormat(fileName: entry.path) != nil, files.role(of: entry.path) == .page {
        publishedImages.insert(entry.path)
      }
      guard !outputs.isEmpty, case .document(let label) = files.role(of: entry.path), outputs.contains(label)
      else { continue }
      let url = pages.staticURL(of: entry.path, label: label)
      byURL[(url.removingPercentEncoding ?? url).trimmingSlashes] = entry.path
    }
    self.paths = paths
    self.byURL = byURL
    self.publishedImages = publishedImages
  }

  /// Every file's path.
  var allPaths: Set<String> { paths }

  /// The site file of a path as the file system spells it, published or not.
  func file(at path: String) -> String? {
    guard let parts = SiteRoot.normalise(path) else { return nil }
    guard case .file(let found) = root.resolve(parts.joined(separator: "/")) else { return nil }
    return found
  }

  /// Finds the file of a URL path, percent-encoding undone.
  func look(up path: String) -> Lookup {
    if path.utf8.allSatisfy({ $0 < 0x80 }), publishedImages.contains(path) { return .file(path) }
    guard let parts = SiteRoot.normalise(path) else { return .outside }
    let clean = parts.joined(separator: "/")
    // A file that was listed without following a link is inside the root by that alone. Swift's strings are equal
    // where they are canonically equivalent, so this finds NFC by NFD; the member is as the file system spells it.
    if let index = paths.firstIndex(of: clean) {
      let found = paths[index]
      if found.utf8.elementsEqual(clean.utf8) || found.utf8.allSatisfy({ $0 < 0x80 }) {
        return published(found)
      }
    }
    switch root.resolve(clean) {
    case .file(let found): return published(found)
    case .outside: return .outside
    case .folder: return byURL[clean].map { .file($0) } ?? .folder
    case .missing: return byURL[clean].map { .file($0) } ?? .missing
    }
  }

  private func published(_ path: String) -> Lookup {
    switch files.role(of: path) {
    case .page: .file(path)
    case .document, .post, .draft, .partial, nil: .unpublished(path)
    }
  }
}
