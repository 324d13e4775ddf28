import Arguments
import AssetModel

extension SharedOptions {
  /// What every subcommand takes, in the order in which help lists it.
  static var parameters: [Parameter<SharedOptions>] {
    [siteFolder(\.site), configFile(\.config)] + howToWork + [
      resultFormat(\.format),
      quietness(\.quiet),
      .flag("-v, --verbose", \.verbose, "Notes too, and a log of what the stages do."),
    ]
  }

  private static var howToWork: [Parameter<SharedOptions>] {
    let kinds = Site.Kind.allArguments.joined(separator: ", ")
    let efforts = Effort.allArguments.joined(separator: ", ")
    return [
      .option("--kind", \.kind, "The kind of site: \(kinds). (default: recognized)"),
      .option("--jobs", \.jobs, "How many images are worked on at once. (default: one a core)"),
      .option(
        "--memory-limit", \.memoryLimit,
        """
        The most memory to use while images are made, such as 512MiB. (default: half of what the process may use, at \
        most 2GiB)
        """,
        value: "size"),
      .option(
        "--oracle", \.oracle,
        """
        Who says which places of the posts are images: built-in, or generator, which builds a temporary copy of the \
        site with its own generator and reads the pages. (default: built-in)
        """),
      .option(
        "--cache", \.cache,
        """
        The folder for what later runs need not make again. (default: $OPTIMIZE_ASSETS_CACHE, or one of the site's own \
        in the platform's place for caches)
        """,
        completion: .folder),
      .flag("--no-cache", \.noCache, "Neither use nor keep what runs make."),
      .option(
        "--effort", \.effort,
        """
        How much time encoders take for fewer bytes: \(efforts). (default: the configuration's, or balanced)
        """),
    ]
  }
}

// What commands with options of their own share as well.
extension SharedOptions {
  static func siteFolder<Root>(_ place: Place<Root, String>) -> Parameter<Root> {
    .argument("site", place, "The folder that holds the site's sources.", completion: .folder)
  }

  static func configFile<Root>(_ place: Place<Root, String?>) -> Parameter<Root> {
    .option(
      "--config", place,
      "The configuration file. (default: optimize-assets.yml in the site, if there is one)",
      completion: .file(["yml", "yaml"]))
  }

  static func resultFormat<Root>(_ place: Place<Root, OutputFormat>) -> Parameter<Root> {
    .option("--format", place, "How the result is written to standard output: text or json.")
  }

  static func quietness<Root>(_ place: Place<Root, Bool>) -> Parameter<Root> {
    .flag("-q, --quiet", place, "No progress, and no problems below an error.")
  }
}
