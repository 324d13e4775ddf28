import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources
import VariantWorkers
import Web

/// Proves that a page with lighter images is its generator's still: the same elements, attributes and texts but for what its
/// images load, and every file that it names anew is there and as wide as it says.
///
/// Nothing of it knows how pages are edited. It reads both pages as a browser does, so that a mistake in an edit, or one in
/// how a page was read before, shows here.
struct PageProof: Sendable {
  /// A page's path, its generator's bytes and those that take their place.
  struct Pair: Sendable {
    var page: String
    var author: Data
    var written: Data
  }

  private let publication: PageAddress.Publication
  /// Where the files that pages name are looked for, in this order.
  private let folders: [SiteRoot]
  /// What identifies the pictures that files show.
  private let originals: PictureOriginals
  /// The widths and heights of files that were asked for, by path; pages share their images.
  private let sizes = Shared<[String: FileSize]>([:])

  /// What is known of a file.
  private enum FileSize {
    case missing
    /// There, and its header tells nothing that is read here.
    case untold
    case pixels(width: Int, height: Int)
  }

  /// - Parameters:
  ///   - manifest: where its pages are published, and what its files are made of.
  ///   - folders: where the files that pages name are looked for, in this order.
  init(_ manifest: AssetManifest, folders: [SiteRoot]) {
    let site = manifest.site
    originals = PictureOriginals(manifest)
    publication = PageAddress.Publication(baseurl: site.baseurl, url: site.url)
    self.folders = folders
  }

  /// The first thing by which a page is not its generator's; nil where a reader gets the same page.
  func fault(_ pair: Pair) -> String? {
    guard pair.author != pair.written else { return nil }
    if Post.isStylesheet(pair.page) { return stylesheetFault(pair) }
    guard let before = RenderedPage([UInt8](pair.author)), let after = RenderedPage([UInt8](pair.written))
    else { return "its elements nest more than \(GumboTree.deepestNesting) deep" }
    if let difference = PageComparison.difference(before, after) { return "it differs \(difference)" }
    let (old, new) = (PageImages(before), PageImages(after))
    let address = PageAddress(page: pair.page, location: new.location, publication: publication)
    let stranger = PictureComparison.stranger(old, new) {
      address.path(of: $0).flatMap(originals.picture(ofPath:))
    }
    if let stranger { return "\(stranger.shown) is offered as \(stranger.url), which shows another picture" }
    return missingFile(address, old, new)
  }

  /// A stylesheet is its generator's where all but the URLs of images is the same, and every file that it names anew is there.
  private func stylesheetFault(_ pair: Pair) -> String? {
    let (before, after) = (StyleText([UInt8](pair.author)), StyleText([UInt8](pair.written)))
    guard before.others == after.others else { return "it differs in more than the URLs of images" }
    let address = PageAddress(page: pair.page, location: PageLocation(), publication: publication)
    for url in Set(after.images).subtracting(before.images).sorted() {
      guard let path = address.path(of: url) else { continue }
      if case .missing = size(of: path, isRooted: url.hasPrefix("/")) {
        return "it names \(url), which is not there"
      }
    }
    return nil
  }

  // MARK: Files

  /// The first file that only the new page names, and that is not there or not what the page says it is.
  private func missingFile(_ address: PageAddress, _ old: PageImages, _ new: PageImages) -> String? {
    let earlierURLs = Set(old.uses.map(\.url))
    let widths = Self.widths(new.pictures)
    var checked: Set<String> = []
    for use in new.uses where !earlierURLs.contains(use.url) && checked.insert(use.url).inserted {
      guard let path = address.path(of: use.url) else { continue }
      switch size(of: path, isRooted: use.url.hasPrefix("/")) {
      case .missing: return "\(use.location) names \(use.url), which is not there"
      case .untold: continue
      case .pixels(let width, let height):
        // The header of an author's file that a camera has turned tells both the other way round.
        let isTurned = VariantMark.of(path) == nil && widths[use.url] == height
        guard let claim = widths[use.url], claim != width, !isTurned else { continue }
        return "\(use.location) calls \(use.url) \(claim) pixels wide, and it is \(width)"
      }
    }
    return nil
  }

  /// The widths that candidates are said to have, by their URLs.
  private static func widths(_ pictures: [PageImages.Picture]) -> [String: Int] {
    var widths: [String: Int] = [:]
    for (_, candidate) in pictures.flatMap(\.candidates) {
      if let width = candidate.width { widths[candidate.url] = width }
    }
    return widths
  }

  private func size(of path: String, isRooted: Bool) -> FileSize {
    if let size = sizes.withLock({ $0[path] }) { return size }
    var size = read(path)
    // A tree that is published below a path that nothing on the page names.
    if case .missing = size, isRooted, publication.baseurl.isEmpty, let slash = path.firstIndex(of: "/") {
      size = read(String(path[path.index(after: slash)...]))
    }
    let result = size
    sizes.withLock { $0[path] = result }
    return size
  }

  private func read(_ path: String) -> FileSize {
    for folder in folders {
      guard case .file(let name) = folder.resolve(path) else { continue }
      let file = folder.absolute(name)
      guard let start = try? FileAccess.read(file, atMost: ImageHeader.usualLength) else { return .missing }
      if let size = ImageHeader.size(of: start) { return .pixels(width: size.width, height: size.height) }
      guard start.count == ImageHeader.usualLength, let whole = try? FileAccess.read(file),
        let size = ImageHeader.size(of: whole)
      else { return .untold }
      return .pixels(width: size.width, height: size.height)
    }
    return .missing
  }
}

extension Diagnostic {
  /// A page that would have been another one with lighter images.
  static func givenBack(_ page: String, _ fault: String) -> Diagnostic {
    Diagnostic(
      .warning, .postSkipped, file: page,
      message: "left as its generator made it, for with lighter images it would be another page: \(fault)",
      advice: "the other pages are not concerned; please report it with the page")
  }
}
