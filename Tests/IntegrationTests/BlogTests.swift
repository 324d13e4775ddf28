import AssetModel
import Browser
import Foundation
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// A Jekyll blog, built from its sources and from their optimized copy.
  @Suite(.needsJekyll) struct BlogTests {
    @Test(arguments: BlogCase.allCases, [nil, MarkupForm.picture])
    func keepsEveryPage(blog: BlogCase, markup: MarkupForm?) async throws {
      let builds = try await BlogBuilds(blog, markup: markup)
      let comparison = try SiteComparison(before: builds.before, after: builds.after)
      #expect(
        comparison.isSame,
        "\(comparison.changed) \(comparison.gone) \(comparison.added) \(comparison.missing)")
      #expect(comparison.pages > 2)

      let candidates = try CandidateCheck(tree: builds.after)
      #expect(candidates.faults.isEmpty, "\(candidates.faults.joined(separator: "\n"))")
      #expect(candidates.unresponsive == [])
      #expect(candidates.rasters > 4)
      #expect(candidates.files >= 6)
      if markup == .picture {
        let types = Set(try Self.pictures(builds).flatMap(\.candidates).compactMap(\.type))
        #expect(types == ["image/avif", "image/webp"])
      }
      #expect(builds.report.summary.variantBytes > 0)
      print(
        "\(blog.rawValue) blog as \(markup?.rawValue ?? "default"): \(comparison.pages) pages the same,"
          + " \(candidates.rasters) raster images responsive, \(candidates.files) candidate files decoded")
    }

    @Test(.needsBrowser, arguments: BlogCase.allCases, [Screen.phone, .laptop])
    func movesNothingInARealBrowser(blog: BlogCase, viewport: Screen) async throws {
      let builds = try await BlogBuilds(blog, markup: nil)
      let pages = try builds.pages()
      let before = try await PageViews.measure(builds.before, pages: pages, at: viewport)
      let after = try await PageViews.measure(builds.after, pages: pages, at: viewport)
      try #require(before.count == pages.count && after.count == pages.count)
      for (page, (old, new)) in zip(pages, zip(before, after)) {
        #expect(new.width == Double(viewport.width))
        let seen: Set<LayoutComparison.Kind> = [.broken, .elements, .moved, .restyled, .blurry]
        let changes = LayoutComparison(old, new, density: viewport.density).changes
          .filter { seen.contains($0.kind) }
        #expect(changes.isEmpty, "\(page) at \(viewport): \(changes.prefix(5))")
        if !new.images.isEmpty { #expect(new.bytes < old.bytes, "\(page): \(old.bytes) -> \(new.bytes)") }
        #expect(new.paths.count > 3)
      }
      let chosen = after.flatMap(\.images).filter { $0.chosen.contains("/assets/optimized/") }
      #expect(chosen.count > 4)
      print(
        "\(blog.rawValue) blog at \(viewport): \(pages.count) pages,"
          + " \(before.reduce(0) { $0 + $1.paths.count }) boxes unmoved, images"
          + " \(before.reduce(0) { $0 + $1.bytes }) -> \(after.reduce(0) { $0 + $1.bytes }) bytes")
    }

    /// The comparison itself: a theme that styles captions by what precedes them must show up.
    @Test(.needsBrowser) func seesWhatMoves() async throws {
      let folder = try TemporaryFolder()
      let page = "<!DOCTYPE html><style>img + em{color:red;font-size:9px}</style><p>IMAGE<em>c</em></p>"
      let pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEAAAAALAAAAAABAAEAAAIBAAA="
      try folder.write(page.replacing("IMAGE", with: "<img src='\(pixel)'>"), to: "before/a b.html")
      try folder.write(
        page.replacing("IMAGE", with: "<picture><img src='\(pixel)'></picture>"), to: "after/a b.html")
      try folder.write(page.replacing("IMAGE", with: "<img src='gone.png'>"), to: "broken/a b.html")
      let views = try await ["before", "after", "broken"].asyncMap {
        try #require(try await PageViews.measure(folder($0), pages: ["a b.html"], at: .phone).first)
      }
      func changes(_ index: Int) -> [LayoutComparison.Change] {
        LayoutComparison(views[0], views[index], density: 1).changes
      }
      #expect(changes(0).isEmpty)
      #expect(changes(1).contains { $0.kind == .restyled && $0.before.contains("9px") })
      #expect(changes(2).contains { $0.kind == .broken && $0.after.contains("gone.png") })
    }

    private static func pictures(_ builds: BlogBuilds) throws -> [PageImages.Picture] {
      try builds.pages().flatMap { page in
        let data = try Data(contentsOf: URL(fileURLWithPath: builds.after + "/" + page))
        return try PageImages(#require(RenderedPage(Array(data)))).pictures
      }
    }
  }
}

extension Array where Element: Sendable {
  /// `map` for work that waits; one element after the other.
  func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var out: [T] = []
    for element in self { out.append(try await transform(element)) }
    return out
  }
}
