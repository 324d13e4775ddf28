import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// How the pages of a build show a picture, and what its `<img>` gains where nothing renders the page again.
struct DoorUse: Hashable, Sendable {
  /// The page, below the folder that was built.
  var page = ""
  /// The digest of the picture.
  var sha256: String
  /// The URL as the page has it.
  var url: String
  /// The size that the element has by its attributes: `900x600`, `600x`, `x`.
  var size: String
  /// Whether the element stands in what a post says, by the classes that the generators give it.
  var isContent: Bool
  /// The attributes that it gains; empty where it gains none.
  var gained: [String: String]

  /// What an image may gain by a plugin.
  static let attributes: Set<String> = [
    "srcset", "sizes", "width", "height", "style", "loading", "decoding", "fetchpriority",
  ]

  /// The size of an element by its attributes.
  static func size(of image: HTMLElement) -> String { "\(image["width"] ?? "")x\(image["height"] ?? "")" }

  /// Every use of a raster picture of the site's own.
  ///
  /// - Parameters:
  ///   - manifest: the pages with the files that their images lead to.
  ///   - plain: the pages as they are.
  ///   - copy: the same with lighter images.
  /// - Throws: `Cancelled`
  static func all(
    _ manifest: AssetManifest, plain: String, copy: String, jobs: Int, _ cancellation: Cancellation
  ) throws(Cancelled) -> [DoorUse] {
    let digests = DoorUse.digests(manifest)
    let pages = digests.keys.sorted()
    return try Parallel.map(pages, jobs: jobs, cancellation: cancellation) { page -> [DoorUse] in
      guard let before = try? FileAccess.read(plain + "/" + page),
        let after = try? FileAccess.read(copy + "/" + page)
      else { return [] }
      return uses(before, after, digests[page] ?? [:], on: page)
    }.flatMap(\.self)
  }

  /// The digests of the pictures that images of pages lead to, by page and URL.
  static func digests(_ manifest: AssetManifest) -> [String: [String: String]] {
    let sources = Dictionary(
      manifest.sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    var digests: [String: [String: String]] = [:]
    for reference in manifest.references where reference.kind == .htmlImage && reference.status == .local {
      guard let sha256 = reference.source.flatMap({ sources[$0] }) else { continue }
      digests[reference.post, default: [:]][reference.url] = sha256
    }
    return digests
  }

  private static func uses(
    _ before: Data, _ after: Data, _ digests: [String: String], on page: String
  ) -> [DoorUse] {
    guard let old = RenderedPage([UInt8](before)), let new = RenderedPage([UInt8](after)) else { return [] }
    let (images, changed) = (self.images(of: old), self.images(of: new))
    guard images.count == changed.count else { return [] }
    return zip(images, changed).compactMap { image, now in
      let element = image.element
      guard let url = element["src"], let sha256 = digests[url], element["srcset"] == nil,
        element["style"] == nil
      else { return nil }
      let gained = now.element.attributes.filter {
        element[$0.key] != $0.value && attributes.contains($0.key)
      }
      return DoorUse(
        page: page, sha256: sha256, url: url, size: size(of: element), isContent: image.isContent,
        gained: isRooted(gained["srcset"]) ? gained : [:])
    }
  }

  /// Whether each candidate is named from the host's root, so that it is the same on every page.
  private static func isRooted(_ list: String?) -> Bool {
    let candidates = SourceCandidate.parse(list ?? "")
    return !candidates.isEmpty && candidates.allSatisfy { $0.url.hasPrefix("/") && !$0.url.hasPrefix("//") }
  }

  private static func images(of page: RenderedPage) -> [(element: HTMLElement, isContent: Bool)] {
    var open: [Bool] = []
    var images: [(HTMLElement, Bool)] = []
    for token in page.tokens {
      switch token {
      case .start(let element):
        let isInside = open.last ?? false
        if element.name == "img" { images.append((element, isInside)) }
        open.append(isInside || element.words("class").contains { content.contains(String($0)) })
      case .end: if !open.isEmpty { open.removeLast() }
      case .comment, .text: continue
      }
    }
    return images
  }

  /// The classes around what a post says: Docusaurus's and VitePress's.
  private static let content: Set<String> = ["markdown", "vp-doc"]
}
