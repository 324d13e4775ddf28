import Foundation
import SiteFiles
import SystemResources

/// The site's own generator as the oracle of what is an image.
///
/// A copy of the site is built twice: as it is, and with a token at every candidate of its posts. The candidates whose
/// tokens are on an `<img>` of the built site are images. The generator thus decides what is code, comment, raw HTML or
/// text. If a page differs between both builds after the tokens are removed, the tokens have changed the result: its
/// posts are built once more without the tokens that became text, and are not judged if that does not help.
package struct GeneratorOracle: Sendable {
  /// How a site is built.
  package struct Options: Sendable {
    /// The name of the site's generator, if known; otherwise it is detected from the files.
    package var generator: String?
    /// The configured command; nil for the built-in one of the site's generator.
    package var build: [String]?
    /// How long one build may take, in seconds.
    package var seconds: Int
    /// Folders of the site that are no sources.
    package var skipped: Set<String>
    /// How many pages are read at once.
    package var jobs: Int
    /// Returns the text of a post to judge instead of the content of its file; nil for files as they are.
    package var text: (@Sendable (_ path: String, _ file: Data) -> Data)?
    /// The folder in which the copy is created and removed.
    package var temporaryFolder = FileManager.default.temporaryDirectory.standardizedFileURL.path

    package init(
      generator: String? = nil, build: [String]? = nil, seconds: Int = 300, skipped: Set<String> = [],
      jobs: Int = 1
    ) {
      self.generator = generator
      self.build = build
      self.seconds = seconds
      self.skipped = skipped
      self.jobs = jobs
    }
  }

  private let root: SiteRoot
  private let options: Options

  package init(root: SiteRoot, options: Options) {
    self.root = root
    self.options = options
  }

  /// Judges posts.
  ///
  /// - Parameters:
  ///   - posts: the posts.
  ///   - hasDrafts: whether drafts are among them, which generators render on request.
  ///   - cancellation: ends a build that runs when it is raised.
  /// - Throws: `Cancelled`, ``GeneratorOracleError`` where the site cannot be built, `FileError` where a file cannot be read or
  ///   written. The temporary folder is gone either way.
  package func judge(
    _ posts: [OraclePost], hasDrafts: Bool = false, cancellation: Cancellation = Cancellation()
  ) throws -> Verdicts {
    // Before anything is copied: is the program there at all?
    let plan = try BuildPlan(options, site: root, hasDrafts: hasDrafts)
    let folder = try BuildFolder(in: options.temporaryFolder)
    defer { folder.remove() }
    let guardian = BuildGuard(folder: folder.path)
    let watch = InterruptWatch(guardian)
    defer { watch.release() }
    try folder.copy(root, skipped: options.skipped, packages: plan.packages)
    if let text = options.text { try folder.replace(posts.map(\.path), text) }
    let settings = BuildCommand.jekyllSettings(now: Date())
    try FileAccess.write(Data(settings.utf8), to: folder.settings)
    var session = OracleSession(
      root: root, folder: folder, command: plan.command, isJekyll: plan.isJekyll, options: options,
      guardian: guardian)
    let registration = cancellation.onRaise { guardian.stop() }
    defer { cancellation.forget(registration) }
    do {
      let verdicts = try session.judge(posts)
      try cancellation.check()
      return verdicts
    } catch {
      // A build that was ended has failed, and that is not the site's fault.
      try cancellation.check()
      throw error
    }
  }
}
