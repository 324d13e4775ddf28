import Arguments
import AssetCache
import AssetModel
import AssetPipeline
import Foundation

/// `optimize-assets cache`
enum Cache {
  static let command = Command(
    "cache", "Show, check or trim what earlier runs made.",
    examples: [
      "optimize-assets cache info my-blog",
      "optimize-assets cache prune my-blog --max-size 500MB --older-than 30d",
    ],
    subcommands: [Info.command, Verify.command, Prune.command])

  /// `optimize-assets cache info`
  struct Info: Runnable {
    var options = CacheOptions()

    static let command = Command(Info.self, "info", "Show where the cache is and what it holds.") {
      CacheOptions.parameters.within(\.options)
    }

    func run() throws {
      try options.run { folder, cache in
        let info = try cache?.info() ?? CacheInfo(folder: folder)
        return CacheReport(info) {
          [
            ("files", "\(info.files), \(ByteSize(bytes: info.bytes))"),
            (
              "index",
              "\(info.actions.counted("action")), \(info.posts.counted("post")),"
                + " \(info.digests.counted("digest of a file", "digests of files")),"
                + " \(ByteSize(bytes: info.indexBytes))"
            ),
            ("last used", [info.oldestUse, info.newestUse].map(Self.day).joined(separator: " to ")),
          ]
        }
      }
    }

    private static func day(_ seconds: Int?) -> String {
      seconds.map { Date(timeIntervalSince1970: Double($0)).formatted(.iso8601.year().month().day()) }
        ?? "never"
    }
  }

  /// `optimize-assets cache verify`
  struct Verify: Runnable {
    var options = CacheOptions()

    static let command = Command(
      Verify.self, "verify", "Read every file of the cache and remove damaged ones.",
      discussion: "The exit code is 1 where something was damaged or missing. The next run makes it again."
    ) {
      CacheOptions.parameters.within(\.options)
    }

    func run() throws {
      try options.run { _, cache in
        let check = try cache?.verify(progress: options.showProgress) ?? CacheCheck()
        return CacheReport(check, isFailure: check.isDamaged) {
          [
            ("right", "\(check.files.counted("file")), \(ByteSize(bytes: check.bytes))"),
            ("damaged", "\(check.damaged.counted("file")), removed"),
            ("missing", "\(check.missing.counted("file")), forgotten"),
            (
              "left over",
              "\((check.orphans + check.leftovers).counted("file")) of runs that were killed, removed"
            ),
            ("index", check.isIndexRebuilt ? "damaged, and made anew" : "right"),
          ]
        }
      }
    }
  }

  /// `optimize-assets cache prune`
  struct Prune: Runnable {
    var options = CacheOptions()
    var maxSize: ByteSize?
    var olderThan: TimeSpan?

    static let command = Command(
      Prune.self, "prune",
      "Remove what was not used for long, and what killed runs left behind.",
      discussion: "Uses count by the day. A run that works at the same time makes again what it misses."
    ) {
      CacheOptions.parameters.within(\.options) + [
        .option(
          "--max-size", \.maxSize,
          "Make the cache this small, oldest first: 500MB, 1GiB."),
        .option("--older-than", \.olderThan, "Remove what was not used for so long: 12h, 30d, 2w."),
      ]
    }

    func run() throws {
      try options.run { _, cache in
        let done =
          try cache?.prune(maxBytes: maxSize?.bytes, olderThan: olderThan?.seconds) ?? CachePruning()
        return CacheReport(done) {
          [
            ("removed", "\(done.removedFiles.counted("file")), \(ByteSize(bytes: done.removedBytes))"),
            ("left", "\(done.files.counted("file")), \(ByteSize(bytes: done.bytes)) with the index"),
          ]
        }
      }
    }
  }
}
