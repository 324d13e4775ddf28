import AssetModel
import Web

/// The whole result for programs.
enum JSONReport {
  private struct Document: Encodable {
    var version = 1
    var withinBudget: Bool
    var complete: Bool
    var total: Int
    /// Bytes by device, summed over the pages.
    var downloads: [String: Int]
    var devices: [Screen]
    var pages: [Page]
    var findings: [Finding]
    var problems: [Problem]
  }

  private struct Page: Encodable {
    var path: String
    /// Bytes by device: of all images, and of those that are not lazy.
    var totals: [String: Int]
    var firstViews: [String: Int]
    var before: [String: Int]?
    var images: [PlacedImage]
  }

  static func text(_ result: CheckResult) throws -> String {
    let devices = result.weight.devices.map(\.name)
    let pages = result.weight.pages.map { page in
      Page(
        path: page.path, totals: byDevice(devices, page.total), firstViews: byDevice(devices, page.firstView),
        before: result.baseline?.pages[page.path], images: page.images)
    }
    return try ReportJSON.text(
      Document(
        withinBudget: !result.isOver, complete: !result.isIncomplete, total: result.weight.total,
        downloads: result.weight.downloads,
        devices: result.weight.devices, pages: pages, findings: result.findings,
        problems: result.weight.problems))
  }

  private static func byDevice(_ devices: [String], _ bytes: (String) -> Int) -> [String: Int] {
    Dictionary(devices.map { ($0, bytes($0)) }, uniquingKeysWith: { first, _ in first })
  }
}
