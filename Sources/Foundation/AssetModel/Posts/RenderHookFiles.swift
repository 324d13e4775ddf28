/// The files of the render hook that is generated for Hugo sites, relative to the site's root.
package enum RenderHookFiles {
  /// The template, where all versions of Hugo from 0.62 on look for it.
  package static let template = "layouts/_default/_markup/render-image.html"
  /// The same for feeds, whose readers cannot resolve candidates: it prints what Hugo would.
  package static let feed = "layouts/_default/_markup/render-image.rss.xml"
  /// All of them.
  package static let all = [template, feed, data]
  /// What it prints, by the post's path below the content folder and the image's destination.
  package static let data = "data/optimize_assets.json"
}
