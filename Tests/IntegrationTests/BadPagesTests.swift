import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// Built sites with pages that no generator should make, and machines that give out: what was whole stays whole.
  @Suite struct BadPagesTests {
    private static func expectSame(_ folder: TemporaryFolder) throws {
      let comparison = try SiteComparison(before: folder("site"), after: folder("public"))
      #expect(comparison.isSame, "\(comparison.changed) \(comparison.missing)")
      let candidates = try CandidateCheck(tree: folder("public"))
      #expect(candidates.faults.isEmpty, "\(candidates.faults)")
    }

    private static func stage(_ folder: TemporaryFolder, seconds: Double = 300) async throws -> Command {
      try await Product.run(
        [folder("site"), "--output", folder("public"), "--config", folder("quick.yml")], seconds: seconds)
    }

    @Test(arguments: [
      // Without head or body, or any tag but the image's.
      ("<img src=/img/a.jpg>", 1), ("text <img src='img/a.jpg'", 0), ("", 0),
      ("<body><img src=/img/a.jpg></body></html><img src=/img/b.jpg>trailing", 2),
      ("<title>x<img src=/img/a.jpg>", 0), ("<!-- <img src=/img/a.jpg>", 0),
      // Several bases: the first with an address counts.
      ("<base target=_top><base href=/img/><base href=/none/><img src=a.jpg><img src=/img/b.jpg>", 2),
      ("<base href=https://example.org/><img src=img/a.jpg>", 0),
      // Source sets in error.
      ("<img src=/img/a.jpg srcset=', ,,'>", 0),
      ("<img src=/img/a.jpg srcset='/img/a.jpg 1q, /img/b.jpg 0w'>", 0),
      ("<img src=/img/a.jpg srcset=''>", 0), ("<img src=/img/a.jpg sizes='calc('>", 1),
      ("<picture><source srcset=', '><img src=/img/a.jpg></picture>", 0),
      // Attributes twice, without quotes, in capitals; tags in tags.
      ("<IMG SRC=/img/a.jpg SRC=/img/b.jpg ALT>", 1), ("<p <img src=/img/a.jpg>", 0),
      ("<table><img src=/img/a.jpg><tr><td><img src=/img/b.jpg>", 2),
      ("<select><img src=/img/a.jpg></select><svg><image href=/img/a.jpg></svg>", 0),
      // Stylesheets that are not there, are a folder, or nothing but noise.
      ("<link rel=stylesheet href=/none.css><link rel=stylesheet href=/img><img src=/img/a.jpg>", 1),
      (
        "<link rel=stylesheet href=/noise.css><style>@import '/noise.css'; img { {{{ </style><img src=/img/a.jpg>",
        1
      ),
    ]) func aBadPageStaysWhole(page: String, rewritten: Int) async throws {
      let folder = try TemporaryFolder()
      try DrawnPages.write(to: folder, further: ["bad.html": page])
      try folder.write(Data((0..<2_000).map { UInt8($0 % 256) }), to: "site/noise.css")
      let run = try await Product.optimize(
        folder("site"), "--output", folder("public"), "--config", folder("quick.yml"))
      #expect(run.manifest.problems.allSatisfy { $0.severity != .error }, "\(run.manifest.problems)")
      let edited = run.manifest.references.count {
        $0.post == "bad.html" && $0.status == .local && $0.isBodyImage && $0.obstacle == nil
      }
      #expect(edited == rewritten, "\(run.manifest.references.filter { $0.post == "bad.html" })")
      try Self.expectSame(folder)
    }

    /// What a page of a catalog can be like. The limits only end what would take for ever.
    @Test(.endsAtLast) func twoThousandImagesAreRewrittenAndGivenBack() async throws {
      let folder = try TemporaryFolder()
      let images = (0..<2_000).map {
        "<p>\($0) <img src=\"/img/\($0 % 2 == 0 ? "a" : "b").jpg\" alt=\"\($0)\"></p>"
      }
      let page = DrawnPages.page("Catalog", images.joined(separator: "\n"))
      try DrawnPages.write(to: folder, further: ["catalog.html": page])
      #expect(try await Self.stage(folder).status == 0)
      try Self.expectSame(folder)
      let report = try await Product.optimize(folder("site"), "--in-place", "--config", folder("quick.yml"))
      #expect(report.summary.referencesRewritten > 2_000)
      #expect(try await Product.run(["restore", folder("site"), "--quiet"]).status == 0)
      #expect(try folder.text("site/catalog.html") == page)
    }

    @Test(.endsAtLast) func aPageOfTwentyMegabytesIsRewritten() async throws {
      let folder = try TemporaryFolder()
      let text = String(repeating: "a log that somebody has put into a page, ", count: 240)
      let rows = (0..<2_000).map { "<tr><td>\($0)<td>\(text)</tr>\n" }
      let page = DrawnPages.page(
        "Large", "<img src=/img/a.jpg><table>" + rows.joined() + "</table><img src=/img/b.jpg>")
      try #require(page.utf8.count > 19_000_000)
      try DrawnPages.write(to: folder, further: ["large.html": page])
      #expect(try await Self.stage(folder).status == 0)
      let written = try folder.text("public/large.html")
      #expect(written.count > page.count && written.hasSuffix("</html>\n"))
      #expect(["a", "b"].allSatisfy { written.contains("/assets/optimized/img/\($0)-") })
    }

    @Test func aPageThatNestsWithoutEndStays() async throws {
      let folder = try TemporaryFolder()
      let page = String(repeating: "<div>", count: 20_000) + "<img src=/img/a.jpg>"
      try DrawnPages.write(to: folder, further: ["deep.html": page])
      let run = try await Self.stage(folder)
      #expect(run.status == 0)
      #expect(
        run.errors.contains("deep.html: warning: left as it is: its elements nest more than"), "\(run.errors)"
      )
      #expect(try folder.text("public/deep.html") == page)
    }

    // MARK: Machines that give out

    /// A file system that takes no file as long as one of the pages: what is written fails in the middle of it.
    @Test(arguments: [true, false]) func aFullDiskLeavesWholePages(isInPlace: Bool) async throws {
      let folder = try TemporaryFolder()
      let long = DrawnPages.page("Long", "<img src=/img/a.jpg>" + String(repeating: "text ", count: 60_000))
      try DrawnPages.write(to: folder, further: ["posts/long.html": long])
      let before = try TreeState.contents(of: folder("site"))
      let place = isInPlace ? ["--in-place"] : ["--output", folder("public")]
      let words = [folder("site"), "--config", folder("quick.yml"), "--no-cache"] + place
      // The limit of a shell counts blocks of 512 or 1024 bytes; the page has 300 kB.
      let program = try #require(Product.program)
      let run = try await Command.run(
        "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"", program] + words)
      #expect(run.status == 74 || run.status == 73, "\(run.status) \(run.errors)")
      #expect(run.errors.contains("make room"), "\(run.errors)")
      #expect(!run.errors.contains("\nerror: Fatal"), "\(run.errors)")
      let root = folder(isInPlace ? "site" : "public")
      for file in try FileTree.files(below: root) {
        #expect(!FileAccess.isTemporary((file.path as NSString).lastPathComponent), "\(file.path)")
      }
      guard isInPlace else {
        #expect(TreeState.differences(before, try TreeState.contents(of: folder("site"))) == [])
        #expect(try await Self.stage(folder).status == 0)
        return try Self.expectSame(folder)
      }
      #expect(run.errors.contains("every page is whole"), "\(run.errors)")
      #expect(try await Product.run(["restore", folder("site"), "--quiet"]).status == 0)
      #expect(TreeState.differences(before, try TreeState.contents(of: folder("site"))) == [])
    }

    /// Runs over pages that are killed at some moment or other: each page is its generator's or the new one, and what comes
    /// next, another run or `restore`, makes all of them the one or the other.
    @Test(.endsAtLast, arguments: [0.1, 0.3, 0.5, 0.7, 0.9]) func aKilledRunLeavesWholePages(
      part: Double
    )
      async throws
    {
      let folder = try TemporaryFolder()
      let pages = (0..<60).map { ("p/\($0).html", DrawnPages.page("\($0)", "<p><img src=/img/a.jpg> \($0)")) }
      try DrawnPages.write(to: folder, further: Dictionary(uniqueKeysWithValues: pages))
      try folder.copy(folder("site"), to: "whole")
      let before = try TreeState.contents(of: folder("site"))
      let start = ContinuousClock.now
      let words = ["--in-place", "--config", folder("quick.yml"), "--quiet", "--no-cache"]
      #expect(try await Product.run([folder("whole")] + words).status == 0)
      let time = (ContinuousClock.now - start) * part
      let after = try TreeState.contents(of: folder("whole"))
      let process = Process()
      process.executableURL = URL(filePath: try #require(Product.program))
      process.arguments = [folder("site")] + words
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: time)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      for (path, state) in try TreeState.contents(of: folder("site")) where path.hasSuffix(".html") {
        #expect(state == before[path] || state == after[path], "\(path) is neither old nor new")
      }
      if part > 0.4 {
        #expect(try await Product.run([folder("site")] + words).status == 0)
        #expect(TreeState.differences(after, try TreeState.contents(of: folder("site"))) == [])
      }
      #expect(try await Product.run(["restore", folder("site"), "--quiet"]).status == 0)
      #expect(TreeState.differences(before, try TreeState.contents(of: folder("site"))) == [])
    }
  }
}
