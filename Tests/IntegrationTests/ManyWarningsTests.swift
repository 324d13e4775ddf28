import Foundation
import TestSupport
import Testing

extension IntegrationTests {
  /// A site of which much is missing is told so in a few lines, and `scan` and `--verbose` list every one.
  @Suite struct ManyWarningsTests {
    @Test(arguments: [
      (["--output", "out"], 30, 5), (["--output", "out"], 12, 12),
      (["--output", "out", "--verbose"], 30, 30),
      (["--dry-run"], 30, 5), (["scan"], 30, 30), (["--output", "out", "--quiet"], 30, 0),
    ])
    func areSummedUpByTheirRule(arguments: [String], count: Int, printed: Int) async throws {
      let folder = try TemporaryFolder(["site/_config.yml": ""])
      let images = (1...count).map { "![](/gone/\($0).png)\n" }.joined(separator: "\n")
      try folder.write("---\n---\n" + images, to: "site/_posts/2024-01-01-a.md")
      let isScan = arguments == ["scan"]
      let run = try await Product.run(
        (isScan ? arguments : []) + [folder("site")]
          + (isScan ? [] : arguments.map { $0 == "out" ? folder("out") : $0 }))
      let lines = run.errors.split(separator: "\n").filter { $0.contains("[missing-file]") }
      #expect(lines.filter { $0.contains("names no file") }.count == printed, "\(run.errors)")
      let rest = lines.filter { $0.contains("\(count - 5) more like these (--verbose lists them)") }
      #expect(rest.count == (printed == 5 ? 1 : 0), "\(run.errors)")
    }
  }
}
