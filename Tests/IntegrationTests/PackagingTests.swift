import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// What makes packages and tries them, where something is missing. `Tests/Packages/run` looks at the packages themselves.
  @Suite struct PackagingTests {
    // MARK: The formula

    @Test(.enabled(if: Programs.find("ruby") != nil, "ruby is not installed"))
    func theFormulaIsRuby() async throws {
      let ruby = try #require(Programs.find("ruby"))
      try await Command.succeed(ruby, ["-c", Project.root + "/Config/packaging/optimize-assets.rb"])
    }

    /// What Package.swift names for Homebrew is what the formula depends on.
    @Test func theFormulaKnowsEveryLibrary() throws {
      let formula = try ProjectFile.text("Config/packaging/optimize-assets.rb")
      let manifest = try ProjectFile.text("Package.swift")
      let names = manifest.matches(of: #/\.brew\(\["([^"]+)"\]\)/#).map(\.1)
      #expect(names.count >= 7)
      for name in names { #expect(formula.contains("depends_on \"\(name)\""), "\(name)") }
    }

    // MARK: The version

    /// Whoever copies a template gets the release that it came with.
    @Test func everyTemplateNamesTheReleaseThatTheHookInstalls() throws {
      let hook = try ProjectFile.text("pyproject.toml")
      let release = try #require(hook.firstMatch(of: #/"optimize-assets==([^"]+)"/#)).1
      for name in ["gitlab-ci.yml", "gitlab-check.yml", "netlify.toml"] {
        let template = try ProjectFile.text("Config/ci/" + name)
        let named = template.matches(of: #/\bVERSION(?:: | = ")([0-9][^"\s]*)/#).map(\.1)
        #expect(named == [release], "\(name)")
      }
    }

    // MARK: What is missing

    /// Fetches the libvips of the packages into a new folder.
    private static let fetch = """
      import pathlib, sys
      import project
      project.WORK = pathlib.Path(sys.argv[1])
      import libvips
      libvips.unpacked()
      """

    @Test(.enabled("python3 has no pip") { try await hasPip() }) func noNetwork() async throws {
      let folder = try TemporaryFolder()
      let command = try await Self.python(
        ["-c", Self.fetch, folder.path],
        // Nothing listens there.
        environment: ["PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_RETRIES": "0"])
      #expect(command.status == 1)
      let line =
        #/make packages: pyvips-binary [0-9.]+ cannot be fetched \(.+\); connect to the network, or set .+\n/#
      #expect(command.errors.wholeMatch(of: line) != nil, "\(command.errors)")
    }

    private static func hasPip() async throws -> Bool {
      guard Programs.find("python3") != nil else { return false }
      return try await python(["-m", "pip", "--version"]).status == 0
    }

    private static func python(_ arguments: [String], environment: [String: String] = [:]) async throws
      -> Command
    {
      let ours = [
        "PYTHONPATH": Project.root + "/Config/packaging", "PYTHONDONTWRITEBYTECODE": "1",
        "PIP_CONFIG_FILE": "/dev/null", "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "",
      ]
      return try await Command.run(
        #require(Programs.find("python3")), arguments, environment: ours.merging(environment) { $1 })
    }

    /// Tests/Fresh/run on a machine with another user, or with few programs.
    @Test(
      .enabled(if: isDebian, "Tests/Fresh/run is for Debian"), .needsGit,
      arguments: [(1000, "needs root: run it with sudo"), (0, "needs debootstrap: run .ci/install fresh")])
    func noRootAndNoDebootstrap(user: Int, message: String) async throws {
      let machine = try TemporaryFolder()
      try FileAccess.makeFolder(machine("bin"))
      for name in ["bash", "sh", "env", "dirname", "git", "sed", "grep"] {
        try FileManager.default.createSymbolicLink(
          atPath: machine("bin/" + name), withDestinationPath: #require(Programs.find(name)))
      }
      try machine.write("#!/bin/sh\necho \(user)\n", to: "bin/id")
      chmod(machine("bin/id"), 0o755)
      let command = try await Command.run(
        Project.root + "/Tests/Fresh/run", ["demo"], environment: ["PATH": machine("bin")])
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.text == "skipped: Tests/Fresh/run, which \(message)\n")
    }

    private static let isDebian =
      (try? FileAccess.read("/etc/os-release")).map {
        String(decoding: $0, as: UTF8.self).split(separator: "\n").contains("ID=debian")
      } ?? false
  }
}
