import Arguments
import AssetModel

extension Check {
  static let command = Command(
    Check.self, "check",
    "Compare the weight of a site's images with budgets.",
    discussion: "The exit code is 0 within budget, 1 over it, 2 where something could not be read.",
    examples: [
      "optimize-assets check my-blog",
      "optimize-assets check my-blog --budget budgets.yml --format github --format sarif=weight.sarif",
      "optimize-assets check my-blog --baseline image-weight.json",
      "optimize-assets check my-blog --baseline-ref origin/main --allowed-growth 50kB",
      "optimize-assets check my-blog --only _posts/2026-01-01-new-year.md",
    ]
  ) {
    whatIsChecked + baselines + [
      .rest(
        "--only", \.only,
        "Report only on these posts and images: all words that follow.",
        value: "file", completion: .file())
    ]
      + [
        .flag("--allow-empty", \.allowEmpty, "Do not fail where there is neither a post nor a page."),
        .option("--kind", \.kind, "Take the site for one of this generator.", value: "generator"),
        .option(
          "--path-prefix", \.pathPrefix, "Put this before paths in reports: blog/.", value: "path"),
        .option("--cache", \.cache, "Keep what runs find out here.", value: "folder", completion: .folder),
        .flag("--no-cache", \.noCache, "Neither use nor keep what runs find out."),
      ].grouped(SharedOptions.rare)
  }

  private static var whatIsChecked: [Parameter<Check>] {
    [
      .argument("site", \.site, "The folder of the site.", completion: .folder),
      SharedOptions.configFile(\.config),
      .option(
        "--budget", \.budget,
        "Read budgets from this file; budget.json too.", value: "file",
        completion: .file(["yml", "yaml", "json"])),
      .options(
        "--format", \.formats,
        "Write this format, with =FILE to a file; repeatable."),
    ]
  }

  private static var baselines: [Parameter<Check>] {
    [
      .option(
        "--write-baseline", \.writeBaseline, "Write what the site weighs to a file.", value: "file",
        completion: .file()),
      .option(
        "--baseline", \.baseline, "Fail where something weighs more than in this file.", value: "file",
        completion: .file()),
      .option(
        "--allowed-growth", \.allowedGrowth,
        "Let a page and the site weigh so much more.", value: "size"),
      .option(
        "--baseline-ref", \.baselineRef,
        "Fail where something weighs more than in this commit.", value: "git-ref"),
    ]
  }
}
