import AssetPipeline
import Browser
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `verify`, as a user runs it.
  @Suite(.needsJekyll) struct VerifyTests {
    /// What `--format json` prints.
    private struct Output: Decodable {
      var isSame: Bool
      var totals: [VerifyReport.Total]
      var report: VerifyReport
    }

    private static func verify(_ site: String, _ arguments: String...) async throws -> (Int32, Output) {
      let command = try await Product.run(
        ["verify", site, "--effort", "fast", "--format", "json", "--quiet"] + arguments)
      let output = try? JSONDecoder().decode(Output.self, from: command.output)
      return (command.status, try #require(output, "exit code \(command.status): \(command.errors)"))
    }

    /// An own stylesheet that is told apart: a rule that only holds in the lighter state, as a theme's that selects by
    /// `srcset` would.
    private static func breakLayout(_ site: String) throws {
      let style = try String(contentsOfFile: site + "/assets/style.css", encoding: .utf8)
      try FileAccess.write(
        Data((style + "\nimg[srcset] { margin-top: 40px }\n").utf8), to: site + "/assets/style.css")
    }

    @Test(.needsBrowser) func saysThatTheSampleIsTheSame() async throws {
      let folder = try TemporaryFolder()
      let site = try BlogCase.sample.put(into: folder)
      let (_, output) = try await Self.verify(site, "--browser", "--viewport", "412x915@2.625")
      let total = try #require(output.totals.first)
      #expect(output.totals.count == 1 && total.pages == 4 && total.elements > 50)
      for kind in ["moved", "broken", "restyled", "elements", "blurry"] {
        #expect(total.counts[kind] == nil, "\(kind) \(output.report.worst)")
      }
      #expect(total.bytesAfter * 2 < total.bytesBefore)
      #expect(output.report.pages.allSatisfy { $0.difference == nil && $0.missing.isEmpty })
    }

    @Test(.needsBrowser) func namesWhatMovesAndPutsItBack() async throws {
      let folder = try TemporaryFolder()
      let site = try BlogCase.sample.put(into: folder)
      try folder.write("markup: srcset\n", to: "site/optimize-assets.yml")
      try Self.breakLayout(site)
      let (status, output) = try await Self.verify(
        site, "--browser", "--steps", "0", "--viewport", "1440x900")
      #expect(status == 1 && !output.isSame)
      #expect((output.totals.first?.counts["moved"] ?? 0) > 3)
      let worst = try #require(output.report.worst.first)
      #expect(worst.post?.hasPrefix("_posts/") == true)
      let moved = worst.views.flatMap(\.changes).filter { $0.kind == "moved" }
      #expect(moved.contains { $0.path.hasPrefix("body > main") }, "\(moved)")

      let staged = folder("staged")
      let (repaired, after) = try await Self.verify(
        site, "--browser", "--steps", "0", "--viewport", "1440x900", "--output", staged, "--repair")
      #expect(repaired == 0 && after.isSame, "\(after.report.worst)")
      #expect(after.report.repaired.count == 3)
      for post in after.report.repaired {
        #expect(try FileAccess.read(staged + "/" + post) == FileAccess.read(site + "/" + post))
      }
    }

    /// Without a browser the HTML alone tells.
    @Test func comparesTheHTML() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let (status, output) = try await Self.verify(folder("site"))
      #expect(status == 0 && output.isSame && output.report.pages.count == 3 && output.totals.isEmpty)
      // A layout that shows what is in an attribute that the posts gain.
      let layout = try String(contentsOfFile: folder("site/_layouts/default.html"), encoding: .utf8)
      let telling = layout.replacing(
        "</main>", with: "</main><p>{{ content | split: 'srcset' | size }}</p>")
      try folder.write(telling, to: "site/_layouts/default.html")
      let (broken, differing) = try await Self.verify(folder("site"))
      #expect(broken == 1 && !differing.isSame)
      #expect(differing.report.worst.first?.difference != nil)
      let staged = folder("staged")
      let (repaired, after) = try await Self.verify(folder("site"), "--output", staged, "--repair")
      #expect(repaired == 0 && after.isSame && after.report.repaired.count == 2, "\(after.report)")
    }

    /// A generator that prints another id with each build says nothing of lighter images.
    @Test func pagesThatDifferByThemselvesAreNotCounted() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let script = """
        #!/bin/sh
        mkdir -p "$1" && date +%N > "$1/time" && for post in _posts/*; do
        echo "<p>$(cat "$1/time")" > "$1/$(basename "$post" .md).html"; done
        echo '<p>always' > "$1/index.html"
        """
      try FileAccess.write(Data(script.utf8), to: folder("build.sh"), mode: 0o755)
      try folder.write(
        "build: [\"\(folder("build.sh"))\", \"{destination}\"]\n", to: "site/optimize-assets.yml")
      let (status, output) = try await Self.verify(folder("site"))
      #expect(status == 0 && output.isSame, "\(output.report)")
      #expect(output.report.unstable.count == 2 && output.report.pages.count == 3)
    }

    /// A site that was edited in place is compared as it stands, and repaired there.
    @Test func comparesWhatWasEditedInPlace() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let site = folder("site")
      let untouched = try TreeState.contents(of: site)
      let nothing = try await Product.run(["verify", site, "--repair"])
      #expect(nothing.status == 64 && nothing.errors.contains("nothing to repair"), "\(nothing.errors)")
      #expect(try await Product.run([site, "--in-place", "--quiet"]).status == 0)
      let edited = try TreeState.contents(of: site)
      let (status, output) = try await Self.verify(site)
      #expect(status == 0 && output.isSame && output.report.pages.count == 3, "\(output.report)")
      #expect(TreeState.differences(edited, try TreeState.contents(of: site)) == [])
      let layout = try String(contentsOfFile: site + "/_layouts/default.html", encoding: .utf8)
      let telling = layout.replacing("</main>", with: "</main><p>{{ content | split: 'srcset' | size }}</p>")
      try folder.write(telling, to: "site/_layouts/default.html")
      let (broken, differing) = try await Self.verify(site)
      #expect(broken == 1 && !differing.isSame)
      let (repaired, after) = try await Self.verify(site, "--repair")
      #expect(repaired == 0 && after.isSame && after.report.repaired.count == 2, "\(after.report)")
      try folder.write(layout, to: "site/_layouts/default.html")
      #expect(TreeState.differences(untouched, try TreeState.contents(of: site)) == [])
    }
  }
}
