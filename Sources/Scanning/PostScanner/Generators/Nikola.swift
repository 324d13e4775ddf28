import AssetModel
import SiteFiles

extension SiteKind {
  /// Nikola (8).
  static let nikola = SiteKind(
    kind: .nikola,
    recognize: { folder in
      PythonSettings.isNikola(folder) && !PythonSettings.hasPage(folder)
        ? "conf.py with a BLOG_TITLE is there" : nil
    },
    open: { folder throws(ScanError) in
      let code = ConfigurationText.code(folder.textIfAny("conf.py"), isPython: true)
      let address = PostPath.address(ConfigurationText.string("SITE_URL", in: code) ?? "")
      // `("posts/*.rst", "posts", "post.tmpl")`: where sources lie, and where their pages go.
      let tuples = ConfigurationText.matches(
        "\\(\\s*['\"]([^'\"*]*)/?\\*\\.\\w+['\"]\\s*,\\s*['\"]([^'\"]*)['\"]", in: code)
      var outputs = ["posts": "posts", "pages": "pages"]
      for tuple in tuples { outputs[tuple[1].trimmingSlashes] = tuple[2].trimmingSlashes }
      let isPretty = ConfigurationText.bool("PRETTY_URLS", in: code) ?? true
      var reading = ReadingRules(
        matter: [.yaml, .toml],
        mounts: [LinkForm.Mount("files", at: ""), LinkForm.Mount("images", at: "images")])
      reading.markdown = [.published]
      reading.html = reading.markdown
      reading.tag = reading.markdown
      reading.frontMatter = [.published, .below("files"), .below("")]
      reading.keepsMarkdown = "the sources of Nikola are read, and left as they are"
      reading.keepsHTML = reading.keepsMarkdown
      let output = ConfigurationText.string("OUTPUT_FOLDER", in: code)?.trimmingSlashes ?? "output"
      return FolderLayout(
        site: Site(
          kind: .nikola, reason: "", root: "", baseurl: address.base, url: address.origin,
          variantFolder: "images/optimized"),
        reading: reading, postFolders: Array(outputs.keys),
        dialects: [
          "md": .pythonMarkdown, "markdown": .pythonMarkdown, "mdown": .pythonMarkdown, "html": .html,
        ],
        skipped: [output, "cache", "themes", "plugins"],
        page: { [outputs] path, inner, matter in
          let folder = String(path.dropLast(inner.count)).trimmingSlashes
          let name = matter.text("slug") ?? FileName(inner).stem
          let base = "/\(outputs[folder] ?? folder)/\(FileName(inner).folder)/\(name)"
          return PostPage(
            url: PostPath.rooted(isPretty ? base + "/" : base + ".html"), isTemplated: false)
        }
      )
    }
  )
}
