import AssetModel
import SiteFiles

extension SiteKind {
  /// Sphinx (4 and later), with ablog or without, in reStructuredText or in Markdown through MyST.
  static let sphinx = SiteKind(
    kind: .sphinx,
    recognize: { folder in
      guard let file = PythonSettings.sphinx(folder), !PythonSettings.hasPage(folder) else { return nil }
      return "\(file) is there"
    },
    open: { folder throws(ScanError) in
      let file = PythonSettings.sphinx(folder) ?? "conf.py"
      let code = ConfigurationText.code(folder.textIfAny(file), isPython: true)
      let source = FileName(file).folder
      let below = source.isEmpty ? "" : source + "/"
      func folders(_ key: String) -> [String] {
        (ConfigurationText.strings(key, in: code) ?? []).map { below + $0.trimmingSlashes }
      }
      let address = PostPath.address(ConfigurationText.string("html_baseurl", in: code) ?? "")
      let reason = "Sphinx copies the images that pages name, and makes their markup itself"
      var reading = ReadingRules(
        matter: [.yaml], mounts: folders("html_static_path").map { LinkForm.Mount($0, at: "_static") })
      // A path from the root begins at the sources' folder.
      reading.markdown = [
        .besidePost(obstacle: reason), .below(source, isLoose: false, obstacle: reason), .published,
      ]
      reading.html = [.published]
      reading.tag = reading.markdown
      reading.frontMatter = reading.markdown
      reading.keepsMarkdown = reason
      reading.readsDirectives = true
      reading.keepsHTML = "the sources of Sphinx are read, and left as they are"
      return FolderLayout(
        site: Site(kind: .sphinx, reason: "", root: "", baseurl: address.base, url: address.origin),
        reading: reading, postFolders: [source], dialects: ["md": .commonmark, "markdown": .commonmark],
        skipped: ["\(below)_build", "\(below)build", "_build", "build"],
        excluded: folders("templates_path") + folders("exclude_patterns") + ["README.md", "README.rst"],
        skipsUnderscored: true,
        page: { path, inner, matter in
          PostPage(url: "/" + inner.dropLast(FileName(inner).extension.count) + ".html", isTemplated: false)
        }
      )
    }
  )
}

/// Settings that are Python, in a file whose name two generators share.
enum PythonSettings {
  /// Sphinx's `conf.py`.
  static func sphinx(_ folder: SiteFolder) -> String? {
    ["conf.py", "source/conf.py", "docs/conf.py", "docs/source/conf.py", "doc/conf.py"].first { file in
      guard folder.has(file: file) else { return false }
      let code = ConfigurationText.code(folder.textIfAny(file), isPython: true)
      return !code.contains("BLOG_TITLE") && (code.contains("html_theme") || code.contains("extensions"))
    }
  }

  /// Whether a `conf.py` is Nikola's.
  static func isNikola(_ folder: SiteFolder) -> Bool {
    folder.has(file: "conf.py")
      && ConfigurationText.code(folder.textIfAny("conf.py"), isPython: true).contains("BLOG_TITLE")
  }

  /// Whether the folder has a page to begin with, so that it is a built site.
  static func hasPage(_ folder: SiteFolder) -> Bool {
    folder.has(file: "index.html") || folder.has(file: "index.htm")
  }
}
