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

  /// - Parameters:
  ///   - root: the site.
  ///   - command: how it is built.
  ///   - seconds: how long that may take.
  ///   - parent: the folder that the temporary one is made in.
  ///   - cancellation: ends a build that runs when it is raised.
  /// - Throws: ``GeneratorOracleError`` where the program is not installed; `FileError`.
  package init(
    _ root: SiteRoot, _ command: DeployCommand, seconds: Int, in parent: String, cancellation: Cancellation
  ) throws {
    let name = command.words.first ?? ""
    guard BuildCommand.program(name, folder: root.path) != nil else {
      throw GeneratorOracleError.notInstalled(program: name)
    }
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
  ///   - skipped: folders that are no sources, which a private copy goes without.
  ///   - show: called with what the generator prints, as it does.
  /// - Returns: the folder of the pages, which is the caller's to move away before ``close()``.
  /// - Throws: ``GeneratorOracleError`` where the build fails, `FileError`.
  package func run(skipping skipped: Set<String>, show: @escaping @Sendable (Data) -> Void) throws -> String {
    let pages = scratch.destination(1)
    if command.outputs.isEmpty {
      try run(in: root.path, pages, show)
    } else {
      // Its own output folder is served, so it gets a copy of the site to write to.
      try scratch.copy(root, skipped: skipped.union([".git"]), packages: BuildPlan.packages(of: root))
      // Generators ask the repository when a page was changed.
      if FileAccess.isFolder(root.path + "/.git") {
        _ = symlink(root.path + "/.git", scratch.source + "/.git")
      }
      try run(in: scratch.source, pages, show)
      let made = command.outputs.first { FileAccess.isFolder(scratch.source + "/" + $0) }
      guard let made, rename(scratch.source + "/" + made, pages) == 0 else {
        throw GeneratorOracleError.noPages(command: command.line)
      }
    }
    guard FileAccess.isFolder(pages), try !BuiltPages.pages(below: pages).isEmpty else {
      throw GeneratorOracleError.noPages(command: command.line)
    }
    return pages
  }

  private func run(in folder: String, _ pages: String, _ show: @escaping @Sendable (Data) -> Void) throws {
    var run = DeployRun(
      words: command.words.map {
        $0.replacingOccurrences(of: "{destination}", with: pages)
          .replacingOccurrences(of: "{source}", with: folder)
      }, line: command.line, folder: folder, environment: command.environment, seconds: seconds,
      guardian: guardian,
      show: show)
    do {
      try run.run()
    } catch GeneratorOracleError.failed(let line, let status, let output) {
      // Jekyll loads what a Gemfile names, and gives up where one gem of it is missing.
      guard command.words.first == "jekyll", !cancellation.isRaised,
        output.contains(where: { $0.lowercased().contains("bundler") })
      else { throw GeneratorOracleError.failed(command: line, status: status, output: []) }
      run.environment["JEKYLL_NO_BUNDLER_REQUIRE"] = "true"
      try run.run()
      notes.append("the gems of the Gemfile are not all installed, so the site was built without it")
    }
  }

  /// Removes everything. Nothing can be built after that.
  package func close() {
    cancellation.forget(registration)
    watch.release()
    scratch.remove()
  }
}
