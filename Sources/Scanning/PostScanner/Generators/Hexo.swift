import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Hexo (6 and 7), whose configuration has Jekyll's name.
  static let hexo = SiteKind(
    kind: .hexo,
    recognize: { folder in
      guard let file = folder.first("_config", ["yml", "yaml"]) else { return nil }
      if folder.has(folder: "source/_posts") { return "\(file) and a folder source/_posts are there" }
      return folder.has(folder: "scaffolds") && folder.has(folder: "source")
        ? "\(file) and folders source and scaffolds are there" : nil
    },
    open: { folder throws(ScanError) in
      let file = folder.first("_config", ["yml", "yaml"])
      let tree = try file.flatMap { name throws(ScanError) in try ConfigurationText.tree(name, in: folder) }
      let address = PostPath.address(tree?["url"]?.text ?? "")
      let base = tree?["root"]?.text.map(PostPath.base) ?? address.base
      let source = tree?["source_dir"]?.text?.trimmingSlashes ?? "source"
      var reading = ReadingRules(
        matter: [.yaml, .json],
        fields: ScanOptions.defaultFields + [
          "top_img", "photos", "index_img", "banner_img", "headimg", "post_cover", "cover_index",
          "cover_detail",
        ],
        template: .nunjucks,
        tags: TagPattern.hexo,
        mounts: [LinkForm.Mount(source)]
      )
      let asset = tree?["post_asset_folder"]?.bool ?? false ? [URLRule(way: .assetFolder)] : []
      reading.markdown = asset + [.published]
      reading.html = [.published]
      reading.tag = [URLRule(way: .assetFolder), .published]
      reading.frontMatter = asset + [.published, .below(source)]
      let marked = tree?["marked"]
      if marked?["figcaption"]?.bool ?? false {
        reading.keepsMarkdown = "the renderer makes a figure of a Markdown image (marked: figcaption)"
      } else if marked?["lazyload"]?.bool ?? false {
        reading.keepsMarkdown = "the renderer adds attributes to Markdown images (marked: lazyload)"
      }
      // `prependRoot`, which is on.
      if marked?["prependRoot"]?.bool ?? true, !base.isEmpty { reading.markdownRoot = base + "/" }
      let permalink = tree?["permalink"]?.text ?? ":year/:month/:day/:title/"
      return FolderLayout(
        site: Site(
          kind: .hexo, reason: "", root: "", baseurl: base, url: address.origin,
          variantFolder: "\(source)/assets/optimized"),
        reading: reading,
        postFolders: [source, "\(source)/_posts"],
        dialects: ["md": .commonmark, "markdown": .commonmark, "mkd": .commonmark, "html": .html],
        skipped: [tree?["public_dir"]?.text ?? "public", "themes"],
        excluded: ["\(source)/_data", "\(source)/_drafts"],
        skipsUnderscored: true,
        page: { path, inner, matter in
          guard path.hasPrefix("\(source)/_posts/") else { return PostPage(url: PostPath.pretty(inner)) }
          let name = FileName(inner)
          let date = matter.text("date").flatMap {
            PostDate($0, isTimestamp: false, zone: TimeZone(identifier: "UTC") ?? .current)
          }
          let url = Permalink.fill(matter.text("permalink") ?? permalink) { placeholder in
            switch placeholder {
            case "title": name.withoutExtension(below: "")
            case "name", "post_title": name.stem
            case "category": matter.words("categories").joined(separator: "/")
            default: date?.text(placeholder)
            }
          }
          return PostPage(url: PostPath.rooted(url))
        }
      )
    }
  )
}
