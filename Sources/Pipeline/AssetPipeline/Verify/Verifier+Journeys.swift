import AssetModel
import Browser
import Foundation
import GeneratorOracle
import SiteFiles
import SystemResources
import Web

extension Verifier {
  /// How many pages journeys begin on.
  private static let journeys = 2

  /// Has a reader go through both builds, from pages whose images have become lighter.
  ///
  /// - Throws: `ChromiumError` where the pages cannot be served; `Cancelled`.
  func travel(
    _ report: inout VerifyReport, _ trees: some BuildPair, _ browser: Browser, _ before: String,
    _ after: String, cancellation: Cancellation
  ) throws {
    report.journeys = []
    guard options.journeySteps > 0, let viewport = options.viewports.lazy.compactMap({ Screen($0) }).first
    else { return }
    let edited = trees.edited
    let pages = chosen(report.pages).map { report.pages[$0] }
    let starts = pages.filter { page in page.post.map(edited.contains) ?? false }.sample(Self.journeys)
    let servers = try Self.servers(of: [before, after], trees.manifest.site)
    defer { for server in servers { server.stop() } }
    let journey = ReaderJourney(browser: browser, before: servers[0], after: servers[1])
    for start in starts {
      try cancellation.check()
      report.journeys.append(
        log.stage("journey") {
          do {
            let walk = { try journey.walk(from: start.page, steps: options.journeySteps, at: viewport) }
            // A tab that crashes once says something of the machine.
            let outcome = try (try? walk()) ?? walk()
            return VerifyReport.Journey(outcome, from: start.page, at: viewport)
          } catch {
            return VerifyReport.Journey(failure: "\(error)", from: start.page, at: viewport)
          }
        } outcome: {
          "\($0.steps.counted("step")) from \($0.page), \($0.pictures.counted("picture"))"
        })
    }
  }

  /// Measures how the pages load that were heaviest before, one after the other, because they share the processor.
  ///
  /// - Throws: `ChromiumError` where the pages cannot be served; `Cancelled`.
  func load(
    _ report: inout VerifyReport, _ trees: some BuildPair, _ browser: Browser, _ before: String,
    _ after: String, cancellation: Cancellation
  ) throws {
    report.loads = []
    let pages = chosen(report.pages).map { report.pages[$0] }.filter { !$0.views.isEmpty }
    let weights = pages.map { page in (page.page, page.views.map(\.bytesBefore).max() ?? 0) }
    let heaviest = weights.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(options.loads).map(\.0)
    guard !heaviest.isEmpty else { return }
    let servers = try Self.servers(of: [before, after], trees.manifest.site)
    defer { for server in servers { server.stop() } }
    let (old, new) = (
      PageVisit(browser: browser, server: servers[0]), PageVisit(browser: browser, server: servers[1])
    )
    for page in heaviest {
      try cancellation.check()
      report.loads.append(
        log.stage("slow load") {
          VerifyReport.Load(page, old, new)
        } outcome: {
          $0.page
        })
    }
  }

  /// Takes out of a report the pages that are another with each build: with a time, a random id, a list in no order.
  ///
  /// - Throws: ``GeneratorOracleError`` where the site cannot be built again; `FileError`.
  func dropUnstable(
    _ report: inout VerifyReport, _ trees: some BuildPair, _ scratch: SiteBuilder, before: String,
    after: String
  ) throws {
    let differing = report.pages.contains { $0.difference != nil } || !report.feeds.isEmpty
    guard differing || !report.gone.isEmpty || !report.added.isEmpty else { return }
    let again = try scratch.build(trees.before)
    defer { scratch.remove(again) }
    let publication = Self.publication(of: trees.manifest.site)
    let feeds = try FeedComparison(before: before, after: after, publication: publication)
    report.feeds = Self.first(
      feeds.without(try FeedComparison(before: before, after: again, publication: publication)))
    let comparison = try SiteComparison(before: before, after: again, publication: publication)
    let changing = Set(comparison.changed.map(\.page))
    for index in report.pages.indices
    where report.pages[index].difference != nil && changing.contains(report.pages[index].page) {
      report.pages[index].difference = nil
      report.unstable.append(report.pages[index].page)
    }
    report.unstable = Set(report.unstable).sorted()
    // Their names are others each time.
    if !comparison.gone.isEmpty || !comparison.added.isEmpty {
      let (gone, added) = (Set(comparison.gone), Set(comparison.added))
      report.gone.removeAll(where: gone.contains)
      if report.added.count <= added.count { report.added = [] }
    }
  }
}
