import Arguments
import AssetModel

extension Check {
  static let command = Command(
    Check.self, "check",
    "Holds the weight of a site's images against budgets. The site is only read.",
    discussion: "Exits with 0 within budget, 1 over it, and 2 where something could not be checked.",
    examples: [
      "optimize-assets check my-blog",
      "optimize-assets check my-blog --budget budgets.yml --format github --format sarif=weight.sarif",
      "optimize-assets check my-blog --baseline image-weight.json",
      "optimize-assets check my-blog --baseline-ref origin/main --allowed-growth 50kB",
      "optimize-assets check my-blog --only _posts/2026-01-01-new-year.md",
    ]
  ) {
    whatIsChecked + baselines + [
      .option(
        "--path-prefix", \.pathPrefix, "What leads from the repository to the site in reports: blog/.",
        value: "path"),
      .option(
        "--cache", \.cache, "The folder for what later runs need not find out again.", completion: .folder),
      .flag("--no-cache", \.noCache, "Neither use nor keep what runs find out."),
      .rest(
        "--only", \.only,
        """
        Speaks only of these posts and images, and of the posts that show them. All that follows are files; none means \
        all. (default: all)
        """,
        value: "file", completion: .file()),
    ]
  }

  private static var whatIsChecked: [Parameter<Check>] {
    [
      .argument("site", \.site, "The folder that holds the site.", completion: .folder),
      SharedOptions.configFile(\.config),
      .option("--kind", \.kind, "The kind of site. (default: recognized)"),
      .option(
        "--budget", \.budget,
        "A file with budgets, in place of the configuration's; Lighthouse's budget.json too.",
        completion: .file(["yml", "yaml", "json"])),
      .options(
        "--format", \.formats,
        """
        How the result is written, and with =FILE where to, in place of standard output. May be given several times. \
        (default: text)
        """),
    ]
  }

  private static var baselines: [Parameter<Check>] {
    [
      .option(
        "--write-baseline", \.writeBaseline, "Keeps what the site weighs in a file.", value: "file",
        completion: .file()),
      .option(
        "--baseline", \.baseline, "Fails where something weighs more than in this file.", value: "file",
        completion: .file()),
      .option(
        "--allowed-growth", \.allowedGrowth,
        "How many bytes a page, and the site, may weigh more than in the baseline.", value: "size"),
      .option(
        "--baseline-ref", \.baselineRef,
        "Fails where something weighs more than in this commit, branch or tag.", value: "git-ref"),
    ]
  }
}
