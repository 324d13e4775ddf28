import Foundation
import SiteFiles
import SystemResources

/// Builds a site with its own generator, from temporary copies of its sources: nothing of the site is written to.
///
/// Each build sees its sources at the same path and at the same time of day, so that two builds differ in what their
/// sources differ in. Everything is in one folder, which goes away at ``close()``, and when the tool is interrupted.
package final class SiteBuilder {
  private let scratch: BuildFolder
  private let guardian: BuildGuard
  private let watch: InterruptWatch
  private let cancellation: Cancellation
  private let registration: Cancellation.Registration
  private var plan: BuildPlan?
  private var command: BuildCommand?
  private var options = GeneratorOracle.Options()
  private var builds = 0

  /// What a person should know about the builds.
  package private(set) var notes: [String] = []

  /// The command that builds the site, for people; nil where there is nothing to build.
  package var line: String? { command?.line }

  /// A folder of this run's own, for whatever goes away with it.
  package var folder: String { scratch.path }

  /// Makes an empty temporary folder; nothing can be built before ``prepare(_:options:hasDrafts:)``.
  ///
  /// - Parameter cancellation: ends a build that runs when it is raised.
  /// - Throws: `FileError`
  package init(
    in parent: String = FileManager.default.temporaryDirectory.standardizedFileURL.path,
    cancellation: Cancellation = Cancellation()
  ) throws(FileError) {
    let scratch = try BuildFolder(in: parent)
    let guardian = BuildGuard(folder: scratch.path)
    (self.scratch, self.guardian, self.cancellation) = (scratch, guardian, cancellation)
    watch = InterruptWatch(guardian)
    registration = cancellation.onRaise { guardian.stop() }
  }

  /// Determines how a site is built.
  ///
  /// - Throws: ``GeneratorOracleError`` if there is no command, or its program is not installed; `FileError`.
  package func prepare(_ root: SiteRoot, options: GeneratorOracle.Options, hasDrafts: Bool) throws {
    let plan = try BuildPlan(options, site: root, hasDrafts: hasDrafts)
    try FileAccess.write(Data(BuildCommand.jekyllSettings(now: Date()).utf8), to: scratch.settings)
    (self.plan, command) = (plan, plan.command)
    self.options = options
  }

  /// Builds a site and says where to.
  ///
  /// - Parameters:
  ///   - sources: the site itself, or another state of it.
  ///   - skipped: folders of it that are no sources, beside those of the options.
  /// - Throws: ``GeneratorOracleError`` where it cannot be built, `FileError`.
  package func build(_ sources: SiteRoot, skipping skipped: Set<String> = []) throws -> String {
    guard let command else { throw GeneratorOracleError.unknownGenerator }
    builds += 1
    scratch.remove(scratch.source)
    // A copy of the sources has no packages of its own, so that those of the site serve every build.
    try scratch.copy(sources, skipped: options.skipped.union(skipped), packages: plan?.packages)
    defer { scratch.remove(scratch.source) }
    let destination = scratch.destination(builds)
    do {
      try run(command, destination)
    } catch GeneratorOracleError.failed(let line, let status, let output) {
      // Jekyll loads what a Gemfile names, and gives up where one gem of it is missing.
      guard plan?.isJekyll == true, command.environment.isEmpty,
        output.contains(where: { $0.lowercased().contains("bundler") })
      else { throw GeneratorOracleError.failed(command: line, status: status, output: output) }
      var command = command
      command.environment["JEKYLL_NO_BUNDLER_REQUIRE"] = "true"
      try run(command, destination)
      self.command = command
      notes.append("the gems of the Gemfile are not all installed, so the site was built without it")
    }
    guard try !BuiltPages.pages(below: destination).isEmpty else {
      throw GeneratorOracleError.noPages(command: command.line)
    }
    return destination
  }

  private func run(_ command: BuildCommand, _ destination: String) throws {
    try BuildRun(
      command: command, source: scratch.source, destination: destination, settings: scratch.settings,
      log: scratch.log, seconds: options.seconds, guardian: guardian
    ).run()
  }

  /// Removes a build that is not needed any more.
  package func remove(_ build: String) { scratch.remove(build) }

  /// Removes everything. Nothing can be built after that.
  package func close() {
    cancellation.forget(registration)
    watch.release()
    scratch.remove()
  }
}
