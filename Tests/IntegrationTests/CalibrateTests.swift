import AssetPipeline
import Browser
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// `calibrate`, as a user runs it.
  @Suite(.needsJekyll) struct CalibrateTests {
    @Test(.needsBrowser) func measuresTheSampleSoThatItStays() async throws {
      let folder = try TemporaryFolder()
      let site = try BlogCase.sample.put(into: folder)
      let before = try TreeState.contents(of: site)
      let own = "# mine\nquality: fixed # kept\n"
      try folder.write(own, to: "site/optimize-assets.yml")
      let command = try await Product.run(["calibrate", site, "--format", "json", "--quiet"])
      try #require(command.status == 0, "\(command.errors)")
      let report = try JSONDecoder().decode(CalibrationReport.self, from: command.output)
      #expect(report.widths.count == 8 && report.pages == 3 && report.images.count > 8)
      for image in report.images where !image.stated.isEmpty {
        #expect(image.error <= 0.01, "\(image)")
      }
      let text = try String(contentsOfFile: site + "/optimize-assets.yml", encoding: .utf8)
      #expect(text.hasPrefix(own))
      // The sample's column is 46 rem with 20 pixels on either side.
      #expect(text.contains("sizes: \"(min-width: 736px) 696px, calc(100vw - 40px)\"\n"))
      // Its captions follow their images directly.
      #expect(text.contains("markup: srcset\n"))
      #expect(report.trials.contains { $0.form == "picture" })
      try FileManager.default.removeItem(atPath: site + "/optimize-assets.yml")
      #expect(try TreeState.contents(of: site) == before)

      try folder.write(text, to: "site/optimize-assets.yml")
      let verified = try await Product.run(
        ["verify", site, "--browser", "--effort", "fast", "--output", folder("staged")])
      #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
      #expect(!verified.text.contains("blurry") && !verified.text.contains("wasteful"), "\(verified.text)")
      try await Self.measureAgain(folder)
    }

    /// A site that was edited in place is measured as its author has it, and the next run takes that up.
    @Test(.needsBrowser) func measuresTheAuthorsMarkup() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let site = folder("site")
      let before = try TreeState.contents(of: site)
      let untouched = try await Product.run(["calibrate", site, "--dry-run", "--format", "json", "--quiet"])
      try #require(untouched.status == 0, "\(untouched.errors)")
      #expect(try await Product.run([site, "--in-place", "--effort", "fast", "--quiet"]).status == 0)
      let command = try await Product.run(["calibrate", site, "--format", "json", "--quiet"])
      try #require(command.status == 0, "\(command.errors)")
      let decoder = JSONDecoder()
      let report = try decoder.decode(CalibrationReport.self, from: command.output)
      #expect(try report.layouts == decoder.decode(CalibrationReport.self, from: untouched.output).layouts)
      #expect(!report.images.isEmpty)
      #expect(try await Product.run([site, "--in-place", "--effort", "fast", "--quiet"]).status == 0)
      #expect(try await Product.run(["restore", site, "--quiet"]).status == 0)
      try FileManager.default.removeItem(atPath: site + "/optimize-assets.yml")
      #expect(TreeState.differences(before, try TreeState.contents(of: site)) == [])
    }

    /// The `sizes` of the new pages against the boxes of the author's, in windows that the fit was not asked about.
    private static func measureAgain(_ folder: TemporaryFolder) async throws {
      try await Jekyll.build(folder("site"), to: folder("before"))
      try await Jekyll.build(folder("staged"), to: folder("after"))
      let pages = try SiteComparison.pages(of: folder("before")).filter { $0.hasPrefix("2026/") }
      var compared = 0
      for width in [390, 700, 733, 740, 1280] {
        let viewport = Screen(width: width, height: 900, density: 1)
        let old = try await PageViews.measure(folder("before"), pages: pages, at: viewport)
        let new = try await PageViews.measure(folder("after"), pages: pages, at: viewport)
        for (old, new) in zip(old, new) {
          for (a, b) in zip(old.images, new.images) where b.isResponsive {
            // With w descriptors, the natural width is what sizes says.
            #expect(
              abs(b.naturalWidth - a.width) <= 1 + 0.01 * a.width,
              "\(b.path) at \(width): \(b.naturalWidth), not \(a.width)")
            compared += 1
          }
        }
      }
      #expect(compared > 40)
    }

    @Test func saysWhereNoBrowserIs() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let command = try await Product.run(["calibrate", folder("site"), "--browser-path", folder("none")])
      #expect(command.status == 69)
      #expect(command.errors.contains("there is no browser"))
      #expect(!FileManager.default.fileExists(atPath: folder("site/optimize-assets.yml")))
    }
  }
}
