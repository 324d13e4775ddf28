import Arguments
import AssetCache
import AssetModel
import AssetPipeline
import Foundation
import SiteFiles

/// What a subcommand of `cache` has to say.
struct CacheReport {
  var json: any Encodable
  var isFailure: Bool
  var lines: [(name: String, text: String)]

  init(_ json: any Encodable, isFailure: Bool = false, lines: () -> [(String, String)]) {
    self.json = json
    self.isFailure = isFailure
    self.lines = lines()
  }
}

/// The options that say which site's cache is meant, and how the result is written.
struct CacheOptions {
  var site = "."
  var config: String?
  var cache: String?
  var format = OutputFormat.text
  var quiet = false

  static var parameters: [Parameter<CacheOptions>] {
    [
      SharedOptions.siteFolder(\.site),
      SharedOptions.configFile(\.config),
      .option(
        "--cache", \.cache, "The cache's folder. (default: the site's own)", value: "folder",
        completion: .folder),
      SharedOptions.resultFormat(\.format),
      SharedOptions.quietness(\.quiet),
    ]
  }

  func run(_ body: (_ folder: String, _ cache: AssetCache?) throws -> CacheReport) throws {
    try ExitStatus.reporting { _ in
      let folder = try folder()
      let isThere = CacheFolder.isCache(folder)
      let cache = isThere ? AssetCache(folder: folder) : nil
      let report: CacheReport
      do {
        report = try body(folder, cache)
      } catch let error where !(error is FileError) {
        // SQLite's own words say what it is.
        throw PipelineError.fileSystem("\(error)", file: folder)
      }
      try write(report, folder: folder, isThere: isThere)
      let problems = cache?.problems ?? []
      for problem in problems where !quiet || problem.severity == .error { Terminal.print(problem) }
      if problems.contains(where: { $0.rule == .cacheUnusable }) {
        throw ExitCode(ExitStatus.inputOutput.rawValue)
      }
      if report.isFailure { throw ExitCode(ExitStatus.imagesFailed.rawValue) }
    }
  }

  private func folder() throws -> String {
    if let cache { return CacheFolder.absolute(cache) }
    let root: SiteRoot
    do throws(FileError) {
      root = try SiteRoot(site)
    } catch {
      throw PipelineError.noSite(
        "no such site: \(error)", advice: "name the folder that holds the site's sources")
    }
    guard let folder = try Configuration(site: site, file: config).cacheFolder(site: root) else {
      throw UsageError("the site's configuration says that there is no cache; --cache names one")
    }
    return folder
  }

  private func write(_ report: CacheReport, folder: String, isThere: Bool) throws {
    switch format {
    case .json: try Terminal.printJSON(report.json)
    case .text:
      print("Cache \(folder)" + (isThere ? "" : " (not made yet)"))
      guard isThere else { return }
      for (name, text) in report.lines {
        print(SummaryLine.text(name, text))
      }
    }
  }

  func showProgress(_ done: Int, _ total: Int) {
    guard !quiet, Terminal.drawsProgress, done % 100 == 0 || done == total else { return }
    Terminal.write(done == total ? "\r\u{1B}[K" : "\r\u{1B}[K\(done)/\(total.counted("file"))")
  }
}
