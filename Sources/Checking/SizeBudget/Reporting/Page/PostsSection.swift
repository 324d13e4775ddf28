/// A table of posts, heaviest first, which a column's button sorts anew.
struct PostsSection {
  let report: SiteReport
  let rows: [PostRow]

  var html: HTML {
    let largest = rows.map { max($0.worst, $0.worstBefore ?? 0) }.max() ?? 0
    let devices = report.result.weight.devices.map { device -> HTML in
      "<th scope=\"col\" class=\"number\">\(device.name)</th>"
    }
    guard !rows.isEmpty else {
      return """
        <section aria-labelledby="posts">
        <h2 id="posts">Posts</h2>
        <p>No post shows an image.</p>
        </section>
        """
    }
    return """
      <section aria-labelledby="posts">
      <h2 id="posts">Posts</h2>
      <div class="scroll" role="region" aria-labelledby="downloads" tabindex="0">
      <table class="sortable">
      <caption id="downloads">What each device downloads</caption>
      <thead><tr><th scope="col">Post</th>\
      <th scope="col" aria-sort="descending">Heaviest device</th>\(devices)\
      <th scope="col" class="number">Images</th><th scope="col" class="number">Findings</th></tr></thead>
      <tbody>
      \(rows.map { row($0, largest: largest) })</tbody>
      </table>
      </div>
      </section>
      """
  }

  private func row(_ row: PostRow, largest: Int) -> HTML {
    let devices = row.now.map { bytes -> HTML in
      "<td class=\"number\" data-value=\"\(bytes)\">\(ReportText.size(bytes))</td>"
    }
    return """
      <tr><th scope="row" class="path" data-value="\(row.path)">\(row.path)</th>\
      <td class="weight" data-value="\(row.worst)">\(bar(row, largest: largest))</td>\(devices)\
      <td class="number" data-value="\(row.images)">\(row.images)</td>\
      <td class="number" data-value="\(row.findings)">\(row.findings)</td></tr>

      """
  }

  /// The bytes, and a bar in proportion to the heaviest post. What the post weighed before is a paler bar behind.
  private func bar(_ row: PostRow, largest: Int) -> HTML {
    func width(_ bytes: Int) -> String {
      ReportText.percent(bytes, of: largest)?.replacing(" ", with: "") ?? "0%"
    }
    let earlier = row.worstBefore.map { before -> HTML in
      "<rect class=\"earlier\" width=\"\(width(before))\" height=\"6\" rx=\"3\"/>"
    }
    let text = row.worstBefore.map { before -> HTML in "<small>before \(ReportText.size(before))</small>" }
    return """
      <span class="figures"><b>\(ReportText.size(row.worst))</b>\(text)</span>\
      <svg aria-hidden="true" height="6">\(earlier)<rect width="\(width(row.worst))" height="6" rx="3"/></svg>
      """
  }
}
