import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// A static site generator: how its sites are recognized, and how one is opened. Each has a file of its own in `Kinds`,
/// and an entry in ``all``.
struct SiteKind: Sendable {
  /// The generator.
  var kind: Site.Kind
  /// Why a folder is a site of this kind, for a person to read; nil where it is none.
  var recognize: @Sendable (_ folder: SiteFolder) -> String?
  /// Reads the site's configuration.
  var open: @Sendable (_ folder: SiteFolder) throws(ScanError) -> any SiteLayout

  /// Every generator, those with files that no other has first: a folder is of the first kind that recognizes it.
  static let all: [SiteKind] = [
    .docusaurus, .astro, .eleventy, .quarto, .mkdocs, .pelican, .hexo, .zola, .hugo, .jekyll,
    .nikola, .sphinx, .lektor, .markdown,
  ]
}

/// How a generator sees the files of one site.
protocol SiteLayout: Sendable {
  /// The site; its root and the reason for its kind are filled in by the scanner.
  var site: Site { get }
  /// What a person should know about the site's configuration.
  var problems: [Diagnostic] { get }
  /// The formats beside Markdown and HTML that the generator makes pages of.
  var formats: [PostFormat] { get set }
  /// How posts are read, and where their images are.
  var reading: ReadingRules { get }
  /// Whether a folder holds nothing that a page can show, so that it is not listed.
  func isSkipped(folder: String) -> Bool
  /// What is to be read of a file; nil where it holds no references.
  func work(for entry: FileEntry) -> PostReading.Work?
  /// What the front matter makes of a post's page.
  func page(of work: PostReading.Work, _ matter: FrontMatter) -> PostPage
  /// Whether the generator copies a file to the built site.
  func publishes(_ path: String) -> Bool
  /// Files whose URL is neither their path nor determined by a mount, by URL path.
  func files(at entries: [FileEntry]) -> [String: String]
  /// Whether the generator would make a page of a file, if it were of a format that it renders.
  ///
  /// - Parameters:
  ///   - needsFrontMatter: whether files of that format are pages only where they have front matter.
  ///   - hasFrontMatter: looks whether the file has any.
  func holdsPost(at path: String, needsFrontMatter: Bool, hasFrontMatter: () -> Bool) -> Bool
  /// The site paths at which the Markdown files are looked for that a body takes in.
  func partials(of path: String, tags: [TemplateTag], _ file: [UInt8]) -> [String]
}

extension SiteLayout {
  func files(at entries: [FileEntry]) -> [String: String] { [:] }
  func partials(of path: String, tags: [TemplateTag], _ file: [UInt8]) -> [String] { [] }
}

/// A post's page.
struct PostPage: Codable, Sendable {
  /// The URL path below baseurl, with a leading `/`.
  var url: String
  /// The layout that the page is put into; nil for none.
  var layout: String?
  /// The name by which a generated render hook finds the post; nil where there can be none.
  var hookName: String?
  /// Whether a plugin of the generator finds it by that name.
  var hasDoor = false
  /// Why the post is not read, where it is not.
  var skipped: String?
  /// Whether the template language runs in the body.
  var isTemplated = true
  /// The site folder whose files are published beside the page (a page bundle); nil for none.
  var bundle: String?
  /// The URL folder, without slashes at its ends, to which the files of the folder named after the post are copied; nil
  /// where that is not certain.
  var assetFolder: String?
  /// The path that the theme puts in front of the post's URLs (`img_path`, `media_subpath`).
  var imagePath: String?
  /// Whether the URL contains the time of the request.
  var dependsOnClock = false
  /// Why the page's images keep their markup: their URLs may change and nothing else.
  var keepsMarkup: String?
}

/// What of a generator does not depend on the single post.
struct ReadingRules: Sendable {
  /// The forms of front matter.
  var matter: Set<FrontMatter.Form> = [.yaml]
  /// How the generator reads YAML.
  var yaml = YAMLHabits.strict
  /// The front-matter fields that name images, where the user lists none.
  var fields = ScanOptions.defaultFields
  /// The template language that runs in posts.
  var template = TemplateSyntax.none
  /// The tags that carry images.
  var tags: [TagPattern] = []
  /// Whether raw HTML in Markdown reaches the page.
  var allowsHTML = true
  /// Whether raw HTML may replace a Markdown image: not if a template of the site makes its markup.
  var replacesMarkdown = true
  /// Where files are published; empty where each is published at its own path.
  var mounts: [LinkForm.Mount] = []
  /// How the URLs of Markdown images, of raw HTML, of tags and of front matter lead to files, tried in order. Empty
  /// for a site whose files are published at their own paths, and whose URLs all are the page's.
  var markdown: [URLRule] = []
  var html: [URLRule] = []
  var tag: [URLRule] = []
  var frontMatter: [URLRule] = []
  /// The same of notes' embeds (`![[a.jpg]]`); empty where they are text.
  var embeds: [URLRule] = []
  /// Why no Markdown image may be rewritten, where none may.
  var keepsMarkdown: String?
  /// The same for raw HTML.
  var keepsHTML: String?
  /// Why images are left alone that a component of the site shows, where components may stand in Markdown as well.
  var keepsComponents: String?
  /// Whether what is kept is told once for each reason, because that is the rule and no exception.
  var groupsUnchanged = false
  /// How candidates are written whatever the author wrote; nil to write them as he did.
  var candidateForm: LinkForm?
  /// Whether files that a link attaches to its page are published in the folder of the page's URL.
  var attachesBesidePages = false
  /// Why only the URLs of an image may change, which is said once for the site; nil where its markup may.
  var keepsMarkup: String?
  /// Whether a file that takes an image's place has its format, or one like it: where feeds hold whole posts.
  var keepsFormat = false
  /// Whether the renderer changes quotes, dashes and dots of texts, those of `alt` too.
  var changesSigns = false
  /// Whether blank lines may stand above front matter, as Hugo and Zola take it.
  var takesBlankLinesFirst = false
  /// Whether code fences hold directives (`{figure}`), as MyST has them.
  var readsDirectives = false
  /// Whether attribute lists behind images are read.
  var readsAttributeLists = false
  /// Where plugins that make pictures take them from, by the name of their tag.
  var tagFolders: [String: String] = [:]
  /// Folders that are there only once the generator has run.
  var generatedFolders: [String] = []
  /// The same for front matter.
  var keepsFrontMatter: String?
  /// What the renderer puts in front of a Markdown URL that begins with `/`, and raw HTML has to say itself.
  var markdownRoot: String?
  /// What stands before the site's paths where the renderer gives a Markdown URL without a `/` the whole address of a file
  /// in the post's own folder, so that it holds in lists and feeds as well; nil where it stays relative.
  var bundleRoot: String?
  /// How many words the summary of a post without a divider has, where feeds print it with its markup; nil where they do not.
  var summaryWords: Int?
  /// Whether lists and feeds print what stands above the author's `<!--more-->`.
  var dividesPosts = false
  /// Whether the renderer sets quotes, dashes and dots of an image's text as printers do.
  var setsTypography = false
  /// Whether it is not known how the renderer prints an image's text that holds markup.
  var keepsMarkedText = false
  /// Whether the configuration names folders that only a run of it would tell, so that what is called missing may be there.
  var isPartlyUnread = false
  /// How reference-style images lead to files, where that is not the way of ``markdown``.
  var markdownReference: [URLRule] = []
}

/// One way in which a generator finds the file of a URL.
struct URLRule: Sendable {
  enum Way: Sendable {
    /// As a browser does, from the page's URL or the host's root.
    case published
    /// The same for paths that begin with `/`; others name files of the source.
    case publishedFromRoot
    /// `x` lies in the folder of the post, where that folder is the post's own.
    case besideBundle
    /// `x` lies in the folder of the post.
    case besidePost
    /// `/x` is a file below a folder (and `x` as well, where it is loose).
    case below(String, isLoose: Bool)
    /// `{static}/x` is a file below a folder, `{static}x` one beside the post.
    case marker([String], folder: String)
    /// `@/x` is a file below a folder.
    case alias(String, folder: String)
    /// `x` lies in the folder named after the post.
    case assetFolder
    /// `/x` is a file below one of some folders, those around the post first (and `x` as well, where it is loose).
    case nearest([String], isLoose: Bool)
    /// `x` is the end of a file's path, wherever it lies.
    case byName
    /// As a browser does, from the host's root, with or without a `/` in front.
    case publishedAtRoot
  }

  var way: Way
  /// Why a reference that is resolved in this way stays unchanged.
  var obstacle: String?

  /// As a browser does.
  static let published = URLRule(way: .published)
  /// Beside the post.
  static func besidePost(obstacle: String? = nil) -> URLRule { URLRule(way: .besidePost, obstacle: obstacle) }
  /// Below a folder, with or without a `/` in front.
  static func below(_ folder: String, isLoose: Bool = true, obstacle: String? = nil) -> URLRule {
    URLRule(way: .below(folder, isLoose: isLoose), obstacle: obstacle)
  }
  /// Behind a prefix.
  static func alias(_ prefix: String, folder: String, obstacle: String? = nil) -> URLRule {
    URLRule(way: .alias(prefix, folder: folder), obstacle: obstacle)
  }
}

/// A site's folder as recognition looks at it.
///
/// It records each question and answer. A generator's layout depends on nothing else, so that ``digest`` identifies the
/// layout.
struct SiteFolder: Sendable {
  private let root: SiteRoot
  private let options: ScanOptions
  private let answers = Shared<[String]>([])
  private let survey = Shared<MarkdownSurvey?>(nil)

  init(root: SiteRoot, _ options: ScanOptions = ScanOptions()) {
    self.root = root
    self.options = options
  }

  /// What lies in the folder if it is taken for one of Markdown posts.
  var markdown: MarkdownSurvey {
    if let cached = survey.withLock(\.self) { return cached }
    let result = MarkdownSurvey(root, options.markdown, excluding: options.excludedFolders)
    survey.withLock { $0 = result }
    return record("markdown", "", result, as: result.description)
  }

  /// The file of a Lektor project, whose name is its author's; nil where there is none.
  var lektorProject: String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.absolute(""))) ?? []
    let project = names.filter { $0.hasSuffix(".lektorproject") }.min()
    return record("lektor", "", project, as: project)
  }

  /// A digest of every question so far with its answer.
  var digest: String { ContentDigest.sha256(answers.withLock { $0.joined(separator: "\n") }) }

  private func record<Answer>(_ question: String, _ path: String, _ answer: Answer, as text: String? = nil)
    -> Answer
  {
    // Each line begins with a letter and holds one path, whose own line ends are escaped.
    answers.withLock { $0.append("\(question) \(path.debugDescription) \(text ?? "\(answer)")") }
    return answer
  }

  /// Whether a file is there.
  func has(file path: String) -> Bool {
    if case .file = root.resolve(path) { return record("file", path, true) }
    return record("file", path, false)
  }

  /// Whether a folder is there.
  func has(folder path: String) -> Bool {
    if case .folder = root.resolve(path) { return record("folder", path, true) }
    return record("folder", path, false)
  }

  /// The path of the first file below a folder, in byte order, whose path in the folder holds a text.
  func firstFile(below folder: String, holding text: String) -> String? {
    let files = (try? FileTree.files(below: root.absolute(folder))) ?? []
    let match = files.first { $0.path.contains(text) }.map { "\(folder)/\($0.path)" }
    return record("below", folder + "/*" + text, match)
  }

  /// The texts of the files below a folder that have an ending, but for one of them.
  func texts(below folder: String, ending: String, but excluded: String?) -> [String] {
    let files = (try? FileTree.files(below: root.absolute(folder))) ?? []
    let paths = files.filter { $0.kind == .file && $0.path.hasSuffix(ending) }.map { "\(folder)/\($0.path)" }
    return record("texts", folder + "/*" + ending, paths).filter { $0 != excluded }.map(textIfAny)
  }

  /// The paths of the files below a folder that have one of some endings, but for those in folders that are no sources.
  func paths(below folder: String, ending endings: [String], skipping skipped: Set<String>) -> [String] {
    let files = try? FileTree.files(below: root.absolute(folder)) { inner in
      skipped.contains(inner) || inner == "node_modules" || inner.hasPrefix(".")
    }
    let prefix = folder.isEmpty ? "" : folder + "/"
    let paths = (files ?? []).filter { $0.kind == .file }.map { prefix + $0.path }
      .filter { path in endings.contains { path.hasSuffix($0) } }
    return record("paths", folder + "/*" + endings.joined(separator: " "), paths)
  }

  /// The first of some files that is there.
  func first(_ files: [String]) -> String? { files.first { has(file: $0) } }

  /// The names of a stem with each of some extensions.
  func first(_ stem: String, _ extensions: [String]) -> String? { first(extensions.map { "\(stem).\($0)" }) }

  /// A file's text.
  ///
  /// - Throws: ``ScanError/unreadable(file:message:)``
  func text(_ path: String) throws(ScanError) -> String {
    do throws(FileError) {
      let data = try FileAccess.read(root.absolute(path))
      return record("text", path, String(decoding: data, as: UTF8.self), as: ContentDigest.sha256(data))
    } catch {
      _ = record("text", path, error.reason)
      throw .unreadable(file: path, message: error.reason)
    }
  }

  /// A file's text, empty where it cannot be read.
  func textIfAny(_ path: String) -> String { (try? text(path)) ?? "" }

  /// The names in a folder that have one of some endings, sorted: other files may come and go.
  func names(in folder: String, ending endings: [String]) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.absolute(folder))) ?? []
    let wanted = names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
    return record("names", folder + " " + endings.joined(separator: " "), wanted)
  }

  /// The names in a folder, sorted.
  func names(in folder: String) -> [String] {
    guard has(folder: folder) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.absolute(folder))) ?? []
    return record("names", folder, names.sorted())
  }
}
