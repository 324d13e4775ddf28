import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Jekyll 4.3.
  static let jekyll = SiteKind(
    kind: .jekyll,
    recognize: { folder in
      if let file = folder.first("_config", ["yml", "yaml"]) { return "\(file) is there" }
      return folder.has(folder: "_posts") ? "a folder _posts is there, without a configuration" : nil
    },
    open: { folder throws(ScanError) in
      guard let file = folder.first("_config", ["yml", "yaml"]) else {
        return JekyllLayout(JekyllConfiguration())
      }
      let text = try folder.text(file)
      return JekyllLayout(
        try JekyllConfiguration(yaml: Array(text.utf8), file: file), file: file,
        feed: JekyllFeed.makingAbsolute(in: folder),
        counter: JekyllFeed.countingMarkup(in: folder))
    }
  )
}

/// How Jekyll sees a site's files.
struct JekyllLayout: SiteLayout {
  let site: Site
  let problems: [Diagnostic]
  let reading: ReadingRules
  var formats: [PostFormat] = []
  private let configuration: JekyllConfiguration
  private let jekyll: JekyllFiles
  private let pages: PageURL

  /// - Parameters:
  ///   - feed: a feed of the site's own whose template makes the URLs of `src` absolute.
  ///   - counter: a template that counts the words of posts with their markup.
  init(
    _ configuration: JekyllConfiguration, file: String = "_config.yml", feed: String? = nil,
    counter: String? = nil
  ) {
    self.configuration = configuration
    jekyll = JekyllFiles(configuration, excludedFolders: [])
    pages = PageURL(configuration)
    site = Site(
      kind: .jekyll, reason: "", root: "", baseurl: configuration.baseurl, url: configuration.url)
    var problems = configuration.repeatedKeys.map { $0.problem(in: file) }
    if let engine = configuration.otherMarkdown {
      problems.append(
        Diagnostic(
          .warning,
          .siteConfiguration,
          file: file,
          message: "posts are rendered by \(engine), and are read here as kramdown reads them",
          advice: "check the result, or set markdown: kramdown"
        )
      )
    }
    var reading = ReadingRules(yaml: .psych, template: .liquid, tags: TagPattern.liquid)
    reading.tagFolders = configuration.tagFolders
    reading.generatedFolders = configuration.generatedFolders
    reading.keepsMarkup = counter.map {
      "\($0) counts the words of posts with their markup (strip_html takes it out)"
    }
    if reading.keepsMarkup == nil, let feed {
      // A srcset would hold what readers of the feed cannot resolve; of the lighter file the template makes it absolute.
      reading.keepsMarkup = "\(feed) makes the URLs of src absolute for readers, and not those of srcset"
    }
    // Posts are printed in feeds too, not all of whose readers show the newer formats as `src`.
    reading.keepsFormat = reading.keepsMarkup != nil
    self.problems = problems
    self.reading = reading
  }

  func isSkipped(folder: String) -> Bool { jekyll.isSkipped(folder: folder) }

  func work(for entry: FileEntry) -> PostReading.Work? {
    guard entry.kind == .file else { return nil }
    let name = FileName(entry.path)
    let dialect: Post.Dialect
    if configuration.markdownExtensions.contains(name.kind) {
      dialect = .kramdown
    } else if ["html", "htm", "xhtml"].contains(name.kind) {
      dialect = .html
    } else if let format = formats.first(where: { $0.extensions.contains(name.kind) })?.dialect {
      dialect = format
    } else {
      return nil
    }
    guard let role = jekyll.role(of: entry.path) else { return nil }
    // Jekyll reads nothing from `_posts` whose name has no date.
    if role == .post, name.date == nil { return nil }
    return PostReading.Work(
      entry: entry, role: role, dialect: dialect, isAlwaysRead: role == .post || role == .draft)
  }

  func holdsPost(at path: String, needsFrontMatter: Bool, hasFrontMatter: () -> Bool) -> Bool {
    switch jekyll.role(of: path) {
    case .post: FileName(path).date != nil
    case .draft, .document: !needsFrontMatter || hasFrontMatter()
    case .page: hasFrontMatter()
    case .partial, nil: false
    }
  }

  func page(of work: PostReading.Work, _ matter: FrontMatter) -> PostPage {
    let path = work.entry.path
    let type = type(of: work.role)
    let (url, dependsOnClock) = pages.url(
      of: path,
      role: work.role,
      matter: matter,
      outputExtension: work.dialect == .html ? FileName(path).extension : ".html",
      modified: Int(work.entry.modified / 1_000_000_000)
    )
    var page = PostPage(url: url, dependsOnClock: dependsOnClock)
    // A post that says null has none, whatever the defaults say.
    page.layout =
      matter.keys["layout"] == nil
      ? configuration.defaultValue("layout", path: path, type: type) : matter.text("layout")
    let published =
      matter.keys["published"]?.bool
      ?? configuration.defaultValue("published", path: path, type: type).map { $0 != "false" } ?? true
    if !published { page.skipped = "is not published (published: false), so it is not read" }
    page.isTemplated =
      (matter.text("render_with_liquid")
        ?? configuration.defaultValue("render_with_liquid", path: path, type: type)) != "false"
    // Chirpy's: img_path up to version 6, media_subpath since.
    page.imagePath =
      matter.text("media_subpath") ?? matter.text("img_path")
      ?? configuration.defaultValue("media_subpath", path: path, type: type)
      ?? configuration.defaultValue("img_path", path: path, type: type)
    return page
  }

  func publishes(_ path: String) -> Bool { jekyll.role(of: path) == .page }

  /// The files of collections that are copied as they are.
  func files(at entries: [FileEntry]) -> [String: String] {
    let outputs = Set(configuration.collections.filter(\.output).map(\.label))
    guard !outputs.isEmpty else { return [:] }
    var paths: [String: String] = [:]
    for entry in entries where entry.kind == .file {
      guard case .document(let label) = jekyll.role(of: entry.path), outputs.contains(label) else { continue }
      let url = pages.staticURL(of: entry.path, label: label)
      paths[(url.removingPercentEncoding ?? url).trimmingSlashes] = entry.path
    }
    return paths
  }

  func partials(of path: String, tags: [TemplateTag], _ file: [UInt8]) -> [String] {
    tags.compactMap { tag in
      guard tag.name == "include" || tag.name == "include_relative" else { return nil }
      let name = file.string(tag.markup).split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      guard configuration.markdownExtensions.contains(FileName(name).kind) else { return nil }
      let folder = tag.name == "include" ? configuration.includesFolder : FileName(path).folder
      return folder + "/" + name
    }
  }

  private func type(of role: JekyllFiles.Role) -> String {
    switch role {
    case .post, .draft: "posts"
    case .document(let label): label
    case .page, .partial: "pages"
    }
  }
}
