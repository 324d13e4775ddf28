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
      if let file { _ = try folder.text(file) }
      let script = SiteScript(file ?? "eleventy.config.js", in: folder)
      let code = script.code
      let configuration = EleventyConfiguration(script, folder)
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
        .published, .below("", obstacle: "a template takes the image by its place in the source"),
      ]
      if code.contains("eleventyImageTransformPlugin") {
        // The plugin looks beside the source first (`eleventy-img`, `transform-plugin.js`).
        reading.markdown = [.besidePost(), .published]
        reading.html = reading.markdown
      }
      let pipeline = script.imagePipeline ?? ImagePipeline(packagesIn: folder, namedIn: code)
      if let pipeline {
        reading.keepsMarkdown = pipeline.reason
        (reading.keepsHTML, reading.keepsFrontMatter) = (pipeline.reason, pipeline.reason)
      } else if !configuration.publishesVariants {
        reading.keepsMarkdown = "no folder is copied to the built site in which new files would be found"
        (reading.keepsHTML, reading.keepsFrontMatter) = (reading.keepsMarkdown, reading.keepsMarkdown)
      }
      if configuration.isPartlyUnread {
        reading.isPartlyUnread = true
        let reason = "only a run of the configuration tells whether it is copied"
        let sources = [URLRule.below("", isLoose: false, obstacle: reason), .besidePost(obstacle: reason)]
        reading.markdown += sources
        reading.html += sources
      }
      let keepsAll = reading.keepsMarkdown != nil
      let door = keepsAll ? nil : file.map { EleventyDoor.judged($0, script, folder) }
      let isOpen = door.map { $0.closed == nil } ?? false
      let layouts = isOpen ? EleventyLayouts(configuration, code, folder) : nil
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
        page: { path, inner, matter in
          var page = EleventyConfiguration.page(inner, matter)
          if path.hasSuffix(".md") || path.hasSuffix(".markdown"), layouts?.has(path, matter) == true {
            (page.hookName, page.hasDoor) = (path, true)
          }
          return page
        }
      )
      layout.site.door = door
      layout.site.keepsImages =
        pipeline?.reason ?? (configuration.publishesVariants ? nil : reading.keepsMarkdown)
      if let problem = configuration.problem(in: file ?? "eleventy.config.js", pipeline) {
        layout.problems.append(problem)
      }
      return layout
    }
  )
}

/// What can be read of an Eleventy configuration without running it.
struct EleventyConfiguration {
  var input = ""
  var output = "_site"
  var excluded: [String] = []
  var mounts: [LinkForm.Mount] = []
  /// Those of ``mounts`` of which every file is copied.
  private var whole: [LinkForm.Mount] = []
  var variantFolder = "assets/optimized"
  var publishesVariants = true
  /// Whether a folder is copied whose name only a run of the configuration would tell.
  var isPartlyUnread = false

  static func file(_ folder: SiteFolder) -> String? {
    folder.first([
      ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs",
      "eleventy.config.ts",
    ])
  }

  init(_ script: SiteScript, _ folder: SiteFolder) {
    func setting(_ key: String, _ setter: String) -> String? {
      let call = script.calls(of: setter).lazy.compactMap { $0.first.flatMap(script.text) }.first
      return (call ?? script.text(of: key, inObject: "dir"))?.trimmingSlashes
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
    let ignored = [".eleventyignore"] + (script.code.contains("setUseGitIgnore(false") ? [] : [".gitignore"])
    for line in ignored.map(folder.textIfAny).joined(separator: "\n").split(separator: "\n")
    where !"#!".contains(line.first ?? "#") && !line.contains("*") {
      excluded.append(String(line).trimmed.trimmingSlashes)
    }
    for call in script.calls(of: "ignores.add") {
      guard let path = call.first.flatMap(script.text), !path.contains("*") else { continue }
      excluded.append(path.trimmingSlashes)
    }
    readCopies(script)
    chooseVariantFolder(folder)
  }

  private mutating func readCopies(_ script: SiteScript) {
    for call in script.calls(of: "addPassthroughCopy") {
      guard let source = call.first else { continue }
      if let entries = SiteScript.entries(of: source) {
        for entry in entries {
          guard let from = entry.plainName ?? script.text(entry.name), let to = script.text(entry.value)
          else {
            isPartlyUnread = true
            continue
          }
          add(from, at: to)
        }
      } else {
        let paths = script.texts(source)
        if paths.isEmpty { isPartlyUnread = true }
        for path in paths { add(path, at: nil) }
      }
    }
  }

  private mutating func add(_ source: String, at target: String?) {
    // The folders in front of the first wildcard.
    let plain = source.prefix { !"*?{[!".contains($0) }
    let folder =
      plain.count < source.count
      ? FileName(String(plain) + "x").folder.trimmingSlashes : source.trimmingSlashes
    var url = target.map(\.trimmingSlashes)
    if url == nil {
      let isInside = !input.isEmpty && (folder == input || folder.hasPrefix(input + "/"))
      url = isInside ? String(folder.dropFirst(input.count)).trimmingSlashes : folder
    }
    let mount = LinkForm.Mount(folder, at: url ?? folder)
    mounts.append(mount)
    // A pattern can leave out what a new file is.
    if ["", "**", "**/*"].contains(source.dropFirst(plain.count)) { whole.append(mount) }
  }

  private mutating func chooseVariantFolder(_ folder: SiteFolder) {
    let usual = ["public", "static", "assets", "images", "img", "image"]
    let folders = whole.map(\.folder).filter { $0.isEmpty || folder.has(folder: $0) }
    func rank(_ path: String) -> Int {
      usual.firstIndex(of: path.split(separator: "/").last.map(String.init) ?? "") ?? usual.count
    }
    guard let best = folders.min(by: { (rank($0), $0) < (rank($1), $1) }), rank(best) < usual.count else {
      publishesVariants = whole.contains { $0.published("assets/optimized/x") != nil }
      return
    }
    let isRoot = best.hasSuffix("public") || best.hasSuffix("static")
    variantFolder = isRoot ? "\(best)/assets/optimized" : "\(best)/optimized"
  }

  /// The one thing that a person should know of what the configuration says.
  func problem(in file: String, _ pipeline: ImagePipeline?) -> Diagnostic? {
    if let pipeline { return pipeline.problem(of: "Eleventy", output: output) }
    if isPartlyUnread {
      return Diagnostic(
        .warning, .siteConfiguration, file: file,
        message: "copies a folder whose name only a run of it tells, so images in it may be called missing",
        advice: "name the folder as a plain text, or build the site and run optimize-assets on \(output)")
    }
    guard !publishesVariants else { return nil }
    return Diagnostic(
      .warning, .siteConfiguration, file: file,
      message: "posts keep their images: no folder is copied as a whole to the built site, so new files in"
        + " \(variantFolder) would not be found",
      advice: "add eleventyConfig.addPassthroughCopy(\"\(variantFolder)\")")
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
