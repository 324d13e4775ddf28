import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Eleventy (2 and 3).
  static let eleventy = SiteKind(
    kind: .eleventy,
    recognize: { folder in EleventyConfiguration.file(folder).map { "\($0) is there" } },
    open: { folder throws(ScanError) in
      let file = EleventyConfiguration.file(folder)
      let code = ConfigurationText.code(
        try file.map { name throws(ScanError) in try folder.text(name) } ?? "", isPython: false)
      let configuration = EleventyConfiguration(code, folder)
      var reading = ReadingRules(
        matter: [.yaml, .json],
        template: .nunjucks,
        tags: TagPattern.liquid,
        // Eleventy turns HTML on in markdown-it, which has it off.
        allowsHTML: ConfigurationText.bool("html", in: code) ?? true,
        mounts: configuration.mounts
      )
      reading.markdown = [.published]
      reading.html = [.published]
      reading.tag = [.published, .besidePost(), .below(configuration.input), .below("")]
      reading.frontMatter = [
        .published, .below("", keeps: "a template takes the image by its place in the source"),
      ]
      if code.contains("eleventyImageTransformPlugin") {
        // The plugin looks beside the source first (`eleventy-img`, `transform-plugin.js`).
        reading.markdown = [.besidePost(), .published]
        reading.html = reading.markdown
        reading.keepsMarkdown = "Eleventy's image transform makes the markup of every image"
        reading.keepsHTML = reading.keepsMarkdown
      }
      var layout = FolderLayout(
        site: Site(
          kind: .eleventy, reason: "", root: "",
          baseurl: PostPath.base(ConfigurationText.string("pathPrefix", in: code) ?? ""), url: "",
          variantFolder: configuration.variantFolder),
        reading: reading,
        postFolders: [configuration.input],
        dialects: [
          "md": .commonmark, "markdown": .commonmark, "html": .html, "njk": .html, "liquid": .html,
        ],
        skipped: [configuration.output],
        excluded: configuration.excluded,
        page: { path, inner, matter in EleventyConfiguration.page(inner, matter) }
      )
      if !configuration.publishesVariants {
        layout.problems.append(
          Diagnostic(
            .warning, .siteConfiguration, file: file ?? "eleventy.config.js",
            message:
              "no folder is copied to the built site, so variants in \(configuration.variantFolder) would not be found",
            advice: "add eleventyConfig.addPassthroughCopy(\"\(configuration.variantFolder)\")"))
      }
      return layout
    }
  )
}

/// What can be read of an Eleventy configuration without running it.
private struct EleventyConfiguration {
  var input = ""
  var output = "_site"
  var excluded: [String] = []
  var mounts: [LinkForm.Mount] = []
  var variantFolder = "assets/optimized"
  var publishesVariants = true

  static func file(_ folder: SiteFolder) -> String? {
    folder.first([
      ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs",
      "eleventy.config.ts",
    ])
  }

  init(_ code: String, _ folder: SiteFolder) {
    func setting(_ key: String, _ setter: String) -> String? {
      let call = ConfigurationText.firstMatch("\(setter)\\(\\s*(['\"`])([^'\"`]*)\\1", in: code)?[2]
      let dir = ConfigurationText.firstMatch("\\bdir\\s*[:=]\\s*\\{([^}]*)\\}", in: code)?[1]
      return (call ?? dir.flatMap { ConfigurationText.string(key, in: $0) })?.trimmingSlashes
    }
    input = setting("input", "setInputDirectory") ?? ""
    if input == "." { input = "" }
    output = setting("output", "setOutputDirectory") ?? "_site"
    let includes = setting("includes", "setIncludesDirectory") ?? "_includes"
    let layouts = setting("layouts", "setLayoutsDirectory")
    let data = setting("data", "setDataDirectory") ?? "_data"
    for name in [includes, data] + (layouts.map { [$0] } ?? []) where !name.isEmpty {
      excluded.append(input.isEmpty ? name : "\(input)/\(name)")
    }
    for line in folder.textIfAny(".eleventyignore").split(separator: "\n") where !line.contains("*") {
      excluded.append(String(line).trimmed.trimmingSlashes)
    }
    readCopies(code)
    chooseVariantFolder(folder)
  }

  private mutating func readCopies(_ code: String) {
    for match in ConfigurationText.matches("addPassthroughCopy\\(\\s*(['\"`])([^'\"`]*)\\1", in: code) {
      add(match[2], at: nil)
    }
    for match in ConfigurationText.matches("addPassthroughCopy\\(\\s*\\{([^}]*)\\}", in: code) {
      for pair in ConfigurationText.matches(
        "(['\"`])([^'\"`]*)\\1\\s*:\\s*(['\"`])([^'\"`]*)\\3", in: match[1])
      {
        add(pair[2], at: pair[4])
      }
    }
    // `addPassthroughCopy(x ? "a" : "b")`, and in a loop: the texts are folders all the same.
    for match in ConfigurationText.matches("addPassthroughCopy\\(([^'\"`{)][^)]*)\\)", in: code) {
      for text in ConfigurationText.matches("(['\"`])([^'\"`]*)\\1", in: match[1]) { add(text[2], at: nil) }
    }
  }

  private mutating func add(_ source: String, at target: String?) {
    let isGlob = source.contains("*")
    // The folders in front of the first wildcard.
    let folder =
      isGlob
      ? FileName(String(source.prefix { $0 != "*" }) + "x").folder.trimmingSlashes : source.trimmingSlashes
    var url = target.map(\.trimmingSlashes)
    if url == nil {
      let isInside = !input.isEmpty && (folder == input || folder.hasPrefix(input + "/"))
      url = isInside ? String(folder.dropFirst(input.count)).trimmingSlashes : folder
    }
    mounts.append(LinkForm.Mount(folder, at: url ?? folder))
  }

  private mutating func chooseVariantFolder(_ folder: SiteFolder) {
    let usual = ["public", "static", "assets", "images", "img", "image"]
    let folders = mounts.map(\.folder).filter { $0.isEmpty || folder.has(folder: $0) }
    func rank(_ path: String) -> Int {
      usual.firstIndex(of: path.split(separator: "/").last.map(String.init) ?? "") ?? usual.count
    }
    guard let best = folders.min(by: { (rank($0), $0) < (rank($1), $1) }), rank(best) < usual.count else {
      publishesVariants = mounts.contains { $0.published("assets/optimized/x") != nil }
      return
    }
    let isRoot = best.hasSuffix("public") || best.hasSuffix("static")
    variantFolder = isRoot ? "\(best)/assets/optimized" : "\(best)/optimized"
  }

  static func page(_ inner: String, _ matter: FrontMatter) -> PostPage {
    var page = PostPage(url: "/")
    if let permalink = matter.text("permalink"), !permalink.contains("{"), permalink != "false" {
      page.url = PostPath.rooted(permalink)
    } else {
      let name = FileName(inner)
      let stem = name.date?.slug ?? name.stem
      let namesFolder = FileName("x/" + name.folder).stem == stem && !name.folder.isEmpty
      // `about/about.md` is `about/`.
      page.url =
        namesFolder
        ? "/\(name.folder)/" : PostPath.pretty((name.folder.isEmpty ? "" : name.folder + "/") + stem + ".md")
    }
    if matter.text("templateEngineOverride") == "false" || matter.text("templateEngineOverride") == "md" {
      page.isTemplated = false
    }
    return page
  }
}
