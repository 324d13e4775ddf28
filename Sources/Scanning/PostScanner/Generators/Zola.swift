import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Zola (`components/content/src`, 0.17).
  static let zola = SiteKind(
    kind: .zola,
    recognize: { folder in
      let files = ["config.toml", "zola.toml"]
      guard let file = folder.first(files) else { return nil }
      if folder.has(folder: "templates"), !folder.has(folder: "layouts") {
        return "\(file) and a folder templates are there"
      }
      // Hugo's key is baseURL.
      let names = ConfigurationText.firstMatch("(?m)^\\s*base_url\\s*=", in: folder.textIfAny(file))
      return names == nil ? nil : "\(file) with a base_url is there"
    },
    open: { folder throws(ScanError) in
      let file = folder.first(["config.toml", "zola.toml"]) ?? "config.toml"
      let tree = folder.has(file: file) ? try ConfigurationText.tree(file, in: folder) : nil
      let address = PostPath.address(tree?.find("base_url")?.text ?? "")
      let languages = Set(tree?.find("languages")?.keys ?? [])
      let themes = tree?.find("theme")?.texts ?? []
      var reading = ReadingRules(
        matter: [.toml, .yaml],
        fields: ScanOptions.defaultFields + ["extra.*", "extra.*.image", "extra.*.src", "extra.*.path"],
        template: .zola,
        tags: TagPattern.zola,
        mounts: [LinkForm.Mount("static")] + themes.map { LinkForm.Mount("themes/\($0)/static") }
      )
      reading.takesBlankLinesFirst = true
      let host = ZolaFeeds.resolveURLs(tree, themes, in: folder) ? "" : address.origin
      reading.bundleRoot = host + address.base + "/"
      reading.setsTypography = tree?.find("markdown.smart_punctuation")?.bool ?? false
      let resource = "templates take the image by its name, to make a file of it themselves"
      reading.markdown = [.besideBundle, .published]
      reading.html = reading.markdown
      // `search_for_file` of Zola's functions looks in the site's root first.
      reading.tag = [
        .besideBundle, .alias("@/", folder: "content"), .below(""), .below("static"), .below("content"),
        .published,
      ]
      reading.frontMatter = [
        .besidePost(obstacle: resource), .published, .below("static"), .below("content", obstacle: resource),
      ]
      return FolderLayout(
        site: Site(
          kind: .zola, reason: "", root: "", baseurl: address.base, url: address.origin,
          variantFolder: "static/assets/optimized"),
        reading: reading,
        postFolders: ["content"],
        dialects: ["md": .commonmark],
        skipped: [tree?.find("output_dir")?.text ?? "public"],
        page: { path, inner, matter in ZolaPage.page(path, inner, matter, languages) },
        needsFrontMatter: true
      )
    }
  )
}

extension URLRule {
  fileprivate static let besideBundle = URLRule(way: .besideBundle)
}

/// The feeds of a Zola site.
private enum ZolaFeeds {
  /// Whether readers can resolve the paths of a feed's posts: Zola's own templates say where they start (`xml:base`).
  static func resolveURLs(_ tree: FrontMatterValue?, _ themes: [String], in folder: SiteFolder) -> Bool {
    let names = tree?.find("feed_filenames")?.texts ?? tree?.find("feed_filename")?.texts ?? ["atom.xml"]
    return names.allSatisfy { name in
      let files = ["templates/\(name)"] + themes.map { "themes/\($0)/templates/\(name)" }
      return folder.first(files).map { folder.textIfAny($0).contains("xml:base") } ?? true
    }
  }
}

/// The addresses of Zola's pages.
private enum ZolaPage {
  static func page(_ path: String, _ inner: String, _ matter: FrontMatter, _ languages: Set<String>)
    -> PostPage
  {
    let name = FileName(inner)
    var stem = name.stem
    var prefix = "/"
    if let dot = stem.lastIndex(of: "."), languages.contains(String(stem[stem.index(after: dot)...])) {
      prefix = "/\(stem[stem.index(after: dot)...])/"
      stem = String(stem[..<dot])
    }
    let isBundle = stem == "index" || stem == "_index"
    var parts = name.folder.split(separator: "/").map { slug(undated(String($0))) }
    if !isBundle { parts.append(slug(undated(stem))) }
    if stem == "index" || !isBundle, let written = matter.text("slug"), !parts.isEmpty {
      parts[parts.count - 1] = slug(written)
    }
    var page = PostPage(url: PostPath.rooted(prefix + parts.joined(separator: "/") + "/"))
    if stem != "_index", let written = matter.text("path") {
      // As it stands: no language comes before it.
      page.url = PostPath.rooted(written.trimmingSlashes + "/")
    }
    if isBundle { page.bundle = FileName(path).folder }
    return page
  }

  /// Without a date in front: `2020-01-31-name` and `2020-01-31_name`.
  private static func undated(_ name: String) -> String {
    let match = ConfigurationText.firstMatch("^\\d{4}-\\d{2}-\\d{2}(?:T[^_]*Z?)?[-_](.+)$", in: name)
    return match?[1] ?? name
  }

  private static func slug(_ text: String) -> String { Permalink.slug(text) }
}
