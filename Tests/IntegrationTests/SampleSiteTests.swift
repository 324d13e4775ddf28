import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// The project's own sample sites, built by their real generators before and after: staged, in place, and their built
  /// pages. Pages, feeds and what a browser shows in three windows are the same, and a scan finds what the pages show.
  @Suite(.needsBrowser, .endsAtLast) struct SampleSiteTests {
    @Test(.needsJekyll, .needsRuby("jekyll-feed", "jekyll-seo-tag", "jekyll-sitemap"))
    func jekyll() async throws {
      try await expectSameSite(.jekyll, #require(Programs.jekyll), staged: 17, built: 17)
    }

    @Test(.needsHugo) func hugo() async throws {
      try await expectSameSite(.hugo, #require(Programs.hugo), staged: 12, built: 12)
    }

    @Test(.needsPythonGenerators) func mkdocs() async throws {
      try await expectSameSite(.mkdocs, SampleGenerators.folder + "/mkdocs", staged: 5, built: 12)
    }

    @Test(.needsPythonGenerators) func pelican() async throws {
      try await expectSameSite(.pelican, SampleGenerators.folder + "/pelican", staged: 13, built: 28)
    }

    /// Its sources are read and not rewritten: what it builds is.
    @Test(.needsPythonGenerators) func sphinx() async throws {
      let run = try SampleRun(.sphinx, generator: SampleGenerators.folder + "/sphinx-build")
      let built = run.build("staged", 0)
      try await Command.succeed(
        SampleGenerators.folder + "/sphinx-build",
        ["-q", "-b", "html", "-d", run.folder("doctrees"), run.folder("site"), built])
      try await expectBuiltPages(run, responsive: 21)
      try await expectRecall(run)
    }

    // MARK: -

    /// - Parameters:
    ///   - staged: how many images at least of the pages built from the copy offer a choice.
    ///   - built: the same of the built pages made lighter.
    private func expectSameSite(
      _ sample: SampleSite, _ generator: String, staged: Int, built: Int
    ) async throws {
      let run = try SampleRun(sample, generator: generator)
      try run.folder.copy(run.folder("site"), to: "edited")
      let copy = try await run.verify("staged", run.folder("site"), "--output", run.folder("copy"))
      try expectSame(run, "staged", copy)
      try expectCandidates(run, "staged", in: run.build("staged", 1), responsive: staged)

      let edit = try await run.run("edit", ["optimize", run.folder("edited"), "--in-place", "--force"])
      try #require(edit.status == 0, "\(edit.errors)")
      let edited = try await run.compare("in-place", run.folder("edited"))
      #expect(edited.isSame, "\(run.sample) in place: \(edited.report.worst), \(edited.report.feeds)")
      try expectCandidates(run, "in place", in: run.build("in-place", 1), responsive: staged)
      try expectSamePages(run, run.build("staged", 1), run.build("in-place", 1), but: edited.report.unstable)

      try await expectBuiltPages(run, responsive: built)
      try await expectRecall(run)
    }

    /// Pages of two builds are the same to the last attribute, so that a browser that was shown the first ones need not be
    /// shown the others.
    private func expectSamePages(
      _ run: SampleRun, _ one: String, _ other: String, but unstable: [String]
    ) throws {
      let site = PageAddress.Publication(baseurl: "/log", hosts: ["walks.example"])
      let comparison = try SiteComparison(before: one, after: other, publication: site)
      let changed = comparison.changed.filter { !unstable.contains($0.page) }
      #expect(
        changed.isEmpty && comparison.gone.isEmpty && comparison.added.isEmpty, "\(run.sample): \(changed)")
      #expect(comparison.missing.isEmpty, "\(run.sample): \(comparison.missing)")
    }

    private func expectBuiltPages(_ run: SampleRun, responsive: Int) async throws {
      try run.folder.copy(run.build("staged", 0), to: "built")
      let pages = try await run.verify("built", run.folder("built"), "--output", run.folder("lighter"))
      try expectSame(run, "built", pages)
      try expectCandidates(run, "built", in: run.folder("lighter"), responsive: responsive)
    }

    private func expectSame(_ run: SampleRun, _ mode: String, _ output: SampleRun.Output) throws {
      let report = output.report
      let name = "\(run.sample) \(mode)"
      for page in report.worst { Issue.record("\(name): \(page)") }
      for feed in report.feeds { Issue.record("\(name): \(feed)") }
      for journey in report.journeys where !journey.isSame { Issue.record("\(name): \(journey)") }
      #expect(
        output.isSame && report.gone.isEmpty && report.added.isEmpty,
        "\(name): \(report.gone), \(report.added)")
      let views = report.pages.flatMap(\.views)
      #expect(views.count == 3 * report.pages.count && !views.isEmpty)
      let counts = report.totals.reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) }
      let worse = views.map { $0.shiftAfter - $0.shiftBefore }.max() ?? 0
      print(
        "\(name): \(report.pages.count) pages, \(views.count) views, \(report.pages.flatMap(\.missing).count) missing,"
          + " \(counts), shift at most \(worse) more,"
          + " \(views.reduce(0) { $0 + $1.bytesBefore }) -> \(views.reduce(0) { $0 + $1.bytesAfter }) bytes,"
          + " \(report.unstable) differ by themselves, \(Int(report.seconds)) s")
    }

    /// Each candidate is the image that it says it is, and texts that are searched are the same.
    private func expectCandidates(
      _ run: SampleRun, _ mode: String, in built: String, responsive: Int
    ) throws {
      let site = PageAddress.Publication(baseurl: "/log", hosts: ["walks.example"])
      let candidates = try CandidateCheck(tree: built, publication: site)
      #expect(candidates.faults.isEmpty, "\(candidates.faults.joined(separator: "\n"))")
      #expect(candidates.responsive >= responsive, "\(run.sample) \(mode): \(candidates.unresponsive)")
      for index in ["index.json", "search/search_index.json", "searchindex.js"] {
        guard let before = try? FileAccess.read(run.build("staged", 0) + "/" + index) else { continue }
        #expect(try FileAccess.read(built + "/" + index) == before, "\(run.sample) \(mode): \(index)")
      }
    }

    private func expectRecall(_ run: SampleRun) async throws {
      let recall = try Recall(
        try await run.scan(), site: run.folder("site"), built: run.build("staged", 0),
        theme: run.sample.themePictures)
      #expect(recall.missed == [], "\(recall.missed)")
      #expect(recall.shown > 5)
      print("\(run.sample): recall \(recall)")
    }
  }
}
