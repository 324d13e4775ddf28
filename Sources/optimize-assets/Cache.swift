import ArgumentParser
import AssetCache
import AssetPipeline
import Foundation
import Manifest
import SiteFiles

/// `optimize-assets cache`
struct Cache: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows, checks or trims what earlier runs made.",
    discussion: """
      EXAMPLES
        optimize-assets cache info my-blog
        optimize-assets cache prune my-blog --max-size 500MB --older-than 30d
      """,
    subcommands: [Info.self, Verify.self, Prune.self])

  /// `optimize-assets cache info`
  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Says where the cache is and what it holds.")

    @OptionGroup var options: CacheOptions

    func run() throws {
      try options.run { folder, cache in
        let info = try cache?.info() ?? CacheInfo(folder: folder)
        return CacheReport(info) {
          [
            ("files", "\(info.files), \(ByteSize(bytes: info.bytes))"),
            (
              "index",
              "\(info.actions) actions, \(info.posts) posts, \(info.digests) digests of files,"
                + " \(ByteSize(bytes: info.indexBytes))"
            ),
            ("last used", [info.oldestUse, info.newestUse].map(Self.day).joined(separator: " to ")),
          ]
        }
      }
    }

    private static func day(_ seconds: Int?) -> String {
      seconds.map { Date(timeIntervalSince1970: Double($0)).formatted(.iso8601.year().month().day()) }
        ?? "never"
    }
  }

  /// `optimize-assets cache verify`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads every file of the cache and removes what is damaged.",
      discussion: "The exit code is 1 where something was damaged or missing. The next run makes it again.")

    @OptionGroup var options: CacheOptions

    func run() throws {
      try options.run { _, cache in
        let check = try cache?.verify(progress: options.showProgress) ?? CacheCheck()
        return CacheReport(check, isFailure: check.isDamaged) {
          [
            ("right", "\(check.files) files, \(ByteSize(bytes: check.bytes))"),
            ("damaged", "\(check.damaged) files, removed"),
            ("missing", "\(check.missing) files, forgotten"),
            ("left over", "\(check.orphans + check.leftovers) files of runs that were killed, removed"),
            ("index", check.isIndexRebuilt ? "damaged, and made anew" : "right"),
          ]
        }
      }
    }
  }

  /// `optimize-assets cache prune`
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes what was not used for long, and what runs that were killed left behind.",
      discussion: "Uses count by the day. A run that works at the same time makes again what it misses.")

    @OptionGroup var options: CacheOptions

    @Option(
      help:
        "How large the cache may be, its index included: 500MB, 1GiB. What was used longest ago goes first.")
    var maxSize: ByteSize?

    @Option(help: "Removes what was not used for so long: 12h, 30d, 2w.")
    var olderThan: TimeSpan?

    func run() throws {
      try options.run { _, cache in
        let done =
          try cache?.prune(maxBytes: maxSize?.bytes, olderThan: olderThan?.seconds) ?? CachePruning()
        return CacheReport(done) {
          [
            ("removed", "\(done.removedFiles) files, \(ByteSize(bytes: done.removedBytes))"),
            ("left", "\(done.files) files, \(ByteSize(bytes: done.bytes)) with the index"),
          ]
        }
      }
    }
  }
}

/// What a subcommand of `cache` has to say.
private struct CacheReport {
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
struct CacheOptions: ParsableArguments {
  @Argument(help: "The folder that holds the site's sources.", completion: .directory)
  var site = "."

  @Option(
    help: "The configuration file. (default: optimize-assets.yml in the site, if there is one)",
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Option(help: "The cache's folder. (default: the site's own)", completion: .directory)
  var cache: String?

  @Option(help: "How the result is written to standard output: text or json.")
  var format = OutputFormat.text

  @Flag(name: .shortAndLong, help: "No progress, and no problems below an error.")
  var quiet = false

  fileprivate func run(_ body: (_ folder: String, _ cache: AssetCache?) throws -> CacheReport) throws {
    try ExitStatus.reporting { _ in
      let folder = try folder()
      let isThere = CacheFolder.isCache(folder)
      let cache = isThere ? AssetCache(folder: folder) : nil
      let report: CacheReport
      do {
        report = try body(folder, cache)
      } catch let error where !(error is FileError) {
        // SQLite's own words say what it is.
        throw PipelineError.fileSystem("\(folder): \(error)")
      }
      try write(report, folder: folder, isThere: isThere)
      let problems = cache?.problems ?? []
      for problem in problems where !quiet || problem.severity == .error { Terminal.printError("\(problem)") }
      if problems.contains(where: { $0.code == .cacheUnusable }) {
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
      throw PipelineError.noSite("no such site: \(error) (name the folder that holds the site's sources)")
    }
    guard let folder = try Configuration(site: site, file: config).cacheFolder(site: root) else {
      throw ValidationError("the site's configuration says that there is no cache; --cache names one")
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
        print("  " + name.padding(toLength: 12, withPad: " ", startingAt: 0) + text)
      }
    }
  }

  fileprivate func showProgress(_ done: Int, _ total: Int) {
    guard !quiet, Terminal.drawsProgress, done % 100 == 0 || done == total else { return }
    Terminal.write(done == total ? "\r\u{1B}[K" : "\r\u{1B}[K\(done)/\(total) files")
  }
}
