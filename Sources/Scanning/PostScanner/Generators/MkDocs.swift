import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// MkDocs (1.4 and later).
  static let mkdocs = SiteKind(
    kind: .mkdocs,
    recognize: { folder in folder.first("mkdocs", ["yml", "yaml"]).map { "\($0) is there" } },
    open: { folder throws(ScanError) in
      let file = folder.first("mkdocs", ["yml", "yaml"])
      var problems: [Diagnostic] = []
      let tree = try file.flatMap { name throws(ScanError) in
        try ConfigurationText.tree(name, in: folder, .pyYAML, &problems)
      }
      let address = PostPath.address(tree?["site_url"]?.text ?? "")
      let docs = tree?["docs_dir"]?.text?.trimmingSlashes ?? "docs"
      let isPretty = tree?["use_directory_urls"]?.bool ?? true
      var reading = ReadingRules(matter: [.yaml, .metadata], yaml: .pyYAML, mounts: [LinkForm.Mount(docs)])
      // Markdown's relative links name files; MkDocs turns them round. Raw HTML stays as it is.
      reading.markdown = [.besidePost(), URLRule(way: .publishedFromRoot)]
      reading.html = [.published]
      reading.tag = reading.markdown
      reading.frontMatter = [URLRule(way: .publishedFromRoot), .below(docs), .besidePost()]
      let plugins = MkDocsPlugins(tree?["plugins"])
      reading.keepsMarkup = plugins.keepsMarkup
      reading.keepsFormat = MkDocsPlugins.names(tree?["plugins"]).contains("rss")
      reading.readsAttributeLists = MkDocsPlugins.names(tree?["markdown_extensions"]).contains {
        [
          "attr_list", "extra", "markdown.extensions.attr_list", "markdown.extensions.extra",
          "pymdownx.extra",
        ]
        .contains($0)
      }
      return FolderLayout(
        site: Site(
          kind: .mkdocs, reason: "", root: "", baseurl: address.base, url: address.origin,
          variantFolder: "\(docs)/assets/optimized"),
        problems: problems,
        reading: reading,
        postFolders: [docs],
        dialects: ["md": .pythonMarkdown, "markdown": .pythonMarkdown, "mdown": .pythonMarkdown],
        skipped: [tree?["site_dir"]?.text?.trimmingSlashes ?? "site"],
        page: { path, inner, matter in
          let moved = plugins.address(of: inner, matter)
          var page = PostPage(
            url: isPretty
              ? moved.map { "/\($0)/" } ?? PostPath.pretty(inner, indexNames: ["index", "README"])
              : "/" + (moved ?? String(inner.dropLast(FileName(inner).extension.count))) + ".html")
          if moved != nil {
            page.keepsMarkup =
              "the plugin blog shows posts at other addresses, where it finds the images of Markdown alone"
          }
          return page
        }
      )
    }
  )
}
