import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Quarto websites and blogs (1.3 and later).
  static let quarto = SiteKind(
    kind: .quarto,
    recognize: { folder in folder.first("_quarto", ["yml", "yaml"]).map { "\($0) is there" } },
    open: { folder throws(ScanError) in
      let file = folder.first("_quarto", ["yml", "yaml"])
      let tree = try file.flatMap { name throws(ScanError) in try ConfigurationText.tree(name, in: folder) }
      let address = PostPath.address(tree?.find("website.site-url")?.text ?? "")
      // Pandoc makes a figure of an image alone in its paragraph, and only files that pages name are copied.
      let reason = "Quarto copies only the files that it sees a page name, and makes figures of images itself"
      var reading = ReadingRules(matter: [.yaml], template: .hugo, mounts: [LinkForm.Mount("")])
      reading.markdown = [.besidePost(obstacle: reason), URLRule(way: .publishedFromRoot, obstacle: reason)]
      reading.html = reading.markdown
      reading.tag = reading.markdown
      reading.frontMatter = reading.markdown
      return FolderLayout(
        site: Site(kind: .quarto, reason: "", root: "", baseurl: address.base, url: address.origin),
        reading: reading,
        postFolders: [""],
        dialects: ["qmd": .commonmark, "md": .commonmark, "rmd": .commonmark],
        skipped: [tree?.find("project.output-dir")?.text?.trimmingSlashes ?? "_site", "_freeze", ".quarto"],
        excluded: ["README.md"],
        skipsUnderscored: true,
        page: { path, inner, matter in
          PostPage(url: "/" + inner.dropLast(FileName(inner).extension.count) + ".html")
        }
      )
    }
  )
}
