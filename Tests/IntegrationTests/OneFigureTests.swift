import AssetPipeline
import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// What a screen downloads is one figure, whichever command says it.
  @Suite struct OneFigureTests {
    private struct Figures: Decodable, Equatable {
      var downloads: [String: Int]
      var downloadsBefore: [String: Int]?
    }

    private struct Run: Decodable {
      var summary: Figures
    }

    private func json<Value: Decodable>(_ type: Value.Type, _ arguments: String...) async throws -> Value {
      let run = try await Product.run(arguments + ["--format", "json"])
      return try JSONDecoder().decode(Value.self, from: run.output)
    }

    @Test func whatScreensDownloadIsTheSameInEveryCommand() async throws {
      let folder = try TemporaryFolder()
      let copy = folder("copy")
      let run = try await json(Run.self, "optimize", Project.sampleBlog, "--output", copy).summary
      #expect(Set(run.downloads.keys) == ["phone", "tablet", "laptop", "desktop"])
      #expect(try await json(Figures.self, "check", copy).downloads == run.downloads)
      #expect(try await json(Figures.self, "check", Project.sampleBlog).downloads == run.downloadsBefore)
      let report = try await json(
        Figures.self, "report", Project.sampleBlog, "--staged", copy, "--output", folder("report.html"))
      #expect(report == run)
      // A run with nothing to do says the same.
      #expect(try await json(Run.self, "optimize", Project.sampleBlog, "--output", copy).summary == run)
    }

    @Test(.needsJekyll, .needsBrowser) func aBrowserDownloadsWhatIsComputed() async throws {
      let folder = try TemporaryFolder()
      let windows = ["412x915@2.625", "820x1180@2", "1440x900@1", "1920x1080@2"].flatMap {
        ["--viewport", $0]
      }
      let verify = try await Product.run(
        ["verify", Project.sampleBlog, "--output", folder("copy"), "--browser", "--format", "json"] + windows)
      let seen = try JSONDecoder().decode(Figures.self, from: verify.output).downloads
      let computed = try await json(Figures.self, "check", folder("copy")).downloads
      #expect(Set(seen.keys) == ["phone", "tablet", "laptop", "desktop"])
      for (screen, bytes) in seen {
        // A browser counts the heads of answers as well.
        let difference = abs(bytes - (computed[screen] ?? 0))
        #expect(
          difference * 100 <= bytes, "\(screen): \(bytes) in Chromium, \(computed[screen] ?? 0) computed")
      }
    }

    @Test func aRunInPlaceWeighsWhatItLeaves() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let run = try await json(Run.self, "optimize", folder("site"), "--in-place", "--force").summary
      let phone = try #require(run.downloads["phone"])
      #expect(phone > 0 && phone < run.downloadsBefore?["phone"] ?? 0)
      #expect(try await json(Figures.self, "check", folder("site")).downloads == run.downloads)
    }
  }
}
