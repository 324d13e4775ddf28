import AssetModel
import SiteFiles

extension SiteKind {
  /// A folder of Markdown or MDX posts that belongs to no generator: content of Next.js, Nuxt, SvelteKit or Gatsby, a wiki,
  /// notes. What renders them is in nobody's configuration, so that nothing is rewritten unless the author vouches for it.
  static let markdown = SiteKind(
    kind: .markdown,
    recognize: { folder in
      // A page of its own makes it a built site, whatever else lies there.
      if folder.first(["index.html", "index.htm"]) != nil { return nil }
      return folder.markdown.reason
    },
    open: { folder throws(ScanError) in
      let survey = folder.markdown
      return FolderLayout(
        site: Site(
          kind: .markdown, reason: "", root: "",
          variantFolder: (survey.certain.first.map { $0.isEmpty ? "" : $0 + "/" } ?? "") + "assets/optimized"),
        problems: survey.inner.problems,
        reading: MarkdownRules(survey).reading,
        postFolders: [""],
        dialects: MarkdownSurvey.dialects,
        skipped: survey.output,
        skippedNames: MarkdownSurvey.skippedNames,
        skipsHidden: true,
        excluded: survey.excluded,
        page: { path, inner, matter in PostPage(url: PostPath.pretty(inner)) }
      )
    }
  )
}

/// How the URLs of such posts lead to files, and which of them may be replaced.
private struct MarkdownRules {
  let survey: MarkdownSurvey

  init(_ survey: MarkdownSurvey) { self.survey = survey }

  /// Why an image is left alone, unless the author says that HTML reaches the page.
  private func reason(_ reason: String?) -> String? {
    survey.options.html ? reason : "how the posts are rendered is not known"
  }

  var reading: ReadingRules {
    var rules = ReadingRules(matter: [.yaml, .toml])
    rules.fields =
      ScanOptions.defaultFields + [
        "featuredImage", "heroImage", "heroImage.src", "image.src", "image.url", "ogImage", "ogImage.url",
        "socialImage", "cover.src", "cover.image", "thumbnail.src",
      ]
    rules.replacesMarkdown = survey.options.html
    rules.mounts = survey.certain.map { LinkForm.Mount($0) }
    rules.markdown = ways(reason(nil))
    rules.html = rules.markdown
    rules.tag = rules.markdown
    rules.frontMatter = ways(reason("what shows it is not known"))
    rules.embeds = [URLRule(way: .byName), .besidePost()]
    rules.keepsComponents = reason("a component makes its markup")
    rules.groupsUnchanged = true
    return rules
  }

  /// - Parameter obstacle: why an image is left alone whose URL leads into a folder that is served.
  private func ways(_ obstacle: String?) -> [URLRule] {
    let isRelative = reason("what the renderer makes of a relative URL is not known")
    let isElsewhere = reason("its file is in no folder that is served for certain (imagesRoot: names those)")
    var ways: [URLRule] = [
      .besidePost(obstacle: isRelative),
      URLRule(way: .nearest(survey.certain, isLoose: false), obstacle: obstacle),
      URLRule(way: .nearest(survey.possible, isLoose: false), obstacle: isElsewhere),
      URLRule(way: .nearest(survey.certain + survey.possible, isLoose: true), obstacle: isRelative),
    ]
    ways += aliases
    if survey.isVault { ways.append(URLRule(way: .byName, obstacle: isRelative)) }
    return ways
  }

  /// What bundlers put in the place of folders: Vite and TypeScript's usual names, Nuxt's, SvelteKit's.
  private var aliases: [URLRule] {
    let names = [
      ("@/", ["src", "", "app"]), ("~/", ["src", "", "app"]), ("@@/", [""]), ("~~/", [""]),
      ("$lib/", ["src/lib"]),
      ("@assets/", ["src/assets", "assets"]), ("src/", ["src"]),
    ]
    return names.flatMap { name, folders in
      folders.map { URLRule.alias(name, folder: $0, obstacle: reason("a bundler reads its path")) }
    }
  }
}
