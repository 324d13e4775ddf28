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

/// The files of a staged copy whose generator gives images candidates by its configuration, beside that.
package enum DoorFiles {
  /// What the images show, by post and destination.
  package static let pictures = "optimize-assets.pictures.json"
  /// The names that the author's configuration may have.
  package static let authors = ["js", "mjs", "cjs", "ts", "mts"].map { author + $0 }
  /// All files that a door may have beside the configuration.
  package static let all = [pictures] + authors

  private static let author = "optimize-assets.author."

  /// The name that the author's configuration gets, in the same folder.
  package static func author(of configuration: String) -> String {
    author + (configuration.split(separator: ".").last ?? "js")
  }
}
