import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// The words that the tool says, whole, as a user reads them: a change of wording shows as one here, and nowhere else.
  @Suite struct WordingTests {
    @Test(arguments: [
      "", "optimize", "scan", "check", "report", "verify", "calibrate", "restore", "shrink", "watch",
      "cache", "build",
    ])
    func help(command: String) async throws {
      let arguments = command.isEmpty ? ["--help"] : ["help", command]
      let help = try await Product.run(arguments)
      #expect(help.status == 0, "\(help.errors)")
      #expect(
        help.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 50, "more than a screen")
      try Snapshot.expect(help.text, "help/\(command.isEmpty ? "optimize-assets" : command).txt")
    }

    /// What is said of a small site with one image too few.
    @Test(arguments: ["scan", "check", "optimize"]) func report(command: String) async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let output = command == "optimize" ? ["--output", folder("out")] : []
      let run = try await Product.run([command, folder("site")] + output)
      // How often a run tells how far it is depends on how fast it is.
      let errors = run.errors.replacing(/(?m)^[0-9]+\/[0-9]+ images\n/, with: "")
      let all = "$ optimize-assets \(command)\n\(run.text)\n--- standard error ---\n\(errors)"
      try Snapshot.expect(
        Self.withoutFigures(all.replacing(folder.path, with: "FOLDER")), "reports/\(command).txt")
    }

    /// Bytes are those of this machine's encoders, and times are never the same: each number is 0, however wide it is.
    private static func withoutFigures(_ text: String) -> String {
      text.replacing(/[0-9]+([.,][0-9]+)*/, with: "0").replacing(#/ +(?=0)/#, with: " ")
    }
  }
}
