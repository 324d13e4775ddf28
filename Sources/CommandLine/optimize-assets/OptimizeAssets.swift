import Arguments
import AssetPipeline
import CVersion

/// The program itself: it only holds the subcommands.
@main
enum OptimizeAssets {
  static func main() {
    RenderWorker.serveIfStarted()
    program.main()
  }

  static let program = Program(command, version: String(cString: optimize_assets_version()))

  private static let command = Command(
    "optimize-assets", "Give posts and pages lighter, responsive images.",
    discussion: "Without a subcommand, 'optimize' runs.",
    examples: [
      "optimize-assets my-blog --output build",
      "optimize-assets my-blog --in-place",
      "optimize-assets restore my-blog",
      "optimize-assets scan my-blog --format json",
    ],
    exits: ExitStatus.allCases.map { Command.Exit($0.rawValue, $0.meaning) },
    subcommands: [
      Optimize.command, Build.command, Shrink.command, Restore.command, Scan.command, Watch.command,
      Verify.command,
      Check.command,
      ReportCommand.command, Calibrate.command, Cache.command,
      VersionCommand.command,
    ],
    default: "optimize")
}
