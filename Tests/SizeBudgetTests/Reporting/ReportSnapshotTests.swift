import AssetModel
import SizeBudget
import Testing
import TestSupport
import Web

@testable import SizeBudget

/// What a check prints, whole and in every format: as people and machines read it.
@Suite struct ReportSnapshotTests {
  private static let result: CheckResult = {
    func image(_ file: String, line: Int, bytes: [Int]) -> PlacedImage {
      var image = PlacedImage(
        line: line, column: 1, url: "/" + file, file: file, alt: "", hasDimensions: false)
      for (device, bytes) in zip(Screen.standard, bytes) {
        image.downloads[device.name] = Download(file: file, bytes: bytes, isInFirstView: true)
      }
      return image
    }
    let pages = [
      PageWeight(
        path: "_posts/2026-01-02-harbor.md",
        images: [
          image("img/harbor.jpg", line: 7, bytes: [200_000, 400_000, 900_000, 2_400_000]),
          image("img/a b.png", line: 9, bytes: [40_000, 40_000, 40_000, 40_000]),
        ]),
      PageWeight(
        path: "_posts/2026-01-03-바다.md",
        images: [image("img/a b.png", line: 3, bytes: [40_000, 40_000, 40_000, 40_000])]),
      PageWeight(path: "about.md", images: []),
    ]
    let files = [
      PublishedImage(
        path: "img/harbor.jpg", bytes: 2_400_000, format: .jpeg, width: 4_000, height: 3_000,
        digest: "a",
        pages: ["_posts/2026-01-02-harbor.md"]),
      PublishedImage(
        path: "img/a b.png", bytes: 40_000, format: .png, width: 300, height: 200, digest: "b",
        pages: ["_posts/2026-01-02-harbor.md", "_posts/2026-01-03-바다.md"]),
    ]
    var budget = Budget()
    budget.pageTotals = ["phone": 100_000]
    budget.limits[.imageBytes] = 1_000_000
    let weight = SiteWeight(devices: Screen.standard, pages: pages, files: files)
    var before = Baseline(weight)
    before.pages = before.pages.mapValues { $0.mapValues { $0 / 2 } }
    return CheckResult(weight, budgets: [budget], levels: Diagnostic.Rule.usualLevels, baseline: before)
  }()

  @Test(arguments: ReportFormat.allCases) func aReportReads(format: ReportFormat) throws {
    try Snapshot.expect(format.text(Self.result, prefix: "blog/"), "check.\(format.rawValue)")
  }
}
