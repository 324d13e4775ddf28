import AssetModel
import Foundation
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// Sites of every generator, edited where they stand and given back.
  @Suite struct InPlaceSiteTests {
    @Test(arguments: GeneratorSite.all) func givesBackEveryByte(site: GeneratorSite) async throws {
      let folder = try TemporaryFolder()
      let picture = try DrawnSite.picture(400, 300, grain: 2).jpeg(quality: 92, chroma: .full)
      try site.write(to: folder, name: "site") { _ in picture }
      let report = try await expectEveryByteBack(folder)
      // Quarto's one picture is left as it is, and one that a tag shows once more.
      let isLeft = { (reference: Reference) in reference.keptBecause != nil || reference.kind == .templateTag
      }
      #expect(report.summary.variants > 0 || report.manifest.references.allSatisfy(isLeft))
      // A tag alone on its line goes on in the next one, which is no reason to leave the post.
      #expect(!report.manifest.problems.contains { $0.severity == .error && $0.rule == .postSkipped })
    }
  }

  /// Real sites of most generators.
  @Suite(.tags(.realCorpora), .needsRealCorpora("corpora"), .endsAtLast)
  struct InPlaceRealCorpora {
    @Test(arguments: [
      "congo-hugo", "ehpb-11ty", "flcdrg-astro", "huxpro", "jakevdp-pelican", "nerd-blog",
      "perproxid-chirpy", "pgp-alfolio", "philopp-zola",
    ])
    func givesBackEveryByte(name: String) async throws {
      let folder = try TemporaryFolder()
      try folder.copy(RealCorpora.path("corpora/" + name), to: "site")
      try await expectEveryByteBack(folder)
    }

    @Test(
      .needsJekyll, .needsRuby("jekyll-feed", "jekyll-sitemap", "jekyll-seo-tag"), arguments: ["nerd-blog"])
    func keepsEveryPage(name: String) async throws {
      let folder = try TemporaryFolder()
      try folder.copy(RealCorpora.path("corpora/" + name), to: "site")
      try await Jekyll.build(folder("site"), to: folder("before"))
      try folder.write("widths: [160, 640]\nquality: fixed\nformats: {webp: {effort: 0}}\n", to: "quick.yml")
      let run = try await Product.run(
        [folder("site"), "--in-place", "--force", "--config", folder("quick.yml"), "--quiet"], seconds: 400)
      #expect([0, 1].contains(run.status), "\(run.errors)")
      try await Jekyll.build(folder("site"), to: folder("after"))
      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      for changed in comparison.changed { Issue.record("\(changed)") }
      for missing in comparison.missing { Issue.record("\(missing)") }
      #expect(comparison.isSame, "gone \(comparison.gone), added \(comparison.added)")
      let candidates = try CandidateCheck(tree: folder("after"))
      #expect(candidates.faults.isEmpty, "\(candidates.faults.prefix(10).joined(separator: "\n"))")
    }
  }
}

/// Edits the folder's `site` in place twice, of which the second run writes nothing, and restores it: each of its files is
/// what it was.
@discardableResult
private func expectEveryByteBack(_ folder: TemporaryFolder) async throws -> OptimizeReport {
  let site = folder("site")
  try folder.write("widths: [160]\nquality: fixed\nformats: {webp: {effort: 0}}\n", to: "quick.yml")
  let before = try TreeState.contents(of: site)
  let arguments = [
    site, "--in-place", "--force", "--config", folder("quick.yml"), "--format", "json", "--quiet",
  ]
  // Images that are missing are listed and the rest goes on.
  let first = try await Product.run(arguments, seconds: 400)
  #expect([0, 1].contains(first.status), "\(first.errors)")
  let report = try JSONDecoder().decode(OptimizeReport.self, from: first.output)
  let edited = try TreeState.stamps(of: site)
  let second = try await Product.run(arguments, seconds: 400)
  #expect(second.status == first.status)
  #expect(TreeState.differences(edited, try TreeState.stamps(of: site)) == [])
  let restored = try await Product.run(["restore", site, "--quiet"])
  #expect(restored.status == 0, "\(restored.errors)")
  #expect(TreeState.differences(before, try TreeState.contents(of: site)) == [])
  return report
}
