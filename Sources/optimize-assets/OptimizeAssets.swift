import ArgumentParser

/// The command itself: it only holds the subcommands.
@main
struct OptimizeAssets: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize-assets",
    abstract: "Gives blog posts lighter, responsive images.",
    discussion: """
      Without a subcommand, 'optimize' runs.

      EXAMPLES
        optimize-assets my-blog --output build
        optimize-assets my-blog --in-place
        optimize-assets restore my-blog
        optimize-assets scan my-blog --format json

      EXIT CODES
        \(ExitStatus.help)
      """,
    version: "0.1.0",
    subcommands: [
      Optimize.self, Restore.self, Scan.self, Watch.self, Verify.self, Check.self, ReportCommand.self,
      Calibrate.self,
      Cache.self,
    ],
    defaultSubcommand: Optimize.self)
}
