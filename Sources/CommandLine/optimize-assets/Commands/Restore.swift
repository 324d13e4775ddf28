import Arguments
import AssetModel
import AssetPipeline
import Foundation

/// `optimize-assets restore`
struct Restore: Runnable {
  var shared = SharedOptions()
  var only: String?
  var dryRun = false

  static let command = Command(
    Restore.self, "restore",
    "Undo --in-place and shrink, byte for byte.",
    discussion: """
      What the author changed since is kept: text beside an image does not matter, and an image that was changed itself \
      is listed, with an exit code of 1.
      """,
    examples: [
      "optimize-assets restore my-blog",
      "optimize-assets restore my-blog --only '_posts/2019-*'",
    ]
  ) {
    [
      .option(
        "--only", \.only,
        "Restore the posts and pictures whose paths match, as in .gitignore."),
      .flag("--dry-run", \.dryRun, "Say what would be restored. Write nothing."),
    ] + SharedOptions.parameters.within(\.shared)
  }

  func validate() throws { try shared.validate() }

  func run() throws {
    try ExitStatus.reporting { _ in
      let pipeline = try shared.pipeline(shared.configuration())
      let account = try pipeline.restore(only: only, dryRun: dryRun)
      switch shared.format {
      case .json:
        try Terminal.printJSON(account)
      case .text:
        Report.print(account.problems, quiet: shared.quiet, verbose: shared.verbose)
        print(Self.text(account), terminator: "")
      }
      try ExitStatus.check(account.problems)
    }
  }

  static func text(_ account: Restoration) -> String {
    let isDry = account.isDry
    var lines = [isDry ? "\(account.site) (dry run, nothing was written)" : account.site]
    if account.restored.isEmpty, account.originals.isEmpty, account.removed.isEmpty,
      account.remaining.isEmpty, account.isComplete
    {
      lines.append("  nothing to restore")
      return lines.joined(separator: "\n") + "\n"
    }
    if !account.originals.isEmpty {
      lines.append("  originals   \(account.originals.count) \(isDry ? "to restore" : "restored")")
      // There was no journal: nothing is to be said of one.
      if account.restored.isEmpty, account.removed.isEmpty, account.remaining.isEmpty, account.isComplete {
        return lines.joined(separator: "\n") + "\n"
      }
    }
    let things = account.arePages ? "pages" : "posts"
    lines.append("  \(things)       \(account.restored.count) \(isDry ? "to restore" : "restored")")
    if !account.remaining.isEmpty {
      lines.append("              \(account.remaining.count) still hold what was written into them")
    }
    lines.append("  variants    \(account.removed.count) \(isDry ? "to remove" : "removed")")
    lines.append(
      "  journal     \(account.isComplete ? isDry ? "to remove" : "removed" : "kept for the rest")")
    return lines.joined(separator: "\n") + "\n"
  }
}
