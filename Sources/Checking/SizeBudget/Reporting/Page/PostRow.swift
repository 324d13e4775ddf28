/// A post or page, and what each device downloads for its images.
struct PostRow {
  let path: String
  /// How many images it shows.
  let images: Int
  /// Bytes by device, in the site's order of devices.
  let now: [Int]
  /// The same of the page as its author has it; nil where that is what readers get.
  let before: [Int]?
  /// How many findings there are in it.
  let findings: Int

  /// The bytes of the device that downloads most.
  var worst: Int { now.max() ?? 0 }
  var worstBefore: Int? { before?.max() }

  /// The pages that show images, heaviest first.
  static func rows(_ report: SiteReport) -> [PostRow] {
    let weight = report.result.weight
    let devices = weight.devices.map(\.name)
    let before = report.before.map { before in
      Dictionary(before.pages.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let findings = Dictionary(grouping: report.result.findings, by: \.file).mapValues(\.count)
    return weight.pages.filter { !$0.images.isEmpty }.map { page in
      PostRow(
        path: page.path, images: page.images.count { !$0.isMetadata }, now: devices.map(page.total),
        before: before.map { pages in devices.map { pages[page.path]?.total(on: $0) ?? 0 } },
        findings: findings[page.path] ?? 0)
    }.sorted { ($1.worst, $0.path) < ($0.worst, $1.path) }
  }
}
