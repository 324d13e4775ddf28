import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// Several reports of one `check`, and where they are written.
  @Suite struct CheckReportTests {
    private static let formats = ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"]

    /// A site with something to say of it.
    private static func scene() throws -> CheckTests.Scene {
      let scene = try CheckTests.Scene()
      try scene.folder.write("budgets:\n  - image: {bytes: 40 kB}\n", to: "budget.yml")
      return scene
    }

    private static func check(_ scene: CheckTests.Scene, _ formats: [String]) async throws -> Command {
      try await Product.run(
        ["check", scene.site, "--budget", scene.folder("budget.yml")] + formats.flatMap { ["--format", $0] })
    }

    @Test func oneRunWritesWhatEachFormatWritesAlone() async throws {
      let scene = try Self.scene()
      let files = Self.formats.map { "\($0)=\(scene.folder("report.\($0)"))" }
      let all = try await Self.check(scene, ["github"] + files)
      #expect(all.status == 1, "\(all.errors)")
      for format in Self.formats {
        let alone = try await Self.check(scene, [format])
        #expect(try FileAccess.read(scene.folder("report.\(format)")) == alone.output, "\(format)")
        if format == "github" { #expect(all.output == alone.output) }
      }
    }

    @Test func whereAllGoesToFilesNothingIsShown() async throws {
      let scene = try Self.scene()
      // Only the first = divides: a file's name may hold others.
      let check = try await Self.check(scene, ["json=" + scene.folder("a=b.json")])
      #expect(check.status == 1)
      #expect(check.output.isEmpty)
      #expect(try FileAccess.read(scene.folder("a=b.json")).first == UInt8(ascii: "{"))
    }

    @Test(arguments: [
      (["json", "sarif"], "--format json and --format sarif both write to standard output"),
      (["json=a", "sarif=a"], "two of --format write to a"),
      (["json="], "'json=' is invalid"),
      (["loud=a"], "'loud=a' is invalid"),
    ])
    func whatCannotBeMeantIsRefused(formats: [String], message: String) async throws {
      let check = try await Self.check(Self.scene(), formats)
      #expect(check.status == 64)
      #expect(check.errors.contains(message), "\(check.errors)")
      #expect(check.output.isEmpty)
    }

    @Test func aReportThatCannotBeWrittenEndsTheRun() async throws {
      let scene = try Self.scene()
      try scene.folder.write("", to: "file")
      let check = try await Self.check(scene, ["json=" + scene.folder("file/report.json")])
      #expect(check.status == 74)
      #expect(check.errors.contains(scene.folder("file")), "\(check.errors)")
    }
  }
}
