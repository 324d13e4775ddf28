import AssetModel
import Foundation
import PageScanner
import PostScanner
import SiteFiles

/// What edits in place are to know of a site's files: which of them are posts, or pages where the site is built.
struct InPlaceFiles: Sendable {
  let root: SiteRoot
  /// Whether the site is a tree of built pages.
  let arePages: Bool
  /// Tells the folders that hold nothing of an author's.
  let skip: @Sendable (_ folder: String) -> Bool
  /// Lists the posts or pages, relative to the root.
  let paths: @Sendable () throws -> Set<String>

  /// What they are called.
  var things: String { arePages ? "page" : "post" }
}

extension Site.Kind {
  /// What a site's texts are called.
  package var things: String { self == .html ? "pages" : "posts" }
}

extension Pipeline {
  /// What edits in place are to know of the site.
  var inPlaceFiles: InPlaceFiles {
    let excluded = [RecordFiles.workFolder, configuration.output, cacheInSite].compactMap(\.self)
    guard isBuilt else {
      let scanner = sourceScanner
      return InPlaceFiles(root: root, arePages: false, skip: scanner.foldersWithoutSources()) {
        Set(try scanner.scan().posts.map(\.path))
      }
    }
    let scanner = pageScanner(of: Site(kind: .html, reason: "", root: site), excluding: excluded)
    let skipped = PageScanner.skippedFolders.union(excluded)
    return InPlaceFiles(root: root, arePages: true, skip: { skipped.contains($0) }) {
      Set(try scanner.texts())
    }
  }

  /// Whether the site is a tree of built pages: where the user says so, or no generator's sources are there.
  var isBuilt: Bool {
    if let kind = configuration.kind { return kind == .html }
    do {
      _ = try sourceScanner.outline()
      return false
    } catch ScanError.unknownSite {
      return true
    } catch {
      return false
    }
  }

  var sourceScanner: PostScanner {
    var options = ScanOptions()
    options.kind = configuration.kind
    options.markdown = configuration.markdown
    options.excludedFolders = [RecordFiles.workFolder, configuration.output]
    return PostScanner(root: root, name: site, options: options)
  }
}
