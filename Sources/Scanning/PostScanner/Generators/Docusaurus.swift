import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Docusaurus (2 and 3), which reads `.md` as MDX.
  static let docusaurus = SiteKind(
    kind: .docusaurus,
    recognize: { folder in
      folder.first("docusaurus.config", JavaScriptSite.extensions).map { "\($0) is there" }
    },
    open: { folder throws(ScanError) in
      let file = folder.first("docusaurus.config", JavaScriptSite.extensions)
      let code = ConfigurationText.code(file.map(folder.textIfAny) ?? "", isPython: false)
      let address = PostPath.address(ConfigurationText.string("url", in: code) ?? "")
      let statics = ConfigurationText.strings("staticDirectories", in: code) ?? ["static"]
      let reason = "Docusaurus makes the files and the markup of this image itself"
      var reading = ReadingRules(
        matter: [.yaml],
        mounts: statics.map { LinkForm.Mount($0.trimmingSlashes) }
      )
      let site = URLRule.alias("@site/", folder: "", obstacle: reason)
      reading.markdown = [
        .besidePost(obstacle: reason), URLRule(way: .publishedFromRoot, obstacle: reason), site,
      ]
      reading.html = [.published]
      // The plugin that makes the files looks at inline images alone (`remark/transformImage`).
      reading.markdownReference = [
        URLRule(
          way: .published, obstacle: "Docusaurus leaves a reference-style image as the browser reads it")
      ]
      reading.tag = reading.markdown
      reading.frontMatter = [.besidePost(obstacle: reason), URLRule(way: .publishedFromRoot), site]
      let skipped = ["build", ".docusaurus"]
      return FolderLayout(
        site: Site(
          kind: .docusaurus, reason: "", root: "",
          baseurl: PostPath.base(ConfigurationText.string("baseUrl", in: code) ?? ""), url: address.origin,
          variantFolder: "\((statics.first ?? "static").trimmingSlashes)/assets/optimized"),
        reading: reading,
        postFolders: ["docs", "blog", "src/pages", "versioned_docs", "i18n", "community"]
          + ConfigurationText.matches("\\bpath\\s*:\\s*(['\"`])([^'\"`]*)\\1", in: code).map {
            $0[2].trimmingSlashes
          },
        dialects: ["md": .mdx, "mdx": .mdx],
        skipped: Set(skipped),
        skipsUnderscored: true,
        page: { path, inner, matter in
          let folder = path.hasPrefix("src/pages/") ? "" : path.hasPrefix("blog/") ? "blog/" : "docs/"
          if let slug = matter.text("slug") { return PostPage(url: PostPath.rooted(folder + slug + "/")) }
          let url = PostPath.pretty(folder + inner, indexNames: ["index", "README"])
          // `blog/2024-01-02-walk.md` is `blog/2024/01/02/walk` (`blogUtils`).
          guard folder == "blog/",
            let parts = ConfigurationText.firstMatch(
              "^/blog/(.*?)(\\d{4})-(\\d\\d?)-(\\d\\d?)-?(.*)$", in: url)
          else { return PostPage(url: url) }
          return PostPage(url: "/blog/\(parts[2])/\(parts[3])/\(parts[4])/\(parts[1])\(parts[5])")
        }
      )
    }
  )
}
