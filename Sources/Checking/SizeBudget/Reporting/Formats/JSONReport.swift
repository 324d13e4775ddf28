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
    var problems: [Diagnostic]
  }

  private struct Page: Encodable {
    var path: String
    /// Bytes by device: of all images, and of those that are not lazy.
    var totals: [String: Int]
    var firstViews: [String: Int]
    var before: [String: Int]?
    var images: [PlacedImage]
  }

  /// What budgets and lints say, with the keys that this report has had from its first version on.
  private struct Finding: Encodable {
    var id: Diagnostic.Rule
    var severity: Diagnostic.Severity
    var file: String
    var line: Int?
    var column: Int?
    var message: String
    var advice: String
    var figures: [String: Double]

    init(_ diagnostic: Diagnostic) {
      id = diagnostic.rule
      severity = diagnostic.severity
      (file, line, column) = (diagnostic.file, diagnostic.line, diagnostic.column)
      message = diagnostic.message
      advice = diagnostic.advice ?? ""
      figures = diagnostic.figures ?? [:]
    }
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
        devices: result.weight.devices, pages: pages, findings: result.findings.map(Finding.init),
        problems: result.weight.problems))
  }

  private static func byDevice(_ devices: [String], _ bytes: (String) -> Int) -> [String: Int] {
    Dictionary(devices.map { ($0, bytes($0)) }, uniquingKeysWith: { first, _ in first })
  }
}
