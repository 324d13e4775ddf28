import AssetModel
import SiteFiles

extension PostScanner {
  /// Files by which a folder with a generator's site is told, before it is looked at closer.
  package static var configurationFiles: [String] { InnerSites.files }

  /// Whether the generator of the site copies a file of its root folder to the pages, as it does with what it does not
  /// know; and how that is prevented.
  ///
  /// - Parameter name: the file's name.
  /// - Returns: the configuration file and what to do there; nil where the file is not published, or the site cannot be
  ///   read.
  package func publication(ofRootFile name: String) -> (file: String, advice: String)? {
    let folder = SiteFolder(root: root, options)
    guard let layout = layout(of: folder) else { return nil }
    switch layout.site.kind {
    case .jekyll:
      guard layout.publishes(name) else { return nil }
      return (
        folder.first("_config", ["yml", "yaml"]) ?? "_config.yml", "add it to the list exclude: there"
      )
    case .lektor, .markdown, .nikola, .quarto, .sphinx:
      // Quarto copies what pages link to and what `resources` lists, wherever that is; of Markdown nobody knows who does.
      return nil
    case .astro, .docusaurus, .eleventy, .hexo, .html, .hugo, .mkdocs, .pelican, .zola:
      let isPublished = layout.reading.mounts.contains { $0.published(name) != nil }
      return isPublished
        ? (name, "leave the site's root out of the folders that \(layout.site.kind.name) copies") : nil
    }
  }
}

extension PostScanner {
  /// Whether the generator of the site makes pages of what lies in a folder of it, as a copy of the site does; and how that is
  /// prevented.
  ///
  /// - Returns: the configuration file and what to do there; nil where the folder is left out, or the site cannot be read.
  package func publication(ofCopyAt path: String) -> (file: String, advice: String)? {
    let folder = SiteFolder(root: root, options)
    guard let layout = layout(of: folder),
      layout.holdsPost(at: path + "/post.md", needsFrontMatter: true, hasFrontMatter: { true })
    else { return nil }
    switch layout.site.kind {
    case .eleventy:
      return (
        EleventyConfiguration.file(folder) ?? "eleventy.config.js",
        "add eleventyConfig.ignores.add(\"\(path)\") there, or name another folder with --output"
      )
    case .jekyll:
      return (
        folder.first("_config", ["yml", "yaml"]) ?? "_config.yml",
        "add \(path) to the list exclude: there, or name another folder with --output"
      )
    case .astro, .docusaurus, .hexo, .html, .hugo, .lektor, .markdown, .mkdocs, .nikola, .pelican, .quarto,
      .sphinx, .zola:
      return nil
    }
  }

  private func layout(of folder: SiteFolder) -> (any SiteLayout)? {
    let kind = options.kind.flatMap { wanted in SiteKind.all.first { $0.kind == wanted } }
    return try? (kind ?? SiteKind.all.first { $0.recognize(folder) != nil })?.open(folder)
  }

  /// Detects the folders of the site that hold no sources: the generator's output, caches, version control.
  package func foldersWithoutSources() -> @Sendable (_ folder: String) -> Bool {
    let folder = SiteFolder(root: root, options)
    let excluded = Set(options.excludedFolders.map(\.trimmingSlashes))
    guard let layout = layout(of: folder) else { return { excluded.contains($0) } }
    // In a folder of Markdown hidden folders hold no posts, and yet are an author's, as .github is.
    let readsHidden = layout.site.kind == .markdown
    return { folder in
      if readsHidden, FileName(folder).name.hasPrefix(".") { return excluded.contains(folder) }
      return excluded.contains(folder) || layout.isSkipped(folder: folder)
    }
  }
}
