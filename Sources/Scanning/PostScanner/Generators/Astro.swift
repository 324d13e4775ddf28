import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Astro (4 and 5).
  static let astro = SiteKind(
    kind: .astro,
    recognize: { folder in
      folder.first("astro.config", JavaScriptSite.extensions).map { "\($0) is there" }
    },
    open: { folder throws(ScanError) in
      // In a staged copy the author's configuration may have another name.
      let file = folder.first(DoorFiles.authors) ?? folder.first("astro.config", JavaScriptSite.extensions)
      let code = ConfigurationText.code(file.map(folder.textIfAny) ?? "", isPython: false)
      let url = ConfigurationText.firstMatch(
        "\\bsite\\s*:[^,\\n]*?(['\"`])(https?://[^'\"`]*)\\1", in: code)?[2]
      let address = PostPath.address(url ?? "")
      let base = ConfigurationText.string("base", in: code).map(PostPath.base) ?? address.base
      let files = (ConfigurationText.string("publicDir", in: code) ?? "public").trimmingSlashes
      let source = (ConfigurationText.string("srcDir", in: code) ?? "src").trimmingSlashes
      let reason = "Astro makes the files and the markup of this image itself"
      var reading = ReadingRules(
        matter: [.yaml, .toml],
        fields: ScanOptions.defaultFields + [
          "heroImage", "heroImage.src", "image.src", "image.url", "ogImage", "socialImage", "cover.src",
          "photos",
        ],
        mounts: [LinkForm.Mount(files)]
      )
      let aliases = [("@/", source), ("~/", source), ("@assets/", "\(source)/assets"), ("src/", source)]
      let imported =
        [URLRule.besidePost(obstacle: reason)]
        + aliases.map { URLRule.alias($0, folder: $1, obstacle: reason) }
        + [.below(source, isLoose: false, obstacle: reason)]
      reading.markdown = [.published] + imported + [.alias("/src/", folder: source, obstacle: reason)]
      // Relative paths in Markdown and imports name files, not URLs.
      reading.markdown = reading.markdown.map { $0.rootedOnly }
      reading.html = [.published]
      reading.tag = reading.markdown
      reading.frontMatter = reading.markdown
      var site = Site(
        kind: .astro, reason: "", root: "", baseurl: base, url: address.origin,
        variantFolder: "\(files)/assets/optimized")
      site.door = file.map { AstroDoor.judged($0, folder, source: source) }
      let isOpen = site.door.map { $0.closed == nil } ?? false
      let reachesMDX = isOpen && file.map { AstroDoor.reachesMDX($0, folder, source: source) } ?? false
      return FolderLayout(
        site: site,
        reading: reading,
        postFolders: [source],
        dialects: ["md": .commonmark, "markdown": .commonmark, "mdx": .mdx],
        skipped: [(ConfigurationText.string("outDir", in: code) ?? "dist").trimmingSlashes, ".astro"],
        page: { path, inner, matter in
          var inner = inner
          for folder in ["content/", "pages/"] where inner.hasPrefix(folder) {
            inner = String(inner.dropFirst(folder.count))
          }
          var page = PostPage(url: PostPath.pretty(inner))
          if isOpen, !path.hasSuffix(".mdx") || reachesMDX { (page.hookName, page.hasDoor) = (path, true) }
          return page
        }
      )
    }
  )
}

extension URLRule {
  /// The rule for paths that begin with `/` only.
  fileprivate var rootedOnly: URLRule {
    if case .published = way { return URLRule(way: .publishedFromRoot, obstacle: obstacle) }
    return self
  }
}

/// What sites with a configuration in JavaScript share.
enum JavaScriptSite {
  /// The extensions that a configuration can have.
  static let extensions = ["js", "mjs", "cjs", "ts", "mts", "cts"]
}
