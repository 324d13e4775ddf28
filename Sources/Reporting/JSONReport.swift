import Manifest
import SizeBudget

/// The whole result for programs.
enum JSONReport {
  private struct Document: Encodable {
    var version = 1
    var withinBudget: Bool
    var complete: Bool
    var total: Int
    var devices: [Device]
    var pages: [Page]
    var findings: [Finding]
    var problems: [Problem]
  }

  private struct Page: Encodable {
    var path: String
    var totals: [String: Int]
    var before: [String: Int]?
  }

  static func text(_ result: CheckResult) throws -> String {
    let pages = result.weight.pages.map { page in
      Page(
        path: page.path,
        totals: Dictionary(
          result.weight.devices.map { ($0.name, page.total(on: $0.name)) },
          uniquingKeysWith: { first, _ in first }),
        before: result.baseline?.pages[page.path])
    }
    return try ReportJSON.text(
      Document(
        withinBudget: !result.isOver, complete: !result.isIncomplete, total: result.weight.total,
        devices: result.weight.devices, pages: pages, findings: result.findings,
        problems: result.weight.problems))
  }
}
