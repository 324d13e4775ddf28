import Arguments
import AssetCache
import AssetModel
import AssetPipeline
import SystemResources

/// The options that every subcommand takes.
struct SharedOptions {
  var site = "."
  var config: String?
  var kind: Site.Kind?
  var jobs: Int?
  var memoryLimit: ByteSize?
  var oracle: Site.Oracle?
  var cache: String?
  var noCache = false
  var effort: Effort?
  var format = OutputFormat.text
  var quiet = false
  var verbose = false

  func validate() throws {
    if cache != nil, noCache { throw UsageError("--cache and --no-cache exclude each other") }
    if let memoryLimit, memoryLimit.bytes < 1 {
      throw UsageError("--memory-limit must be more than nothing")
    }
    if let jobs, jobs < 1 { throw UsageError("--jobs must be at least 1, not \(jobs)") }
  }

  /// The site's configuration with the command line's own choices on top.
  func configuration() throws -> Configuration {
    var configuration = try Configuration(site: site, file: config)
    if let kind { configuration.kind = kind }
    if let jobs { configuration.jobs = jobs }
    if let memoryLimit { configuration.memoryLimit = memoryLimit }
    if let oracle { configuration.oracle = oracle }
    if let cache { configuration.cache = .folder(CacheFolder.absolute(cache)) }
    if noCache { configuration.cache = .off }
    if let effort { configuration.effort = effort }
    return configuration
  }

  /// The site, opened with a configuration.
  func pipeline(_ configuration: Configuration) throws -> Pipeline {
    var pipeline = try Pipeline(site: site, configuration: configuration)
    pipeline.log = log
    return pipeline
  }

  /// What the stages do and how long they take, on standard error; nothing without `--verbose`.
  var log: Logger {
    verbose ? Logger(level: .debug) { _, line in Terminal.printError(line) } : .off
  }
}
