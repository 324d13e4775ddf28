import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// What a build publishes beside the pages, and what it says where it publishes nothing.
  @Suite struct BuildOutputTests {
    @Test func ourConfigurationIsNoPage() async throws {
      let site = try ScriptedGenerator(
        "mkdir -p \"$1/docs\" && cp -r pages/. optimize-assets.yml \"$1\" && cp pages/index.html \"$1/docs\"\n"
          + "echo 'build: [make]' > \"$1/docs/optimize-assets.yml\"\n")
      let command = try await site.build()
      #expect(command.status == 0, "\(command.errors)")
      #expect(!FileManager.default.fileExists(atPath: site.folder("site/_site/optimize-assets.yml")))
      // A page of a manual is another file.
      #expect(FileManager.default.fileExists(atPath: site.folder("site/_site/docs/optimize-assets.yml")))
    }

    @Test func dryRunSaysWhatWouldBeMade() async throws {
      let site = try ScriptedGenerator()
      let text = try await site.build("--dry-run").text
      let dry = try #require(text.firstMatch(of: /([0-9]+) variants to make/))
      #expect(dry.output.1 != "0", "\(text)")
    }
  }
}
