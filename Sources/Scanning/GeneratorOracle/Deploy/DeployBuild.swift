import Foundation
import SiteFiles
import SystemResources

/// Runs a site's generator for a deploy. Everything of its own is in one temporary folder, which goes away at ``close()`` and
/// when the tool is interrupted.
package final class DeployBuild {
  private let scratch: BuildFolder
  private let guardian: BuildGuard
  private let watch: InterruptWatch
  private let cancellation: Cancellation
  private let registration: Cancellation.Registration
  private let root: SiteRoot
  private let command: DeployCommand
  private let seconds: Int

  /// What a person should know about the build.
  package private(set) var notes: [String] = []
  /// Where the pages came out, relative to the site, where the command was not told where to put them.
  package private(set) var output: String?

  /// - Parameters:
  ///   - root: the site.
  ///   - command: how it is built.
  ///   - seconds: how long that may take.
  ///   - parent: the folder that the temporary one is made in.
  ///   - cancellation: ends a build that runs when it is raised.
  /// - Throws: ``DeployFailure`` where the program is not installed; `FileError`.
  package init(
    _ root: SiteRoot, _ command: DeployCommand, seconds: Int, in parent: String, cancellation: Cancellation
  ) throws {
    try DeployProgram.check(command, in: root)
    let scratch = try BuildFolder(in: parent)
    let guardian = BuildGuard(folder: scratch.path)
    (self.scratch, self.guardian, self.cancellation) = (scratch, guardian, cancellation)
    (self.root, self.command, self.seconds) = (root, command, seconds)
    watch = InterruptWatch(guardian)
    registration = cancellation.onRaise { guardian.stop() }
  }

  /// Builds the site.
  ///
  /// - Parameters:
  ///   - staged: a copy of the site's sources that is built in their place, absolute; nil for the site itself.
  ///   - isCopied: whether the generator runs in a private copy in any case: some name what they make by where it lies.
  ///   - skipped: folders that are no sources, which a private copy goes without.
  ///   - show: called with what the generator prints, as it does.
  /// - Returns: the folder of the pages, which is the caller's to move away before ``close()``.
  /// - Throws: ``DeployFailure`` where the build fails, `FileError`.
  package func run(
    staged: String? = nil, isCopied: Bool = false, skipping skipped: Set<String>,
    show: @escaping @Sendable (Data) -> Void
  ) throws -> String {
    let pages = scratch.destination(1)
    // A copy of the sources that another command has left in the site would be built as a part of it, and so would the pages
    // of an earlier build.
    let hasCopies = skipped.union(command.earlier).contains {
      command.takesIn($0) && FileAccess.isFolder(root.path + "/" + $0)
    }
    if command.outputs.isEmpty, staged == nil, !hasCopies, !isCopied {
      try run(in: root.path, pages, [], show)
    } else {
      // Its own output folder is served, so it gets a copy of the site to write to.
      scratch.remove(scratch.source)
      try copy(staged, skipped)
      let before = command.outputs.map(pagesOfCopy)
      try run(in: scratch.source, pages, [], show)
      // An output folder may have been among the sources, with the pages of an earlier build.
      output =
        zip(command.outputs, before).first { folder, before in
          let now = pagesOfCopy(folder)
          return !now.isEmpty && now != before
        }?.0
      if !command.outputs.isEmpty {
        guard let output, rename(scratch.source + "/" + output, pages) == 0 else { throw noPages }
      }
    }
    guard FileAccess.isFolder(pages), try !BuiltPages.pages(below: pages).isEmpty else { throw noPages }
    return pages
  }

  /// The folder that the generator is started in where it takes its destination.
  ///
  /// - Parameter staged: as for ``run(staged:isCopied:skipping:show:)``.
  package func folder(staged: String?) -> String { staged == nil ? root.path : scratch.source }

  /// Builds the site with its generator's door open.
  ///
  /// - Parameters:
  ///   - door: what is added to the configuration.
  ///   - files: a folder for the files of the door, where the site is not copied.
  ///   - staged: as for ``run(staged:isCopied:skipping:show:)``, as the others.
  /// - Returns: the folder of the pages, which is the caller's to move away before ``close()``.
  /// - Throws: ``DeployFailure`` where the build fails, `FileError`.
  package func run(
    _ door: GeneratorDoor, files: String, staged: String?, skipping skipped: Set<String>,
    show: @escaping @Sendable (Data) -> Void
  ) throws -> String {
    let pages = scratch.destination(2)
    scratch.remove(pages)
    if door.needsCopy || staged != nil, !FileAccess.isFolder(scratch.source) { try copy(staged, skipped) }
    if door.needsCopy {
      try door.write(to: scratch.source)
      try run(in: scratch.source, pages, [], show)
    } else {
      try door.write(to: files)
      if let packages = BuildPlan.packages(of: root) {
        let link = files + "/" + BuildPlan.packageFolder
        unlink(link)
        guard symlink(packages, link) == 0 else { throw FileError("link", link) }
      }
      let arguments = door.arguments.map { $0.replacingOccurrences(of: "{door}", with: files) }
      try run(in: folder(staged: staged), pages, arguments, show)
    }
    guard FileAccess.isFolder(pages), try !BuiltPages.pages(below: pages).isEmpty else { throw noPages }
    return pages
  }

  private var noPages: DeployFailure {
    DeployFailure(
      error: .noPages(command: command.line),
      advice: command.condition
        ?? "name a command with build: in optimize-assets.yml that writes them to {destination}, such as"
        + " [make, \"OUT={destination}\"]")
  }

  private func copy(_ staged: String?, _ skipped: Set<String>) throws {
    let sources = try staged.map(SiteRoot.init) ?? root
    let left = skipped.union([".git"]).union(command.earlier)
    try scratch.copy(sources, skipped: left, packages: BuildPlan.packages(of: root))
    // Generators ask the repository when a page was changed.
    if FileAccess.isFolder(root.path + "/.git") {
      _ = symlink(root.path + "/.git", scratch.source + "/.git")
    }
  }

  /// The pages in an output folder of the private copy, with their stamps.
  private func pagesOfCopy(_ folder: String) -> Set<FileEntry> {
    let files = (try? FileTree.files(below: scratch.source + "/" + folder)) ?? []
    return Set(files.filter { BuiltPages.isPage($0.path) })
  }

  private func run(
    in folder: String, _ pages: String, _ arguments: [String],
    _ show: @escaping @Sendable (Data) -> Void
  ) throws {
    let words = command.words.map {
      $0.replacingOccurrences(of: "{destination}", with: pages)
        .replacingOccurrences(of: "{source}", with: folder)
    }
    var run = DeployRun(
      words: words + arguments, line: command.line, folder: folder, environment: command.environment,
      seconds: seconds,
      guardian: guardian,
      show: show)
    do {
      do {
        try run.run()
      } catch GeneratorOracleError.failed(let line, let status, let output) {
        // Jekyll loads what a Gemfile names, and gives up where one gem of it is missing.
        guard command.words.first == "jekyll", !cancellation.isRaised,
          output.contains(where: { $0.lowercased().contains("bundler") })
        else { throw GeneratorOracleError.failed(command: line, status: status, output: output) }
        run.environment["JEKYLL_NO_BUNDLER_REQUIRE"] = "true"
        try run.run()
        notes.append("the gems of the Gemfile are not all installed, so the site was built without it")
      }
    } catch let error as GeneratorOracleError {
      throw DeployFailure.of(error)
    }
  }

  /// Removes everything. Nothing can be built after that.
  package func close() {
    cancellation.forget(registration)
    watch.release()
    scratch.remove()
  }
}
