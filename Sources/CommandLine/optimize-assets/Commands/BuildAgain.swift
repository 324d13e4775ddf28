import AssetPipeline
import Foundation
import SiteFiles
import SystemResources

extension Build {
  /// Builds, and again whenever the site changes, until a signal ends it. What was published stays until a build is whole.
  func watch(_ cancellation: Cancellation) throws {
    var configuration = try shared.configuration()
    // Watching begins before the first build, so that what changes meanwhile is not missed.
    let watch = try build(configuration).watch()
    if watch.polls {
      Terminal.printError("the system's watches do not suffice, so changes take longer to be seen")
    }
    while true {
      do {
        try run(configuration, cancellation)
      } catch PipelineError.cancelled {
        throw SignalledEnd()
      } catch {
        // The author is at work: what is wrong now is put right with the next change.
        Terminal.print(error)
      }
      var change = try watch.changesOfBuild { file in
        Terminal.printError("\(file) changes in every build, and is taken for the generator's own")
      }
      if change == nil {
        if !shared.quiet { Terminal.printError("waiting for changes (Ctrl-C ends it)") }
        change = try watch.next { cancellation.isRaised }
      }
      guard let change, !cancellation.isRaised else { throw SignalledEnd() }
      if !shared.quiet { Terminal.printError("changed: \(change.description)") }
      do {
        // A configuration outside the site is not watched.
        if shared.config != nil || change.concerns(Configuration.fileName) {
          configuration = try shared.configuration()
        }
      } catch {
        Terminal.print(error)
      }
    }
  }
}

extension FolderWatcher.Change {
  /// Whether a file of the site may have changed.
  func concerns(_ file: String) -> Bool {
    switch self {
    case .anything: true
    case .files(let files): files.contains(file)
    }
  }

  /// What has changed, in a few words.
  var description: String {
    switch self {
    case .anything: return "many files"
    case .files(let files):
      let first = files.sorted().first ?? ""
      return files.count == 1 ? first : "\(first) and \(files.count - 1) more"
    }
  }
}
