import AssetCache
import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// The folders of a site's builds, in its cache: what the generator made last, and what became of it.
struct BuildStore {
  /// The folder that holds all.
  let folder: String
  /// Whether it goes away with the run, as that of a run without a cache.
  private let isTemporary: Bool
  /// Held as long as the build lasts: one at a time for each site.
  private let lock: FolderLock

  /// The pages as the generator makes them, the same files as long as their bytes are the same.
  var pages: String { folder + "/pages" }
  /// The pages with lighter images.
  var optimized: String { folder + "/optimized" }
  /// What was made of the pages, as their run has kept it.
  var manifest: String { StagedSite.records(beside: optimized) + "/" + AssetManifest.buildFileName }
  /// The copy of the sources whose posts are rewritten, where builds are made of one.
  var sources: String { folder + "/sources" }
  /// The pages without what a plugin adds to the generator, where one does.
  var plain: String { folder + "/plain" }
  /// The same with lighter images in their markup, which tells what the plugin is to add. It is never published.
  var widened: String { folder + "/widened" }
  /// The files of the plugin.
  var door: String { folder + "/door" }
  /// What came of the plugin in the last build.
  var doorRecord: String { folder + "/door.json" }
  /// What came of the URLs in scripts in the last build.
  var scriptRecord: String { folder + "/scripts.json" }
  /// What the pages with lighter images weigh.
  var figures: String { folder + "/figures.json" }
  /// What the destination held when it was last published to.
  var publication: String { folder + "/published" }

  /// - Parameter cache: the site's cache; nil for none.
  /// - Throws: ``PipelineError/refused(_:)`` where another build of the site runs, `FileError`.
  init(cache: String?) throws {
    isTemporary = cache == nil
    folder =
      cache.map { $0 + "/build" }
      ?? FileManager.default.temporaryDirectory.standardizedFileURL.path
      + "/optimize-assets-build-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    try FileAccess.makeFolder(folder)
    guard let lock = try FolderLock(folder) else {
      throw PipelineError.refused(
        "another build of this site is running",
        advice: "wait for it; the old pages are served until it is done")
    }
    self.lock = lock
  }

  /// Has a folder of the store filled. Where something stands in it that no build has put there, it is filled anew: nobody else
  /// writes to these folders, and all that they hold can be made again.
  func filling<Result>(_ folder: String, by body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch PipelineError.badOutput {
      for folder in [folder, StagedSite.records(beside: folder)] {
        try? FileManager.default.removeItem(atPath: folder)
      }
      return try body()
    }
  }

  /// Removes what would not serve another build.
  func close() {
    guard isTemporary else { return }
    try? FileManager.default.removeItem(atPath: folder)
  }
}
