import Arguments
import AssetModel

extension SharedOptions {
  /// What every subcommand takes: what people use each day, then the rest below a heading of its own.
  static var parameters: [Parameter<SharedOptions>] {
    [
      siteFolder(\.site), configFile(\.config), resultFormat(\.format), quietness(\.quiet),
      .flag("-v, --verbose", \.verbose, "Print notes too, and log the stages with their times."),
    ] + howToWork.grouped(rare)
  }

  /// The heading of options that few people need.
  static let rare = "Rarely needed"

  private static var howToWork: [Parameter<SharedOptions>] {
    [
      .option("--kind", \.kind, "Take the site for one of this generator.", value: "generator"),
      .option(
        "--oracle", \.oracle, "Ask the site's own generator which images its pages show.", value: "oracle"
      ).formerly("--judge"),
      .option("--effort", \.effort, "Set the encoders' time against their bytes.", value: "effort"),
      .option("--jobs", \.jobs, "Work on this many images at once. (default: one a core)", value: "count"),
      .option(
        "--memory-limit", \.memoryLimit, "Use at most this much memory, such as 512MiB.", value: "size"),
      .option(
        "--cache", \.cache, "Keep what runs make in this folder.", value: "folder", completion: .folder),
      .flag("--no-cache", \.noCache, "Neither use nor keep what runs make."),
    ]
  }
}

// What commands with options of their own share as well.
extension SharedOptions {
  static func siteFolder<Root>(_ property: Property<Root, String>) -> Parameter<Root> {
    .argument("site", property, "The folder of the site.", completion: .folder)
  }

  static func configFile<Root>(_ property: Property<Root, String?>) -> Parameter<Root> {
    .option(
      "--config", property,
      "Read this configuration. (default: optimize-assets.yml)", value: "file",
      completion: .file(["yml", "yaml"]))
  }

  static func resultFormat<Root>(_ property: Property<Root, OutputFormat>) -> Parameter<Root> {
    .option("--format", property, "Print the result in this form.")
  }

  static func quietness<Root>(_ property: Property<Root, Bool>) -> Parameter<Root> {
    .flag("-q, --quiet", property, "Print neither progress nor warnings.")
  }
}
