import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Hugo (`hugolib/content_map.go`, `resources/page/permalinks.go`, 0.111).
  static let hugo = SiteKind(
    kind: .hugo,
    recognize: { folder in
      if let file = folder.first("hugo", HugoConfiguration.extensions) { return "\(file) is there" }
      if let file = folder.first("config", HugoConfiguration.extensions), folder.has(folder: "content") {
        return "\(file) and a folder content are there"
      }
      guard folder.has(folder: "config/_default"), folder.has(folder: "content") else { return nil }
      return "folders config/_default and content are there"
    },
    open: { folder throws(ScanError) in
      let configuration = try HugoConfiguration(folder)
      let address = PostPath.address(configuration.text("baseURL") ?? "")
      var reading = ReadingRules(
        matter: [.yaml, .toml, .json],
        fields: ScanOptions.defaultFields + [
          "cover.image", "cover.src", "resources", "params.image", "params.images", "params.cover",
          "params.cover.image", "params.thumbnail", "params.featured_image", "featuredImage",
          "featuredImagePreview", "featured", "series_image", "author.image",
        ],
        template: .hugo,
        tags: configuration.hasBuiltInFigure ? [.builtInFigure] + TagPattern.hugo : TagPattern.hugo,
        allowsHTML: configuration.bool("markup.goldmark.renderer.unsafe") ?? false,
        mounts: configuration.staticFolders.map { LinkForm.Mount($0) }
      )
      let resource = "templates take the image as a resource of the page, by its name"
      reading.takesBlankLinesFirst = true
      reading.markdown = [.besideBundle, .published]
      reading.html = [.besideBundle, .published]
      reading.tag = [.besideBundle, .published, .below("static"), .below("assets")]
      reading.frontMatter = [
        .besidePost(obstacle: resource), .published, .below(configuration.staticFolders.first ?? "static"),
        .below("assets", obstacle: resource), URLRule(way: .publishedAtRoot, obstacle: resource),
      ]
      reading.changesSigns = configuration.changesSigns
      // Feeds print summaries, and many themes' whole posts.
      reading.keepsFormat = true
      (reading.summaryWords, reading.dividesPosts) = (configuration.summaryWords, true)
      if configuration.mayResolveResources {
        reading.markdown[0] = URLRule(way: .besideBundle, obstacle: configuration.ownHook.reason)
      }
      var problems: [Diagnostic] = []
      if configuration.imageHook == nil, let missing = configuration.missingTheme {
        // A theme that is not there can have a hook, which a <picture> in the post would go past.
        reading.keepsMarkup =
          "the theme \(missing) is not there to be read, and may make the markup of images"
      }
      if let hook = configuration.imageHook {
        if HugoHook.printsPath(folder.textIfAny(hook)) {
          reading.replacesMarkdown = false
          problems.append(
            Diagnostic(
              .note, .referenceKept, file: hook,
              message:
                "this template makes the markup of Markdown images, which gain no candidates, but lighter files"
            ))
        } else {
          reading.keepsMarkdown = Site.FileHook(hook).reason
        }
      }
      let variants = configuration.staticFolders.first ?? "static"
      var site = Site(
        kind: .hugo, reason: "", root: "", baseurl: address.base, url: address.origin,
        variantFolder: "\(variants)/assets/optimized")
      site.fileHook = configuration.fileHook(folder)
      return FolderLayout(
        site: site, problems: problems, reading: reading,
        postFolders: configuration.contentFolders.map(\.folder),
        dialects: [
          "md": .commonmark, "markdown": .commonmark, "mdown": .commonmark, "html": .html, "htm": .html,
        ],
        skipped: [configuration.text("publishDir") ?? "public", "resources"],
        page: { path, inner, matter in configuration.page(path, inner, matter) }
      )
    }
  )
}

extension URLRule {
  /// Beside the post, where the post has a folder of its own.
  fileprivate static let besideBundle = URLRule(way: .besideBundle)
}

/// What a Hugo site's configuration says about its pages' addresses and its folders.
private struct HugoConfiguration: Sendable {
  static let extensions = ["toml", "yaml", "yml", "json"]

  private var trees: [(prefix: String, tree: FrontMatterValue)] = []
  private(set) var contentFolders: [(folder: String, language: String?)] = []
  private(set) var staticFolders: [String] = []
  /// The template that renders Markdown images, where there is one.
  private(set) var imageHook: String?
  /// A theme, or a module, whose templates are not in the site.
  private(set) var missingTheme: String?
  /// Whether quotes, dashes and dots of texts are replaced, as goldmark does where nobody says otherwise.
  var changesSigns: Bool {
    bool("markup.goldmark.extensions.typographer") != false
      && bool("markup.goldmark.extensions.typographer.disable") != true
  }
  /// Whether a render hook of ours can replace what renders Markdown images: only Hugo's default rendering.
  private(set) var canHaveHook = false
  /// Whether `figure` is Hugo's own: neither the site nor a theme has a shortcode of that name, and every theme is there
  /// to look at.
  private(set) var hasBuiltInFigure = false
  private var languages: Set<String> = []
  private var defaultLanguage = "en"

  init(_ folder: SiteFolder) throws(ScanError) {
    let main = folder.first("hugo", Self.extensions) ?? folder.first("config", Self.extensions)
    if let main, let tree = try ConfigurationText.tree(main, in: folder) { trees.append(("", tree)) }
    for name in folder.names(in: "config/_default") {
      let parts = FileName(name)
      guard Self.extensions.contains(parts.kind),
        let tree = try ConfigurationText.tree("config/_default/\(name)", in: folder)
      else { continue }
      // A file's name is the key that it stands for: `markup.toml`, `languages.de.toml`.
      let isMain = parts.stem == "hugo" || parts.stem == "config"
      trees.append((isMain ? "" : parts.stem.lowercased(), tree))
      if parts.stem.hasPrefix("languages.") { languages.insert(parts.stem.dropFirst(10).lowercased()) }
    }
    defaultLanguage = text("defaultContentLanguage")?.lowercased() ?? "en"
    let listed = find("languages")
    for language in listed?.keys ?? [] { languages.insert(language.lowercased()) }
    let content = text("contentDir")?.trimmingSlashes ?? "content"
    contentFolders = [(content, nil)]
    for language in languages.sorted() {
      guard let languageFolder = find("languages.\(language)")?.find("contentDir")?.text else { continue }
      contentFolders.append((languageFolder.trimmingSlashes, language))
    }
    readFolders(folder)
    imageHook = Self.template("_markup/render-image", folder, themes: themes(folder))
    // A theme that is not there could have templates of any name.
    let isWhole =
      themes(folder).count == (find("theme")?.texts ?? []).count && find("module.imports") == nil
    let imports = find("module.imports").map { list -> [String] in
      guard case .list(let items) = list else { return [] }
      return items.compactMap { $0.find("path")?.text }
    }
    missingTheme =
      (find("theme")?.texts ?? []).first { !folder.has(folder: "themes/\($0)") } ?? imports?.first
    hasBuiltInFigure = isWhole && Self.template("shortcodes/figure.", folder, themes: themes(folder)) == nil
    // Sites in several languages have a hook that Hugo brings (0.123 and later), and mounts move the folders that ours
    // would be written to.
    canHaveHook =
      isWhole && imageHook == nil && languages.count < 2 && find("module.mounts") == nil
      && text("layoutDir") == nil && text("dataDir") == nil && find("markup.goldmark.renderHooks") == nil
      && bool("markup.goldmark.parser.wrapStandAloneImageWithinParagraph") != false
      && !HugoHook.files.contains { folder.has(file: $0) }
  }

  private mutating func readFolders(_ folder: SiteFolder) {
    staticFolders = find("staticDir")?.texts.map(\.trimmingSlashes) ?? ["static"]
    if case .list(let mounts)? = find("module.mounts") {
      var statics: [String] = []
      var contents: [(String, String?)] = []
      for mount in mounts {
        guard let source = mount.find("source")?.text?.trimmingSlashes, !source.hasPrefix("../"),
          let target = mount.find("target")?.text?.trimmingSlashes
        else { continue }
        if target == "static" { statics.append(source) }
        if target == "content" { contents.append((source, mount.find("lang")?.text?.lowercased())) }
      }
      // Mounts of a component replace its folder.
      if !statics.isEmpty { staticFolders = statics }
      if !contents.isEmpty { contentFolders = contents }
    }
    staticFolders += themes(folder).map { "themes/\($0)/static" }
  }

  private func themes(_ folder: SiteFolder) -> [String] {
    (find("theme")?.texts ?? []).filter { folder.has(folder: "themes/\($0)") }
  }

  /// A template of the site or its themes whose path holds a name.
  private static func template(_ name: String, _ folder: SiteFolder, themes: [String]) -> String? {
    for layouts in ["layouts"] + themes.map({ "themes/\($0)/layouts" }) where folder.has(folder: layouts) {
      if let match = folder.firstFile(below: layouts, holding: name) { return match }
    }
    return nil
  }

  /// How many words a post's summary has; nil where the site has no feed.
  var summaryWords: Int? {
    let disabled = (find("disableKinds")?.texts ?? []).contains { $0.lowercased() == "rss" }
    return disabled ? nil : text("summaryLength").flatMap(Int.init) ?? 70
  }

  /// Whether Hugo's own template for images (0.123 and later) may be in use, which gives an image beside its post a URL that
  /// holds in lists too: it is where a site has several languages or asks for it.
  var mayResolveResources: Bool {
    imageHook == nil && (languages.count > 1 || find("markup.goldmark.renderHooks.image") != nil)
  }

  var ownHook: Site.FileHook {
    Site.FileHook(reason: "Hugo's own template (0.123 and later) makes the URL of an image beside its post")
  }

  /// The image hook, where it shows pictures of a page's folder by their own files and all other templates can be read.
  func fileHook(_ folder: SiteFolder) -> Site.FileHook? {
    guard missingTheme == nil else { return nil }
    var fileHook: Site.FileHook
    if mayResolveResources {
      fileHook = ownHook
    } else if let hook = imageHook, HugoResources.printsFile(folder.textIfAny(hook)) {
      fileHook = Site.FileHook(hook)
    } else {
      return nil
    }
    let templates = (["layouts"] + themes(folder).map { "themes/\($0)/layouts" }).flatMap {
      folder.has(folder: $0) ? folder.texts(below: $0, ending: ".html", but: imageHook) : []
    }
    guard let processed = HugoResources.processed(by: templates) else { return nil }
    fileHook.processed = processed
    return fileHook
  }

  private func find(_ path: String) -> FrontMatterValue? {
    for (prefix, tree) in trees {
      if prefix.isEmpty, let match = tree.find(path) { return match }
      let lower = path.lowercased()
      if lower == prefix { return tree }
      if !prefix.isEmpty, lower.hasPrefix(prefix + "."),
        let match = tree.find(String(path.dropFirst(prefix.count + 1)))
      {
        return match
      }
    }
    return nil
  }

  func text(_ path: String) -> String? { find(path)?.text }
  func bool(_ path: String) -> Bool? { find(path)?.bool }

  func page(_ path: String, _ inner: String, _ matter: FrontMatter) -> PostPage {
    let name = FileName(inner)
    var stem = name.stem
    var language = contentFolders.first { path.hasPrefix($0.folder + "/") && $0.language != nil }?.language
    if let dot = stem.lastIndex(of: "."), languages.contains(stem[stem.index(after: dot)...].lowercased()) {
      language = stem[stem.index(after: dot)...].lowercased()
      stem = String(stem[..<dot])
    }
    let isBundle = stem == "index" || stem == "_index"
    var page = PostPage(url: "/")
    if isBundle { page.bundle = FileName(path).folder }
    var url: String
    if let address = matter.text("url") {
      url = address.hasPrefix("/") ? address : "/" + address
      if !address.hasSuffix("/"), !address.hasSuffix(".html") { url += "/" }
    } else {
      url = Self.url(name.folder, stem, isBundle, matter, permalink: permalink(name.folder, stem))
      let isUgly = bool("uglyURLs") ?? false
      if isUgly, !isBundle, url.hasSuffix("/") { url = String(url.dropLast()) + ".html" }
    }
    if let language, language != defaultLanguage || bool("defaultContentLanguageInSubdir") ?? false {
      url = "/\(language)" + url
    }
    page.url = PostPath.rooted(url)
    if canHaveHook { page.hookName = inner }
    return page
  }

  /// The pattern for a section's pages.
  private func permalink(_ folder: String, _ stem: String) -> String? {
    let section = folder.prefix { $0 != "/" }
    guard !section.isEmpty, stem != "_index" else { return nil }
    return text("permalinks.page.\(section)") ?? text("permalinks.\(section)")
  }

  private static func url(
    _ folder: String, _ stem: String, _ isBundle: Bool, _ matter: FrontMatter, permalink: String?
  ) -> String {
    let sections = folder.split(separator: "/").map { urlised(String($0)) }
    let baseName = isBundle ? sections.last ?? "" : urlised(stem)
    let slug = stem == "_index" ? nil : matter.text("slug")
    guard let permalink else {
      if stem == "_index" { return "/" + sections.map { $0 + "/" }.joined() }
      let above = isBundle ? sections.dropLast() : sections[...]
      let last = slug.map(urlised) ?? baseName
      return "/" + above.map { $0 + "/" }.joined() + (last.isEmpty ? "" : last + "/")
    }
    let date = matter.text("date").flatMap {
      PostDate($0, isTimestamp: false, zone: TimeZone(identifier: "UTC") ?? .current)
    }
    let above = isBundle ? sections.dropLast() : sections[...]
    return Permalink.fill(permalink) { placeholder in
      switch placeholder {
      case "slug", "slugorfilename", "slugorcontentbasename":
        slug.map(urlised)
          ?? (placeholder == "slug" ? matter.text("title").map(urlised) ?? baseName : baseName)
      case "title": matter.text("title").map(urlised) ?? baseName
      case "filename", "contentbasename": baseName
      case "section": above.first ?? ""
      case "sections": above.joined(separator: "/")
      case "monthname": date?.text("long_month")?.lowercased() ?? ""
      case "yearday": date?.text("y_day") ?? ""
      default: date?.text(placeholder) ?? ""
      }
    }
  }

  /// `PathSpec.URLize`: spaces to `-`, small letters, signs that paths may not hold left out.
  private static func urlised(_ text: String) -> String {
    var out = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.isWord || ".-_~+#%\\".unicodeScalars.contains(scalar) {
        out.unicodeScalars.append(scalar)
      } else if scalar == " ", out.last != "-" {
        out += "-"
      }
    }
    return out
  }
}
