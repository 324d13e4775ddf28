import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// Files of a built site whose names tell another format than they hold, as some image modules leave them.
  @Suite struct MisnamedFilesTests {
    @Test func oneLineNamesThemAll() async throws {
      let folder = try TemporaryFolder()
      let picture = try DrawnSite.picture(300, 200, grain: 7).webp(quality: 90, effort: 2, sharpChroma: true)
      for name in ["a", "b", "c"] { try folder.write(picture, to: "site/img/\(name).jpg") }
      let images = ["a", "b", "c"].map { "<img src=\"/img/\($0).jpg\" alt=\"\">" }.joined()
      try folder.write("<!doctype html><title>x</title><p>\(images)</p>", to: "site/index.html")
      let run = try await Product.run([folder("site"), "--output", folder("out"), "--dry-run"])
      let lines = run.errors.split(separator: "\n").filter { $0.contains("[extension-mismatch]") }
      #expect(lines.count == 1 && lines.first?.contains("3 files hold another format") == true, "\(lines)")
    }
  }
}
