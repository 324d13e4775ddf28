import Foundation
import RenderedHTML
import Testing

extension IntegrationTests {
  /// Real blogs beside the project.
  @Suite(.needsJekyll) struct CorpusTests {
    @Test(.timeLimit(.minutes(8)), arguments: ["nerd-blog", "huxpro"])
    func keepsEveryPage(name: String) async throws {
      guard let site = Tools.shared("corpora/" + name) else { return }
      let folder = try TemporaryFolder()
      let sources = try TreeState.stamps(of: site)
      try await Jekyll.build(site, to: folder("before"))
      let command = try await Product.run(
        [site, "--output", folder("staged"), "--format", "json", "--quiet"], seconds: 400)
      // Real blogs hold broken images; those are listed and the rest goes on.
      #expect([0, 1].contains(command.status), "\(command.errors)")
      let report = try JSONDecoder().decode(OptimizeReport.self, from: command.output)
      try await Jekyll.build(folder("staged"), to: folder("after"))

      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      for changed in comparison.changed { Issue.record("\(changed)") }
      for missing in comparison.missing { Issue.record("\(missing)") }
      #expect(comparison.isSame, "gone \(comparison.gone), added \(comparison.added)")
      #expect(comparison.responsive > 0)
      #expect(TreeState.differences(sources, try TreeState.stamps(of: site)) == [])
      print(
        "\(name): \(comparison.pages) pages, \(comparison.changed.count) differ, \(comparison.missing.count) files"
          + " missing, \(comparison.responsive) of \(comparison.images) images responsive; exit code"
          + " \(command.status), \(report.summary.encoded) encoded in \(report.summary.seconds) s;"
          + " post images \(report.summary.bytesBefore) -> \(report.summary.bytesAfterPhone) (phone),"
          + " \(report.summary.bytesAfterLaptop) (laptop) bytes")
    }
  }
}
