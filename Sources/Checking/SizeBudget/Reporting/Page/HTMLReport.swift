import AssetModel

extension SiteReport {
  /// The start of every report. A file that begins otherwise is none, and not to be overwritten.
  package static let signature = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="generator" content="optimize-assets report">

    """

  /// The report as one page that loads nothing: no network, and nothing of the site's that could run.
  ///
  /// Without JavaScript everything is there to be read; with it tables and images can be sorted and filtered, and views
  /// before and after lie on top of each other.
  package var html: String {
    let posts = PostRow.rows(self)
    let images = ImageRow.rows(self)
    // Only these very bytes of style and script may take effect.
    let policy =
      "default-src 'none'; img-src data:; style-src 'sha256-\(ContentDigest.base64(ReportFiles.style.text))'; "
      + "script-src 'sha256-\(ContentDigest.base64(ReportFiles.script.text))'; base-uri 'none'; form-action 'none'"
    let page: HTML = """
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Images of \(name)</title>
      <style>\(ReportFiles.style)</style>
      </head>
      <body>
      <header>
      <h1>Images of \(name)</h1>
      \(recordText)
      <nav aria-label="Parts of the report"><a href="#totals">Totals</a> <a href="#findings">Findings</a> \
      <a href="#posts">Posts</a> <a href="#images">Images</a></nav>
      </header>
      <main>
      \(TotalsSection(report: self, posts: posts, images: images).html)
      \(FindingsSection(report: self, images: images).html)
      \(PostsSection(report: self, rows: posts).html)
      \(ImagesSection(report: self, rows: images).html)
      </main>
      <script>\(ReportFiles.script)</script>
      </body>
      </html>

      """
    return Self.signature + page.text
  }

  private var recordText: HTML {
    switch record {
    case .nothing(let command):
      "<p>No variants exist yet: this is what the author’s files weigh. <code>\(command)</code> makes them.</p>"
    case .unrecorded(let command):
      """
      <p>There are variants here, and no record of what they were made of. <code>\(command)</code> keeps one.</p>
      """
    case .staged(let folder):
      "<p>The site’s posts, and what was made of their images in <code>\(folder)</code>.</p>"
    case .inPlace: "<p>The site’s posts, and what was made of their images in place.</p>"
    }
  }
}
