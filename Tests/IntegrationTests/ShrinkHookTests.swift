import Foundation
import TestSupport
import Testing
import Vips

extension IntegrationTests {
  /// The hook for lighter pictures on a machine that lacks something: one line, and the commit goes on.
  @Suite(.enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
  struct ShrinkHookTests {
    private static func command() throws -> String {
      let hooks = try #require(PlainYAML.load(ProjectFile.text(".pre-commit-hooks.yaml")) as? [[String: Any]])
      let hook = try #require(hooks.first { $0["id"] as? String == "optimize-assets-shrink" })
      let arguments = try #require(hook["args"] as? [String]).joined(separator: " ")
      // What passes is shown as well, or nobody would see the line.
      #expect(hook["verbose"] as? String == "true")
      return try #require(hook["entry"] as? String) + " \(arguments) \"$@\""
    }

    private static func expectOneLine(_ run: Command, _ words: String) {
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text.hasPrefix("pictures are not looked at: ") && run.text.contains(words), "\(run.text)")
      #expect(run.text.split(separator: "\n").count == 1 && run.errors.isEmpty, "\(run.text) \(run.errors)")
    }

    struct Missing: CustomTestStringConvertible, Sendable {
      var testDescription: String
      /// A script in the program's place; nil for none.
      var program: String?
      var words: String
    }

    @Test(arguments: [
      Missing(testDescription: "the program", program: nil, words: "optimize-assets"),
      Missing(
        testDescription: "a library",
        program:
          "echo 'optimize-assets: error while loading shared libraries: libx.so.1' >&2\necho more >&2\nexit 127",
        words: "libx.so.1"),
    ])
    func whatIsMissingIsSaid(_ example: Missing) async throws {
      let folder = try TemporaryFolder()
      if let program = example.program {
        try folder.write("#!/bin/sh\n\(program)\n", to: "bin/optimize-assets")
        chmod(folder("bin/optimize-assets"), 0o755)
      }
      let run = try await Command.run(
        "/bin/sh", ["-c", Self.command(), "sh", "a.jpg"], in: folder.path,
        environment: ["PATH": folder("bin") + ":/usr/bin:/bin"])
      Self.expectOneLine(run, example.words)
    }

    /// The program itself, with an empty file where libvips is.
    @Test(.enabled("unshare makes no namespaces here") { await canHide() })
    func libvipsIsMissing() async throws {
      let folder = try TemporaryFolder(["a.jpg": "x"])
      let bin = try (#require(Product.program) as NSString).deletingLastPathComponent
      let run = try await Self.hidden(
        #require(LoadedLibraries.libvips), Self.command(), ["a.jpg"], in: folder.path,
        path: bin + ":/usr/bin:/bin")
      Self.expectOneLine(run, "libvips")
    }

    private static func canHide() async -> Bool {
      guard let library = LoadedLibraries.libvips else { return false }
      return (try? await hidden(library, "true", [], in: "/", path: "/usr/bin:/bin"))?.status == 0
    }

    private static func hidden(
      _ library: String, _ lines: String, _ arguments: [String], in folder: String, path: String
    ) async throws -> Command {
      try await Command.run(
        #require(Programs.find("unshare")),
        ["--map-root-user", "--user", "--mount", "--", "/bin/sh", "-c"]
          + ["mount --bind /dev/null '\(library)' || exit 99\n" + lines, "sh"] + arguments, in: folder,
        environment: ["PATH": path])
    }
  }
}
