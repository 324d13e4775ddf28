import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// What becomes of images in the output that no post needs any more.
  @Suite struct KeepStaleTests {
    private func variants(_ folder: TemporaryFolder) throws -> Set<String> {
      Set(try FileTree.files(below: folder("out/assets/optimized")).map(\.path))
    }

    @Test("They go at once, or stay for the time that is asked for", arguments: [nil, "30d"])
    func stale(_ grace: String?) async throws {
      let folder = try TemporaryFolder()
      try folder.write("title: Stale\n", to: "site/_config.yml")
      try folder.write("quality: fixed\nwidths: [200]\n", to: "site/optimize-assets.yml")
      for (name, grain) in [("a", 3), ("b", 7)] {
        try folder.write(DrawnSite.picture(500, 400, grain: grain).png(), to: "site/assets/\(name).png")
      }
      func run(_ image: String) async throws -> Set<String> {
        try folder.write(
          "---\ntitle: One\n---\n\n![a picture](/assets/\(image).png)\n", to: "site/_posts/2026-01-01-one.md")
        let stale = grace.map { ["--keep-stale", $0] } ?? []
        let arguments = [folder("site"), "--output", folder("out"), "--quiet"] + stale
        #expect(try await Product.run(arguments).status == 0)
        return try variants(folder)
      }

      let first = try await run("a")
      let second = try await run("b")
      #expect(!first.isEmpty && first != second)
      #expect(first.isSubset(of: second) == (grace != nil), "\(first) and \(second)")
      #expect(FileManager.default.fileExists(atPath: folder("site/assets/a.png")), "sources stay")

      // A run that is not asked to keep them removes what an earlier one kept.
      #expect(
        try await Product.run([folder("site"), "--output", folder("out"), "--quiet", "--no-cache"]).status
          == 0)
      #expect(try variants(folder) == second.subtracting(grace == nil ? [] : first))
    }
  }
}
