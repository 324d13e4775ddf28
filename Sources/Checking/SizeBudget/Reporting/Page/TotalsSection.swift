import AssetModel
import Foundation

/// The report's sums, for the site and for each device.
struct TotalsSection {
  let report: SiteReport
  let posts: [PostRow]
  let images: [ImageRow]

  var html: HTML {
    let findings = report.result.findings
    return """
      <section aria-labelledby="totals">
      <h2 id="totals">Totals</h2>
      <dl class="tiles">
      \(tile("Author’s images", "\(images.count)", ReportText.size(images.reduce(0) { $0 + $1.file.bytes })))
      \(tile("Variants", "\(report.variants.count)", ReportText.size(report.variants.reduce(0) { $0 &+ $1.bytes })))
      \(tile("Published", ReportText.size(report.result.weight.total), report.result.weight.files.count.counted("file")))
      \(tile("Posts with images", "\(posts.count)", "of \(report.result.weight.pages.count)"))
      \(tile("Findings", "\(findings.count { $0.severity != .note })", findings.count { $0.severity == .note }.counted("note")))
      </dl>
      \(devices)
      </section>
      """
  }

  private func tile(_ name: String, _ figure: String, _ remark: String) -> HTML {
    "<div><dt>\(name)</dt><dd><strong>\(figure)</strong> <small>\(remark)</small></dd></div>\n"
  }

  /// What each device downloads.
  private var devices: HTML {
    let hasBefore = report.before != nil
    let rows = report.result.weight.devices.enumerated().map { number, device -> HTML in
      let now = posts.reduce(0) { $0 + $1.now[number] }
      let before = posts.reduce(0) { $0 + ($1.before?[number] ?? 0) }
      let worst = posts.max { $0.now[number] < $1.now[number] }
      let density = String(format: "%g", device.density)
      let earlier: HTML = """
        <td class="number">\(ReportText.size(before))</td>\
        <td class="number">\(ReportText.percent(now, of: before) ?? "–")</td>
        """
      return """
        <tr><th scope="row">\(device.name) <small>\(device.width) × \(device.height) at \(density)</small></th>\
        <td class="number">\(ReportText.size(now))</td>\(hasBefore ? earlier : nil)\
        <td class="path">\(worst.map { "\($0.path) (\(ReportText.size($0.now[number])))" } ?? "–")</td></tr>

        """
    }
    return """
      <div class="scroll" role="region" aria-labelledby="devices" tabindex="0">
      <table>
      <caption id="devices">What a device downloads for all posts</caption>
      <thead><tr><th scope="col">Device</th><th scope="col" class="number">All posts</th>\
      \(hasBefore ? "<th scope=\"col\" class=\"number\">Before</th><th scope=\"col\" class=\"number\">Of before</th>" : nil)\
      <th scope="col">Heaviest post</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      """
  }
}
