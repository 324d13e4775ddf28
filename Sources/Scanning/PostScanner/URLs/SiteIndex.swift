import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// The files of a site by the path at which its pages find them.
struct SiteIndex: Sendable {
  /// What a URL path below baseurl leads to.
  enum Lookup: Hashable, Sendable {
    /// A file.
    case file(String)
    /// A file that the generator does not copy to the built site.
    case unpublished(String)
    case folder
    case missing
    case outside
  }

  private let root: SiteRoot
  private let layout: any SiteLayout
  private let paths: Set<String>
  /// Files of collections, whose URL is not their path.
  private let byURL: [String: String]
  /// The images that the built site has at their own path: looked up once per reference, computed once per file.
  private let publishedImages: Set<String>
  /// The results that the listing alone does not give.
  private let questions = Shared<Set<String>>([])

  /// - Parameters:
  ///   - root: the site's root.
  ///   - entries: its files.
  ///   - layout: how the generator sees them.
  init(root: SiteRoot, entries: [FileEntry], layout: any SiteLayout) {
    self.root = root
    self.layout = layout
    paths = Set(entries.lazy.filter { $0.kind == .file }.map(\.path))
    publishedImages = paths.filter { ImageFormat(fileName: $0) != nil && layout.publishes($0) }
    byURL = layout.files(at: entries)
  }

  /// The paths that were looked for in the file system, sorted: what is there now can change without the listing.
  var dependencies: [String] { questions.withLock { $0.sorted() } }

  private func resolve(_ path: String) -> SiteRoot.Resolution {
    questions.withLock { _ = $0.insert(path) }
    return root.resolve(path)
  }

  /// Whether a file without an extension is a picture by what it begins with.
  func holdsImage(_ path: String) -> Bool {
    guard FileName(path).extension.isEmpty, let head = try? FileAccess.read(root.absolute(path), atMost: 16)
    else { return false }
    let bytes = [UInt8](head)
    return bytes.starts(with: [0xFF, 0xD8, 0xFF]) || bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
      || bytes.starts(with: Array("GIF8".utf8))
      || bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
      || bytes.dropFirst(4).starts(with: Array("ftypavif".utf8))
  }

  /// Every file's path.
  var allPaths: Set<String> { paths }

  /// The site file of a path as the file system spells it, published or not.
  func file(at path: String) -> String? {
    guard let parts = SiteRoot.normalize(path) else { return nil }
    guard case .file(let resolved) = resolve(parts.joined(separator: "/")) else { return nil }
    return resolved
  }

  /// Finds the file of a URL path, percent-encoding undone.
  func look(up path: String) -> Lookup {
    if path.utf8.allSatisfy({ $0 < 0x80 }), publishedImages.contains(path) { return .file(path) }
    guard let parts = SiteRoot.normalize(path) else { return .outside }
    let clean = parts.joined(separator: "/")
    // A file that was listed without following a link is certainly inside the root. Swift's strings are equal where
    // they are canonically equivalent, so this finds NFC by NFD; the member is as the file system spells it.
    if let index = paths.firstIndex(of: clean) {
      let path = paths[index]
      if path.utf8.elementsEqual(clean.utf8) || path.utf8.allSatisfy({ $0 < 0x80 }) {
        return published(path)
      }
    }
    switch resolve(clean) {
    case .file(let path): return published(path)
    case .outside: return .outside
    case .folder: return byURL[clean].map { .file($0) } ?? .folder
    case .missing: return byURL[clean].map { .file($0) } ?? .missing
    }
  }

  private func published(_ path: String) -> Lookup {
    layout.publishes(path) ? .file(path) : .unpublished(path)
  }
}
