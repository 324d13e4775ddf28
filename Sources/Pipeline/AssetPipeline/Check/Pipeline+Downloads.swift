import AssetModel
import Foundation
import SizeBudget
import SystemResources

/// The bytes of images that each screen downloads, by the screen's name: `["phone": 354_270, …]`.
///
/// They are summed over the pages, each file once a page. There is this one figure for it: `optimize` and `report` give it
/// for the site before and after, `check` for the site that it is given.
public typealias Downloads = [String: Int]

extension Pipeline {
  /// What the site's own state makes each screen download.
  ///
  /// - Parameter manifest: what a scan of that state has found.
  /// - Throws: `Cancelled`
  func downloads(of manifest: AssetManifest, _ cancellation: Cancellation) throws -> Downloads {
    let sources = Dictionary(
      manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var pages = try pages(of: manifest, sources, readsTheme: true, readsTags: false, cancellation)
    if !sourcesOfFiles.isEmpty { for index in pages.indices { pages[index].take(sourcesOfFiles) } }
    return SiteWeight(devices: configuration.devices, pages: pages, files: []).downloads
  }

  /// What a folder that a run has filled weighs: what `check` says of it.
  ///
  /// - Parameters:
  ///   - folder: the staged copy, or the site that was edited in place.
  ///   - manifest: the run's own, whose sources and variants lie there.
  /// - Returns: nil where it cannot be weighed; the run itself is none the worse for that.
  func weight(
    in folder: String, holding manifest: AssetManifest, _ cancellation: Cancellation
  ) -> SiteWeight? {
    var configuration = configuration
    // Whether images are mentioned anywhere takes a look at every text of the site.
    configuration.lints[.unreferenced] = nil
    return log.stage("weigh") {
      guard var copy = try? Pipeline(site: folder, configuration: configuration, cache: cache) else {
        return nil
      }
      (copy.worker, copy.isFolderOfBuild) = (worker, isFolderOfBuild)
      let files = manifest.sources + manifest.variants.map(Source.init)
      copy.writtenImages = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
      return try? copy.weigh(finishesCache: false, cancellation: cancellation)
    } outcome: {
      ($0?.devices.count ?? 0).counted("screen")
    }
  }
}

extension PageWeight {
  /// Has screens download the pictures of which files were made in the place of these.
  fileprivate mutating func take(_ sources: [String: Source]) {
    for index in images.indices {
      for (screen, download) in images[index].downloads {
        guard let source = sources[(download.file as NSString).lastPathComponent] else { continue }
        images[index].downloads[screen]?.file = source.path
        images[index].downloads[screen]?.bytes = source.bytes
      }
    }
  }
}

extension Source {
  /// A variant as a file of the site that it lies in.
  fileprivate init(_ variant: Variant) {
    self.init(
      path: variant.path, sha256: variant.sha256, bytes: variant.bytes, format: variant.format,
      width: variant.width, height: variant.height)
  }
}
