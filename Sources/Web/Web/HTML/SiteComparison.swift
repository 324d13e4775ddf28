import Foundation
import SiteFiles

/// Two builds of a site, before its images were made lighter and after: whether the pages are the same, and whether
/// every image that the new pages ask for is there.
package struct SiteComparison: Codable, Hashable, Sendable {
  /// A page that is not the same.
  package struct ChangedPage: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The page's path in the tree.
    package var page: String
    /// The first place at which it differs.
    package var difference: PageComparison.Difference

    package var description: String { "\(page) differs \(difference)" }
  }

  /// An image that a page asks for and that is not there.
  package struct MissingFile: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The page's path in the tree.
    package var page: String
    /// Where on the page: `img src`, `source srcset` and the like.
    package var location: String
    /// The URL as the page writes it.
    package var url: String

    package var description: String { "\(page): \(location) names \(url), which is not there" }
  }

  /// How many pages the tree before has.
  package var pages = 0
  /// The pages that differ, in byte order.
  package var changed: [ChangedPage] = []
  /// Pages that are only in the tree before.
  package var gone: [String] = []
  /// Pages that are only in the tree after.
  package var added: [String] = []
  /// Images that the pages after ask for in vain, but for those that the same page before did as well.
  package var missing: [MissingFile] = []
  /// How many `<img>` the pages after have.
  package var images = 0
  /// How many of those offer a browser a choice.
  package var responsive = 0

  /// Whether a reader gets the same pages.
  package var isSame: Bool { changed.isEmpty && gone.isEmpty && added.isEmpty && missing.isEmpty }

  /// Compares two trees. One page is in memory at a time.
  ///
  /// - Parameters:
  ///   - before: the folder with the build before.
  ///   - after: the folder with the build after.
  ///   - publication: where the site is published.
  ///   - original: what identifies the picture that a file of one of the trees shows; nil where that is not known.
  /// - Throws: `FileError` when a folder or a page cannot be read.
  package init(
    before: String, after: String, publication: PageAddress.Publication = .init(),
    original: (_ file: String) -> String? = { _ in nil }
  ) throws(FileError) {
    let old = try Self.pages(of: before)
    let new = Set(try Self.pages(of: after))
    pages = old.count
    added = new.subtracting(old).sorted()
    for page in old {
      guard new.contains(page) else {
        gone.append(page)
        continue
      }
      try compare(page, before: before, after: after, publication: publication, original)
    }
  }

  /// The pages of a tree: its `.html`, `.htm` and `.xhtml` files in byte order.
  package static func pages(of tree: String) throws(FileError) -> [String] {
    try FileTree.files(below: tree).map(\.path).filter { path in
      [".html", ".htm", ".xhtml"].contains { path.lowercased().hasSuffix($0) }
    }
  }

  private mutating func compare(
    _ page: String, before: String, after: String, publication: PageAddress.Publication,
    _ original: (_ file: String) -> String?
  ) throws(FileError) {
    let oldBytes = Array(try FileAccess.read(before + "/" + page))
    let newBytes = Array(try FileAccess.read(after + "/" + page))
    guard let old = RenderedPage(oldBytes), let new = oldBytes == newBytes ? old : RenderedPage(newBytes)
    else {
      // Too deeply nested to be parsed; such a page can only be the same byte for byte.
      if oldBytes != newBytes {
        let unknown = "elements nested more than \(GumboTree.deepestNesting) deep"
        changed.append(
          ChangedPage(page: page, difference: .init(path: "the root", before: unknown, after: "other bytes")))
      }
      return
    }
    let (oldImages, newImages) = (PageImages(old), PageImages(new))
    let address = PageAddress(page: page, location: newImages.location, publication: publication)
    let difference =
      PageComparison.difference(old, new)
      ?? PictureComparison.stranger(oldImages, newImages) { url in
        address.path(of: url).flatMap { original(before + "/" + $0) ?? original(after + "/" + $0) }
      }?.difference
    if let difference { changed.append(ChangedPage(page: page, difference: difference)) }
    images += newImages.pictures.count
    responsive += newImages.pictures.count { !$0.candidates.isEmpty }
    let missingBefore = Set(
      Self.missing(oldImages, page: page, tree: before, publication: publication).map(\.path))
    missing += Self.missing(newImages, page: page, tree: after, publication: publication)
      .filter { !missingBefore.contains($0.path) }
      .map { MissingFile(page: page, location: $0.use.location, url: $0.use.url) }
  }

  private static func missing(
    _ images: PageImages, page: String, tree: String, publication: PageAddress.Publication
  ) -> [(path: String, use: PageImages.Use)] {
    let address = PageAddress(page: page, location: images.location, publication: publication)
    var visited: Set<PageImages.Use> = []
    return images.uses.compactMap { use in
      guard visited.insert(use).inserted, let path = address.path(of: use.url), !isFile(tree + "/" + path)
      else {
        return nil
      }
      return (path, use)
    }
  }

  private static func isFile(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }
}
