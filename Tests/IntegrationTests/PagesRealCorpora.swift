import AssetModel
import Foundation
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// Real blogs, built before and after.
  @Suite(.tags(.realCorpora), .needsRealCorpora("corpora"), .needsJekyll, .endsAtLast)
  struct PagesRealCorpora {
    @Test(.needsRuby("jekyll-feed", "jekyll-sitemap", "jekyll-seo-tag")) func nerdBlog() async throws {
      try await expectSamePages("nerd-blog")
    }

    @Test(.needsRuby("jekyll-paginate")) func huxpro() async throws { try await expectSamePages("huxpro") }

    private func expectSamePages(_ name: String) async throws {
      let site = RealCorpora.path("corpora/" + name)
      let folder = try TemporaryFolder()
      let sources = try TreeState.stamps(of: site)
      try await Jekyll.build(site, to: folder("before"))
      let report = try await optimize(site, "--output", folder("staged"))
      try await Jekyll.build(folder("staged"), to: folder("after"))
      let candidates = try compare(folder, report, name)
      #expect(TreeState.differences(sources, try TreeState.stamps(of: site)) == [])

      // What a post's source shows is responsive on the post's page; what only layouts show need not be.
      let made = Set(report.manifest.variants.map(\.source))
      for reference in report.manifest.references where reference.isBodyImage && reference.status == .local {
        guard let source = reference.source, made.contains(source), reference.obstacle == nil,
          let page = report.manifest.posts.first(where: { $0.path == reference.post })?.url
        else { continue }
        let file = String(page.dropFirst()) + (page.hasSuffix("/") ? "index.html" : "")
        #expect(!candidates.unresponsive.contains([file, source]), "\(reference.post): \(reference.url)")
      }
    }

    /// The built blog where it stands: layouts' images are then the tool's as well.
    @Test(.needsRuby("jekyll-paginate"), arguments: ["huxpro"])
    func keepsEveryPageInPlace(name: String) async throws {
      let site = RealCorpora.path("corpora/" + name)
      let folder = try TemporaryFolder()
      try await Jekyll.build(site, to: folder("before"))
      try folder.copy(folder("before"), to: "after")
      let report = try await optimize(folder("after"), "--in-place")
      let candidates = try compare(folder, report, name + ", built")
      let made = Set(report.manifest.variants.map(\.source))
      let left = candidates.unresponsive.filter { made.contains($0[1]) }
      #expect(left.isEmpty, "\(left.sorted { $0[0] < $1[0] }.prefix(10))")
    }

    private func optimize(_ arguments: String...) async throws -> OptimizeReport {
      let command = try await Product.run(arguments + ["--format", "json", "--quiet"], seconds: 400)
      // Real blogs hold broken images; those are listed and the rest goes on.
      #expect([0, 1].contains(command.status), "\(command.errors)")
      return try JSONDecoder().decode(OptimizeReport.self, from: command.output)
    }

    /// Requires that the folder's builds `before` and `after` have the same pages, and looks at the candidates.
    private func compare(_ folder: TemporaryFolder, _ report: OptimizeReport, _ name: String) throws
      -> CandidateCheck
    {
      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      for changed in comparison.changed { Issue.record("\(changed)") }
      for missing in comparison.missing { Issue.record("\(missing)") }
      #expect(comparison.isSame, "gone \(comparison.gone), added \(comparison.added)")
      #expect(comparison.responsive > 0)
      let candidates = try CandidateCheck(tree: folder("after"))
      #expect(candidates.faults.isEmpty, "\(candidates.faults.prefix(10).joined(separator: "\n"))")
      print(
        "\(name): \(comparison.pages) pages, \(comparison.changed.count) differ, \(comparison.missing.count) files"
          + " missing, \(comparison.responsive) of \(comparison.images) images responsive,"
          + " \(candidates.responsive) of \(candidates.rasters) local rasters,"
          + " \(candidates.files) candidates decoded; \(report.summary.encoded) encoded in \(report.summary.seconds) s;"
          + " downloads \(report.summary.downloadsBefore) -> \(report.summary.downloads ?? [:])")
      return candidates
    }
  }
}
