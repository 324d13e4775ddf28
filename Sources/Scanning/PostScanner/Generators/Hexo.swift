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
        matter: [.yaml, .json, .unopened],
        fields: ScanOptions.defaultFields + [
          "top_img", "photos", "index_img", "banner_img", "headimg", "post_cover", "cover_index",
          "cover_detail",
        ],
        template: .nunjucks,
        tags: TagPattern.hexo,
        mounts: [LinkForm.Mount(source)]
      )
      let asset = tree?["post_asset_folder"]?.bool ?? false ? [URLRule(way: .assetFolder)] : []
      let assets = HexoAssets(tree)
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
      reading.keepsMarkedText = true
      let pipeline = ImagePipeline(packagesIn: folder)
      if let pipeline {
        reading.keepsMarkdown = pipeline.reason
        (reading.keepsHTML, reading.keepsFrontMatter) = (pipeline.reason, pipeline.reason)
      }
      let permalink = tree?["permalink"]?.text ?? ":year/:month/:day/:title/"
      let output = tree?["public_dir"]?.text ?? "public"
      var site = Site(
        kind: .hexo, reason: "", root: "", baseurl: base, url: address.origin,
        variantFolder: "\(source)/assets/optimized")
      site.keepsImages = pipeline?.reason
      return FolderLayout(
        site: site,
        problems: pipeline.map { [$0.problem(of: "Hexo", output: output)] } ?? [],
        reading: reading,
        postFolders: [source, "\(source)/_posts"],
        dialects: ["md": .commonmark, "markdown": .commonmark, "mkd": .commonmark, "html": .html],
        skipped: [output, "themes"],
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
          var page = PostPage(url: PostPath.rooted(url))
          if assets.areCertain(of: matter.text("permalink") ?? permalink, isDated: date != nil) {
            page.assetFolder = Permalink.folder(of: page.url)
          }
          return page
        }
      )
    }
  )
}

/// Where Hexo puts the files of a post's own folder, and who says so.
private struct HexoAssets {
  /// Whether the renderer gives Markdown URLs without a folder the address of such a file.
  private var areResolved = false

  init(_ tree: FrontMatterValue?) {
    let marked = tree?["marked"]
    areResolved =
      marked?["postAsset"]?.bool ?? false && marked?["prependRoot"]?.bool ?? true
      && !(tree?["relative_link"]?.bool ?? false)
      // A name that holds a date is not all of the post's title.
      && tree?["new_post_name"]?.text ?? ":title.md" == ":title.md"
  }

  /// Whether the address is certain: it ends as a folder does, and says nothing but the date and the file's name.
  func areCertain(of permalink: String, isDated: Bool) -> Bool {
    guard areResolved, permalink.hasSuffix("/") else { return false }
    var rest = permalink
    for name in [":year", ":month", ":day"] where isDated { rest = rest.replacing(name, with: "") }
    for name in [":title", ":name"] { rest = rest.replacing(name, with: "") }
    return !rest.contains(":")
  }
}
