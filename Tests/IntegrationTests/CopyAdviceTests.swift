import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// What a person is told of a copy before its generator builds it, and what of a generator stays in it.
  @Suite struct CopyAdviceTests {
    private static func site(_ files: [String: String] = [:]) throws -> TemporaryFolder {
      var all = [
        "site/eleventy.config.js": "export default (c) => { c.addPassthroughCopy(\"img\"); };\n",
        "site/package.json": "{\"dependencies\": {\"@11ty/eleventy\": \"3\"}}\n",
        "site/posts/one.md": "---\ntitle: One\n---\nText.\n",
      ]
      all.merge(files) { _, new in new }
      return try TemporaryFolder(all)
    }

    @Test(
      arguments: [
        ([:], true), ([".eleventyignore": "_optimized\n"], false),
        ([".gitignore": "# x\n_optimized/\n"], false),
        (["eleventy.config.js": "export default (c) => { c.ignores.add('_optimized'); };\n"], false),
        (
          [
            "eleventy.config.js": "export default () => ({ dir: { input: 'src' } });\n",
            "src/two.md": "---\ntitle: Two\n---\nText.\n",
          ], false
        ),
      ] as [([String: String], Bool)])
    func aCopyThatWouldBePublishedIsToldOf(files: [String: String], isTold: Bool) async throws {
      let folder = try Self.site(
        Dictionary(uniqueKeysWithValues: files.map { ("site/\($0.key)", $0.value) }))
      let run = try await Product.run([folder("site")])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("would publish every post twice") == isTold, "\(run.errors)")
      let beside = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(!beside.errors.contains("publish every post twice"), "\(beside.errors)")
    }

    /// What npm and the generator put into a copy is theirs.
    @Test func packagesAndOutputStay() async throws {
      let folder = try Self.site()
      let arguments = [folder("site"), "--output", folder("out"), "--verbose"]
      let first = try await Product.run(arguments)
      #expect(first.errors.contains("node_modules") && first.errors.contains("npm ci"), "\(first.errors)")
      for path in ["node_modules/x/a.js", "_site/index.html", ".cache/x"] {
        try folder.write("x", to: "out/" + path)
      }
      try folder.write("---\ntitle: Other\n---\nText.\n", to: "site/posts/one.md")
      let second = try await Product.run(arguments)
      #expect(second.status == 0 && !second.errors.contains("npm ci"), "\(second.errors)")
      for path in ["node_modules/x/a.js", "_site/index.html", ".cache/x"] {
        #expect(FileManager.default.fileExists(atPath: folder("out/" + path)), "\(path)")
      }
    }
  }
}
