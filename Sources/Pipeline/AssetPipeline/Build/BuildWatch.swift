import Foundation
import GeneratorOracle
import PostRewriter
import SiteFiles
import SystemResources

/// Waits for changes of a site that ask for another build.
///
/// Generators write into the sites that they build: locks, caches, generated styles. A build in which one and the same file
/// changes again and again would never be the last, so such a file counts no more while a build runs.
package final class BuildWatch {
  private let watcher: FolderWatcher
  /// The files that changed while the last build ran.
  private var suspects: Set<String> = []
  /// The files that the generator writes in every build.
  package private(set) var generated: Set<String> = []

  /// Whether changes are detected by listing the site again and again.
  package var polls: Bool { watcher.polls }

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - root: the site.
  ///   - ignored: folders that are no sources, relative to the site.
  /// - Throws: `FileError`
  init(_ root: SiteRoot, ignoring ignored: Set<String>) throws(FileError) {
    watcher = try FolderWatcher(root: root.path) { folder in
      ignored.contains(folder) || Self.isIgnored(folder)
    }
  }

  /// Whether a folder is one of those that generators and tools keep for themselves.
  static func isIgnored(_ folder: String) -> Bool {
    if StagedSite.skippedFolders.contains(folder) || folder == "resources/_gen" { return true }
    let name = folder.split(separator: "/").last ?? ""
    if [".vitepress", ".github"].contains(name) { return false }
    return name.hasPrefix(".") || ["node_modules", "__pycache__"].contains(name)
      || [".vitepress/dist", ".vitepress/cache"].contains { ("/" + folder).hasSuffix("/" + $0) }
  }

  /// What has changed while a build ran and asks for another one; nil for nothing.
  ///
  /// - Parameter onGenerated: called with a file that is taken for the generator's own from now on.
  /// - Throws: `FileError`
  package func changesOfBuild(onGenerated: (String) -> Void) throws(FileError) -> FolderWatcher.Change? {
    guard let change = try watcher.pending() else {
      suspects = []
      return nil
    }
    guard case .files(let files) = change else { return change }
    let again = files.intersection(suspects).subtracting(generated)
    for file in again.sorted() { onGenerated(file) }
    generated.formUnion(again)
    suspects = files
    let rest = files.subtracting(generated)
    return rest.isEmpty ? nil : .files(rest)
  }

  /// Waits for a change, and for it to be over.
  ///
  /// - Returns: nil where the waiting was stopped.
  /// - Throws: `FileError`
  package func next(isStopped: () -> Bool) throws(FileError) -> FolderWatcher.Change? {
    suspects = []
    return try watcher.next(isStopped: isStopped)
  }
}

extension SiteBuild {
  /// Watches the site for changes that ask for another build.
  ///
  /// - Throws: ``PipelineError``, `FileError`
  package func watch() throws -> BuildWatch {
    let pipeline = try Pipeline(site: site, configuration: configuration)
    var ignored = configuration.createdFolders
    if let cache = pipeline.cacheInSite { ignored.insert(cache) }
    let command = try command(pipeline).command
    for folder in [command.destination] + command.earlier { ignored.insert(folder) }
    let destination = destination(command.destination, pipeline.root)
    if destination.hasPrefix(pipeline.root.path + "/") {
      ignored.insert(String(destination.dropFirst(pipeline.root.path.count + 1)))
    }
    return try BuildWatch(pipeline.root, ignoring: ignored)
  }
}
