import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// Posts of a framework can be read and weighed; that they cannot be rewritten is no success.
  @Suite struct FrameworkSourcesTests {
    @Test(arguments: [[], ["--in-place"], ["--dry-run"]]) func optimizeNamesTheBuiltFolder(_ more: [String])
      async throws
    {
      let folder = try TemporaryFolder([
        "site/.vitepress/config.mjs": "export default {}", "site/index.md": "![a](/a.png)",
        "site/.vitepress/dist/index.html": "<img src=/a.png>",
      ])
      try folder.write(DrawnSite.picture(90, 60, grain: 3).png(), to: "site/public/a.png")
      let site = folder("site")
      let run = try await Product.run([site] + more)
      #expect(run.status == 66, "\(run.errors)")
      for word in ["sources of VitePress", ".vitepress/dist", "'optimize-assets build' runs it"] {
        #expect(run.errors.contains(word), "\(run.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: site + "/_optimized"))
      for command in ["scan", "check"] {
        #expect(try await Product.run([command, site]).status == 0, "\(command)")
      }
      #expect(try await Product.run([site, "--output", folder("out"), "--kind", "markdown"]).status == 0)
    }
  }
}
