import Arguments

extension Shrink {
  static let command = Command(
    Shrink.self, "shrink", "Make pictures lighter where they lie.",
    discussion: """
      Each keeps its format, name and pixels, and meets the score that 'originals:' of the configuration asks for. What git \
      ignores, what a generator built, and what was made lighter before is left alone; 'restore' gives all originals back.
      """,
    examples: [
      "optimize-assets shrink",
      "optimize-assets shrink content static/images --max 2560",
      "optimize-assets shrink --check --changed-since origin/main --format markdown=lighter.md",
    ]
  ) {
    [.arguments("path", \.paths, "Files and folders. (default: the repository)", completion: .file())]
      + whatIsDone + whatIsWritten + howToWork.grouped(SharedOptions.rare)
  }

  private static var whatIsDone: [Parameter<Shrink>] {
    [
      .flag("--check", \.check, "Write nothing. Fail where a picture can be made lighter."),
      .flag("--dry-run", \.dryRun, "Say what would be made. Write nothing."),
      .option(
        "--changed-since", \.changedSince, "Look at pictures that differ from this commit alone.",
        value: "git-ref"),
      .option("--max", \.longest, "Cap the longer side at so many pixels.", value: "pixels"),
      .option("--min-saving", \.saving, "Leave a file that would not save so much.", value: "saving"),
    ]
  }

  private static var whatIsWritten: [Parameter<Shrink>] {
    [
      .options("--format", \.formats, "Write this format, with =FILE to a file; repeatable."),
      SharedOptions.configFile(\.shared.config), SharedOptions.quietness(\.shared.quiet),
      .flag("-v, --verbose", \.shared.verbose, "Print notes too, and log the stages with their times."),
    ]
  }

  private static var howToWork: [Parameter<Shrink>] {
    [
      .flag("--hook", \.hook, "Before a commit: pass where libraries are missing."),
      .option("--effort", \.shared.effort, "Set the encoders' time against their bytes.", value: "effort"),
      .option(
        "--jobs", \.shared.jobs, "Work on this many images at once. (default: one a core)", value: "count"),
      .option(
        "--memory-limit", \.shared.memoryLimit, "Use at most this much memory, such as 512MiB.", value: "size"
      ),
      .option(
        "--cache", \.shared.cache, "Keep what runs make in this folder.", value: "folder", completion: .folder
      ),
      .flag("--no-cache", \.shared.noCache, "Neither use nor keep what runs make."),
    ]
  }
}
