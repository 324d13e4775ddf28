/// The pages that make a device download something, heaviest first.
struct PageRows {
  struct Row {
    var path: String
    /// The bytes for each device, in the site's order of devices.
    var totals: [Int]
    /// The same before; nil where there is no baseline, zeros for a new page.
    var before: [Int]?

    var worst: Int { totals.max() ?? 0 }
    /// How many bytes the worst device downloads more than before.
    var growth: Int { zip(totals, before ?? totals).map { $0 - $1 }.max() ?? 0 }
  }

  let rows: [Row]

  init(_ result: CheckResult) {
    let devices = result.weight.devices.map(\.name)
    rows = result.weight.pages.map { page in
      let before = result.baseline.map { baseline in
        devices.map { baseline.pages[page.path]?[$0] ?? 0 }
      }
      return Row(path: page.path, totals: devices.map { page.total(on: $0) }, before: before)
    }
    .filter { $0.worst > 0 || ($0.before?.max() ?? 0) > 0 }
    .sorted { ($1.growth, $1.worst, $0.path) < ($0.growth, $0.worst, $1.path) }
  }
}
