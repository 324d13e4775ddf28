import AssetModel
import Foundation
import SiteFiles
import Web

/// The pictures of a site that its built pages show, beside those that a scan has found in its posts.
struct Recall: CustomStringConvertible {
  /// How many pictures the pages show, each counted once a page.
  private(set) var shown = 0
  /// Those of them that a scan has not found: page, and picture.
  private(set) var missed: [String] = []

  var description: String { "\(shown - missed.count) of \(shown)" }

  private let sources: [Data: String]
  private let manifest: AssetManifest

  /// - Parameters:
  ///   - site: the folder of the sources.
  ///   - built: the folder of its pages.
  ///   - theme: pictures that no post or page names.
  init(_ manifest: AssetManifest, site: String, built: String, theme: Set<String>) throws {
    self.manifest = manifest
    var sources: [Data: String] = [:]
    for file in try FileTree.files(below: site) where Self.isRaster(file.path) {
      sources[try FileAccess.read(site + "/" + file.path)] = file.path
    }
    self.sources = sources
    let posts = Dictionary(grouping: manifest.references.filter { $0.source != nil }, by: \.post)
    for page in try SiteComparison.pages(of: built) {
      let pictures = try self.pictures(on: page, of: built).subtracting(theme)
      shown += pictures.count
      let found = reported(for: page, posts)
      missed += pictures.subtracting(found).sorted().map { "\(page): \($0)" }
    }
  }

  private static func isRaster(_ path: String) -> Bool {
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"].contains { path.lowercased().hasSuffix($0) }
  }

  /// What the page's own post names, and what the front matter of the others does, which lists show; on a page that is no
  /// post's, or a section's, which prints its posts, everything.
  private func reported(for page: String, _ references: [String: [Reference]]) -> Set<String> {
    let post = manifest.posts.first { post in
      let path = String((post.url.removingPercentEncoding ?? post.url).drop { $0 == "/" })
      return [path, path + "index.html", path + "/index.html", path + ".html"].contains(page)
    }
    let isList = post.map { isSection($0.path) || $0.path.hasSuffix("blog/index.md") } ?? true
    let all = references.flatMap { path, list in
      list.filter { isList || path == post?.path || $0.kind == .frontMatter }
    }
    return Set(all.compactMap(\.source))
  }

  /// `_index.md`, and `_index.ar.md` of another language.
  private func isSection(_ path: String) -> Bool {
    (path as NSString).lastPathComponent.hasPrefix("_index.")
  }

  /// The pictures of the site that a page asks for.
  private func pictures(on page: String, of built: String) throws -> Set<String> {
    guard let parsed = RenderedPage([UInt8](try FileAccess.read(built + "/" + page))) else { return [] }
    let images = PageImages(parsed)
    let address = PageAddress(
      page: page, location: images.location,
      publication: .init(baseurl: manifest.site.baseurl, url: manifest.site.url))
    return Set(images.uses.compactMap { use in address.path(of: use.url).flatMap { source(built, $0) } })
  }

  /// The picture that a published file is, or was made from: generators put a hash or a size behind its name.
  private func source(_ built: String, _ path: String) -> String? {
    guard Self.isRaster(path), let bytes = try? FileAccess.read(built + "/" + path) else { return nil }
    if let source = sources[bytes] { return source }
    let name = (path as NSString).lastPathComponent
    return sources.values.filter { source in
      let stem = ((source as NSString).lastPathComponent as NSString).deletingPathExtension
      return name.hasPrefix(stem + ".") || name.hasPrefix(stem + "_") || name.hasPrefix(stem + "-")
    }.max { $0.count < $1.count }
  }
}
