import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// A site that Jekyll has built, optimized where it stands.
  @Suite(.needsJekyll) struct BuiltSiteTests {
    @Test(arguments: BlogCase.allCases)
    func keepsEveryPageInPlace(blog: BlogCase) async throws {
      let folder = try TemporaryFolder()
      let site = try blog.put(into: folder)
      try await Jekyll.build(site, to: folder("before"))
      try folder.copy(folder("before"), to: "after")
      let first = try await Product.optimize(folder("after"), "--in-place")
      #expect(first.manifest.site.kind == .html)
      #expect(first.summary.referencesRewritten > 4)

      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      #expect(
        comparison.isSame,
        "\(comparison.changed) \(comparison.gone) \(comparison.added) \(comparison.missing)")
      let candidates = try CandidateCheck(tree: folder("after"))
      #expect(candidates.faults.isEmpty, "\(candidates.faults.joined(separator: "\n"))")
      #expect(candidates.unresponsive == [])
      #expect(candidates.rasters > 4)

      // Files that are not pages stay byte for byte.
      let before = try TreeState.contents(of: folder("before"))
      let after = try TreeState.contents(of: folder("after"))
      let changed = TreeState.differences(before, after).filter { before[$0] != nil }
      #expect(changed.allSatisfy { $0.hasSuffix(".html") }, "\(changed)")

      let stamps = try TreeState.stamps(of: folder("after"))
      let second = try await Product.optimize(folder("after"), "--in-place")
      #expect(second.summary.referencesRewritten == 0)
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: folder("after"))) == [])
      print(
        "\(blog.rawValue) blog built, then in place: \(comparison.pages) pages the same,"
          + " \(candidates.rasters) raster images responsive")
    }
  }
}
