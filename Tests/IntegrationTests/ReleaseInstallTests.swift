import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `Config/ci/install-optimize-assets.sh`, which CI and build services run.
  @Suite(.needsRelease) struct ReleaseInstallTests {
    private static func install(_ arguments: [String], environment: [String: String] = [:]) async throws
      -> Command
    {
      try await Command.run(
        "/bin/sh", [Project.root + "/Config/ci/install-optimize-assets.sh"] + arguments,
        environment: ["GITHUB_ACTIONS": ""].merging(environment) { $1 })
    }

    /// That an installation failed with one line, and left nothing.
    private static func expectFailure(
      _ arguments: [String], saying message: String, environment: [String: String] = [:],
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let folder = try TemporaryFolder()
      let command = try await install(arguments + [folder("tool")], environment: environment)
      #expect(command.status == 69, sourceLocation: sourceLocation)
      #expect(command.errors.contains(message), "\(command.errors)", sourceLocation: sourceLocation)
      let lines = command.errors.filter { $0 == "\n" }.count
      #expect(lines == 1, "\(command.errors)", sourceLocation: sourceLocation)
      #expect(!FileManager.default.fileExists(atPath: folder("tool")), sourceLocation: sourceLocation)
    }

    @Test func aReleaseIsInstalledWithoutAWord() async throws {
      let release = try await Release(program: "echo version 1.2.3")
      let folder = try TemporaryFolder()
      // A version is what its tag is called, too, and what is there already is written over.
      for version in ["1.2.3", "v1.2.3"] {
        let command = try await Self.install([release.address + "/", version, folder("a tool")])
        #expect(command.status == 0, "\(command.errors)")
        #expect(command.errors.isEmpty)
        #expect(command.text == "optimize-assets 1.2.3 is in \(folder("a tool"))/bin\n")
      }
      let program = try await Command.succeed(folder("a tool/bin/optimize-assets"), ["--version"])
      #expect(program.text == "version 1.2.3\n")
    }

    @Test(arguments: [
      ("2.0.0", "is 2.0.0 a release?"), ("", "'' is no version"), ("../1.2.3", "'../1.2.3' is no version"),
      ("1.2.3 x", "is no version"), ("1.2.3\n::error::x", "'1.2.3 ::error::x' is no version"),
    ])
    func aVersionThatIsNone(version: String, message: String) async throws {
      let release = try await Release(program: "true")
      try await Self.expectFailure([release.address, version], saying: message)
    }

    @Test func anotherFileThanTheOneOfTheSums() async throws {
      let release = try await Release(program: "true")
      let bytes = try FileAccess.read(release.folder(release.archive))
      try release.folder.write(bytes + Data([0]), to: release.archive)
      try await Self.expectFailure(
        [release.address, release.version], saying: "is not the file that SHA256SUMS names")
    }

    @Test func aReleaseForOtherMachines() async throws {
      let release = try await Release(program: "true")
      try release.folder.write("0123  optimize-assets-1.2.3-other.tar.xz\n", to: release.sums)
      try await Self.expectFailure(
        [release.address, release.version], saying: "build the program from its source on such a machine")
    }

    @Test func noNetwork() async throws {
      // Nothing listens there.
      try await Self.expectFailure(["http://127.0.0.1:1", "1.2.3"], saying: "cannot be reached (curl: ")
    }

    @Test func noDownloader() async throws {
      let empty = try TemporaryFolder()
      try await Self.expectFailure(
        ["http://127.0.0.1:1", "1.2.3"], saying: "curl is missing; install it",
        environment: ["PATH": empty.path])
    }

    @Test func aProgramThatDoesNotStart() async throws {
      let release = try await Release(program: "echo 'no GLIBC_2.35 here' >&2; exit 1")
      let folder = try TemporaryFolder()
      let command = try await Self.install([release.address, release.version, folder.path])
      #expect(command.status == 69)
      #expect(command.errors.contains("(no GLIBC_2.35 here); it needs glibc 2.35"), "\(command.errors)")
    }

    @Test func onGitHubAFailureIsAnAnnotation() async throws {
      let folder = try TemporaryFolder()
      let command = try await Self.install(
        [folder.path, "1.2.3", folder("tool")], environment: ["GITHUB_ACTIONS": "true"])
      #expect(command.status == 69)
      #expect(command.text.hasPrefix("::error title=optimize-assets::"), "\(command.text)")
      #expect(command.errors.isEmpty)
    }
  }
}
