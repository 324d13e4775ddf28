import AssetModel

/// The author's images, heaviest first, each with what was made of it.
struct ImagesSection {
  let report: SiteReport
  let rows: [ImageRow]

  var html: HTML {
    let formats = Set(rows.map { ReportText.format($0.file.format) }).sorted().map { name -> HTML in
      "<option>\(name)</option>"
    }
    guard !rows.isEmpty else {
      return """
        <section aria-labelledby="images">
        <h2 id="images">Images</h2>
        <p>No image is a file of the site.</p>
        </section>
        """
    }
    return """
      <section aria-labelledby="images">
      <h2 id="images">Images</h2>
      <div class="tools" role="search" aria-label="Images" hidden>
      <label>Filter <input id="filter" type="search" placeholder="Name or post" autocomplete="off"></label>
      <label>Format <select id="format"><option value="">all</option>\(formats)</select></label>
      <label>Sort by <select id="order"><option value="bytes">bytes</option><option value="saved">saving</option>\
      <option value="name">name</option></select></label>
      <label class="check"><input id="flagged" type="checkbox"> With findings</label>
      <output id="count" for="filter format flagged" aria-live="polite"></output>
      </div>
      <ol class="images">
      \(rows.map { ImageCard(row: $0).html })</ol>
      </section>
      """
  }
}

/// One image.
struct ImageCard {
  /// More places than these nobody reads.
  private static let maxLocations = 8

  let row: ImageRow

  private var name: String { row.file.path.split(separator: "/").last.map(String.init) ?? row.file.path }

  var html: HTML {
    let file = row.file
    return """
      <li id="\(row.id)" data-name="\(file.path)" data-bytes="\(file.bytes)" data-saved="\(row.saved)" \
      data-format="\(ReportText.format(file.format))" data-findings="\(row.findings.count)">
      <article aria-labelledby="\(row.id)-name">
      <h3 id="\(row.id)-name">\(file.path)</h3>
      <p class="facts">\(facts)</p>
      \(view)
      \(locations)
      \(findings)
      \(variants)
      </article>
      </li>

      """
  }

  private var facts: HTML {
    let file = row.file
    var facts: [HTML] = [
      "<b>\(ReportText.size(file.bytes))</b>", "<span>\(ReportText.format(file.format))</span>",
    ]
    if let width = file.width, let height = file.height { facts.append("<span>\(width) × \(height)</span>") }
    if file.frames > 1 { facts.append("<span>\(file.frames) frames</span>") }
    if let variant = row.representative, !row.isOutdated {
      let share = ReportText.percent(variant.bytes, of: file.bytes) ?? "–"
      facts.append(
        "<span class=\"saving\">→ \(ReportText.size(variant.bytes)) at \(variant.width) pixels, \(share)</span>"
      )
    }
    return "\(facts)"
  }

  /// The views before and after.
  private var view: HTML? {
    guard !row.isOutdated, let pair = row.pair,
      let variant = row.variants.first(where: { $0.path == pair.variant })
    else {
      return nil
    }
    let score = variant.score.map { ", score \(ReportText.score($0))" } ?? ""
    return """
      <figure class="pair">
      <div class="views">
      <img src="\(pair.before)" width="\(pair.width)" height="\(pair.height)" alt="Part of \(name) before" decoding="async">
      <img src="\(pair.after)" width="\(pair.width)" height="\(pair.height)" alt="The same part after" decoding="async">
      <input type="range" min="0" max="100" value="50" aria-label="Before and after: how much of \(name) is shown as before" \
      hidden>
      </div>
      <figcaption>\(pair.width) × \(pair.height) pixels, scaled to a width of \(variant.width): the author’s file, and \
      \(ReportText.format(variant.format)), \(ReportText.size(variant.bytes)), quality \
      \(ReportText.quality(variant.settings))\(score)</figcaption>
      </figure>
      """
  }

  private var locations: HTML? {
    guard !row.locations.isEmpty else {
      return row.file.isMentioned
        ? "<p class=\"places\">No post shows it; a layout, stylesheet or other text of the site names it.</p>"
        : "<p class=\"places\">Nothing in the site names it.</p>"
    }
    let shown = row.locations.prefix(Self.maxLocations).enumerated().map { number, location -> HTML in
      "\(number > 0 ? ", " : "")\(FindingItem.location(location.page, location.line))"
    }
    let rest = row.locations.count - shown.count
    return "<p class=\"places\">Shown in \(shown)\(rest > 0 ? " and \(rest) more places" : "")</p>"
  }

  private var findings: HTML? {
    guard !row.findings.isEmpty else { return nil }
    return """
      <ul class="findings">
      \(row.findings.map { FindingItem($0).html(subject: row.file.path) })</ul>
      """
  }

  private var variants: HTML? {
    if row.isOutdated {
      return
        "<p class=\"places\">The file has changed since its variants were made: run again for new ones.</p>"
    }
    guard !row.variants.isEmpty else { return nil }
    let lines = row.variants.map { variant -> HTML in
      """
      <tr><th scope="row">\(variant.width) × \(variant.height)</th><td>\(ReportText.format(variant.format))</td>\
      <td class="number">\(ReportText.size(variant.bytes))</td>\
      <td class="number">\(ReportText.percent(variant.bytes, of: row.file.bytes) ?? "–")</td>\
      <td class="number">\(ReportText.quality(variant.settings))</td>\
      <td class="number">\(ReportText.score(variant.score))</td><td>\(ReportText.purpose(variant))</td></tr>

      """
    }
    return """
      <details><summary>\(row.variants.count.counted("variant"))</summary>
      <div class="scroll" role="region" aria-label="Variants of \(name)" tabindex="0">
      <table>
      <thead><tr><th scope="col">Pixels</th><th scope="col">Format</th><th scope="col" class="number">Bytes</th>\
      <th scope="col" class="number">Share</th><th scope="col" class="number">Quality</th>\
      <th scope="col" class="number">Score</th><th scope="col">For</th></tr></thead>
      <tbody>
      \(lines)</tbody>
      </table>
      </div>
      </details>
      """
  }
}
