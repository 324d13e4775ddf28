import ArgumentParser
import AssetCache
import AssetPipeline
import Logging
import Manifest

extension Site.Kind: ExpressibleByArgument {}

/// How a result is written to standard output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

extension Effort: ExpressibleByArgument {}

extension Site.Judge: ExpressibleByArgument {}

/// The options that every subcommand takes.
struct SharedOptions: ParsableArguments {
  @Argument(help: "The folder that holds the site's sources.", completion: .directory)
  var site = "."

  @Option(
    help: "The configuration file. (default: optimize-assets.yml in the site, if there is one)",
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The kind of site: \(Site.Kind.allCases.map(\.rawValue).joined(separator: ", ")). (default: recognised)"
    ))
  var kind: Site.Kind?

  @Option(help: "How many images are worked on at once. (default: one a core)")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      """
      The most memory to use while images are made, such as 512MiB. (default: half of what the process may use, at \
      most 2GiB)
      """, valueName: "size"))
  var memoryLimit: ByteSize?

  @Option(
    help: """
      Who says which places of the posts are images: built-in, or generator, which builds a temporary copy of the \
      site with its own generator and reads the pages. (default: built-in)
      """)
  var judge: Site.Judge?

  @Option(
    help: """
      The folder for what later runs need not make again. (default: $OPTIMIZE_ASSETS_CACHE, or one of the site's own \
      in the platform's place for caches)
      """, completion: .directory)
  var cache: String?

  @Flag(help: "Neither use nor keep what runs make.")
  var noCache = false

  @Option(
    help: """
      How much time encoders take for fewer bytes: \(Effort.allCases.map(\.rawValue).joined(separator: ", ")). \
      (default: the configuration's, or balanced)
      """)
  var effort: Effort?

  @Option(help: "How the result is written to standard output: text or json.")
  var format = OutputFormat.text

  @Flag(name: .shortAndLong, help: "No progress, and no problems below an error.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Notes too, and a log of what the stages do.")
  var verbose = false

  func validate() throws {
    if cache != nil, noCache { throw ValidationError("--cache and --no-cache exclude each other") }
    if let memoryLimit, memoryLimit.bytes < 1 {
      throw ValidationError("--memory-limit must be more than nothing")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
  }

  /// The site's configuration with the command line's own choices on top.
  func configuration() throws -> Configuration {
    var configuration = try Configuration(site: site, file: config)
    if let kind { configuration.kind = kind }
    if let jobs { configuration.jobs = jobs }
    if let memoryLimit { configuration.memoryLimit = memoryLimit }
    if let judge { configuration.judge = judge }
    if let cache { configuration.cache = .folder(CacheFolder.absolute(cache)) }
    if noCache { configuration.cache = .off }
    if let effort { configuration.effort = effort }
    return configuration
  }

  /// Sends the library's log to standard error.
  func startLogging() {
    let level: Logger.Level = verbose ? .debug : quiet ? .error : .warning
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
  }
}
