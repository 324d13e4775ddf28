import AssetModel
import Foundation
import SiteFiles

/// Reads one file of a site.
struct PostReading: Sendable {
  let root: SiteRoot
  let layout: any SiteLayout
  let fields: ImageFields
  /// The patterns of tags, the user's own first.
  let tags: [TagPattern]
  /// See ``ScanOptions/confirmed``.
  let confirmed: [String: Set<Int>]
  /// See ``ScanOptions/text``.
  let text: TextOverlay?

  /// A file to read.
  struct Work: Sendable {
    var entry: FileEntry
    /// What Jekyll takes the file for; `page` with other generators.
    var role: JekyllFiles.Role
    var dialect: Post.Dialect
    /// Whether the generator renders the file without front matter as well.
    var isAlwaysRead: Bool
  }

  /// A reference to an image, before its URL is resolved.
  struct ReferenceMatch: Codable, Sendable {
    var candidate: Candidate
    var region: URLResolver.Region
    var line: Int
    var column: Int
  }

  /// What a file holds.
  struct Outcome: Codable, Sendable {
    var post: Post?
    var page: PostPage?
    /// The images, in the order of their positions.
    var matches: [ReferenceMatch] = []
    var problems: [Diagnostic] = []
    /// The site paths at which the Markdown files are looked for that the post takes in.
    var partials: [String] = []
    /// The files that its text was put together with.
    var includes: [String] = []

    /// Whether reading the file again gives the same.
    var isCacheable: Bool { page?.dependsOnClock != true }
  }

  /// A file's bytes, or its outcome if it cannot be read.
  func file(of work: Work) -> Result<[UInt8], Unreadable> {
    do throws(FileError) {
      let file = try FileAccess.read(root.absolute(work.entry.path))
      return .success([UInt8](text?.callAsFunction(work.entry.path, file) ?? file))
    } catch {
      var outcome = Outcome()
      outcome.problems.append(
        Diagnostic(
          .warning,
          .unreadable,
          file: work.entry.path,
          message: "cannot be read: \(error.reason)",
          advice: "check its permissions"
        )
      )
      return .failure(Unreadable(outcome: outcome))
    }
  }

  /// The outcome of a file that cannot be read.
  struct Unreadable: Error {
    var outcome: Outcome
  }

  /// Reads a file. What is wrong with it becomes a problem.
  ///
  /// The outcome depends on the bytes, on `work`, and on what ``ReadingCache`` puts into its keys. Any further
  /// dependency must be added there.
  ///
  /// - Parameters:
  ///   - work: which file it is, and its role for the generator.
  ///   - file: its bytes.
  ///   - sha256: their digest.
  func read(_ work: Work, _ file: [UInt8], sha256: String) -> Outcome {
    var outcome = Outcome()
    let path = work.entry.path
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    let start = hasMark ? 3 : 0
    if layout.site.kind == .jekyll, hasMark, !work.isAlwaysRead {
      // Posts are read with the mark skipped; for pages and collections Jekyll looks at the raw first line.
      if FrontMatter.headerEnd(file, from: 3) != nil {
        outcome.problems.append(
          Diagnostic(
            .note,
            .postSkipped,
            file: path,
            line: 1,
            message: "begins with a byte order mark, so Jekyll copies it as it is",
            advice: "save it as UTF-8 without a mark to have it rendered"
          )
        )
      }
      return outcome
    }
    if layout.site.kind == .jekyll, !work.isAlwaysRead, FrontMatter.headerEnd(file, from: start) == nil {
      return outcome
    }
    guard String(validating: file, as: UTF8.self) != nil else {
      if work.dialect.format != nil {
        outcome.problems.append(Self.unreadable(file, path))
        return outcome
      }
      outcome.problems.append(
        Diagnostic(
          .warning,
          .postSkipped,
          file: path,
          message: "is not valid UTF-8, so \(layout.site.kind.name) does not render it",
          advice: "save it as UTF-8"
        )
      )
      return outcome
    }
    read(work, file, sha256, from: start, &outcome)
    return outcome
  }

  /// What is said of a source that its own tool stops at: where the first byte is that is no text.
  private static func unreadable(_ file: [UInt8], _ path: String) -> Diagnostic {
    var lines = LineCounter(file)
    let at = lines.position(of: file.firstInvalidUTF8 ?? 0)
    return Diagnostic(
      .error, .unreadable, file: path, line: at.line, column: at.column,
      message: "is not valid UTF-8, so nothing that it shows is known", advice: "save it as UTF-8")
  }

  private func read(
    _ work: Work, _ file: [UInt8], _ sha256: String, from start: Int, _ outcome: inout Outcome
  ) {
    let path = work.entry.path
    let rules = layout.reading
    var matter: FrontMatter
    if case .partial = work.role {
      matter = FrontMatter(withoutHeader: start)
    } else if layout.site.kind == .jekyll {
      matter = FrontMatter(file, from: start, habits: rules.yaml)
    } else {
      // Lines of metadata are a habit of Markdown's.
      let forms = work.dialect.format == nil ? rules.matter : rules.matter.subtracting([.metadata])
      let first = rules.takesBlankLinesFirst ? file.skipWhitespace(from: start) : start
      matter = FrontMatter(file, from: first, forms: forms, habits: rules.yaml)
    }
    if matter.isEmpty, let metadata = FormatMetadata.read(file, from: start, work.dialect, layout.site.kind) {
      matter = metadata
    }
    if matter.isEmpty, !work.isAlwaysRead, layout.site.kind != .jekyll { return }
    if let problem = matter.problem {
      let form = matter.form == .toml ? "TOML" : matter.form == .json ? "JSON" : "YAML"
      outcome.problems.append(
        Diagnostic(
          .warning,
          .badFrontMatter,
          file: path,
          line: problem.line,
          message: "the front matter is not valid \(form): \(problem.message)",
          advice: problem.isHarmless
            ? "keep one of them: the last one counts"
            : "correct it; images that it names are not found, and the page's address may be wrong"
        )
      )
    }
    let page = layout.page(of: work, matter)
    if let reason = page.skipped {
      outcome.problems.append(Diagnostic(.note, .postSkipped, file: path, message: reason))
      return
    }
    outcome.page = page
    let keepsMarkup = page.keepsMarkup ?? rules.keepsMarkup
    outcome.post = Post(
      path: path,
      dialect: work.dialect,
      allowsHTML: rules.allowsHTML && rules.replacesMarkdown && keepsMarkup == nil
        || !work.dialect.isMarkdown,
      url: page.url,
      layout: page.layout,
      bytes: file.count,
      sha256: sha256
    )
    outcome.post?.keepsMarkup = keepsMarkup
    if rules.keepsFormat { outcome.post?.keepsFormat = true }
    let isDocument = work.dialect == .html && layout.site.kind == .pelican
    let body = isDocument ? HTMLPost(file, from: matter.bodyStart).body : matter.bodyStart..<file.count
    if let defect = work.dialect.reader.defect(file: file, body: body) {
      var lines = LineCounter(file)
      let at = lines.position(of: defect.offset)
      outcome.problems.append(
        Diagnostic(
          .error, .unreadable, file: path, line: at.line, column: at.column, message: defect.message,
          advice: "correct it; nothing that it shows is known"))
    }
    let mask = page.isTemplated ? rules.template.mask(file, body) : MaskedTemplates(bytes: file)
    if page.isTemplated { outcome.partials = layout.partials(of: path, tags: mask.tags, file) }
    var candidates: [(candidate: Candidate, region: URLResolver.Region)] = []
    var joined = JoinedPost(
      file, masked: mask.bytes, body: body, of: work,
      startsAtRoot: [.hugo, .jekyll].contains(layout.site.kind), read: included)
    var images = work.dialect.reader.candidates(
      file: joined?.bytes ?? file, masked: joined?.masked ?? mask.bytes, body: joined?.body ?? body)
    if let files = joined?.files {
      images = images.map { joined?.located($0) ?? $0 }
      outcome.includes = files.keys.sorted()
    }
    if rules.readsDirectives, work.dialect == .commonmark {
      images += MySTDirectives(file: file, masked: mask.bytes).candidates(body)
    }
    if let offsets = confirmed[path]?.subtracting(images.map(\.range.start)), !offsets.isEmpty {
      images += OracleReferences(file: file, masked: mask.bytes, body: body, dialect: work.dialect)
        .candidates(
          at: offsets)
    }
    let enclosed = EnclosedText(mask.enclosed)
    let summary = AutomaticSummary(
      file, body, divides: rules.dividesPosts, words: rules.summaryWords, matter)
    for candidate in images {
      let isHTML = ![.markdownInline, .markdownReference, .markup].contains(candidate.kind)
      if isHTML, work.dialect.isMarkdown, !rules.allowsHTML { continue }
      // An expression of JavaScript, whose image an import or a call of require names.
      if work.dialect == .mdx, isHTML, candidate.url.hasPrefix("{") { continue }
      var candidate = candidate
      if let reason = rules.keepsComponents, work.dialect == .mdx || candidate.isOfComponent(in: file) {
        candidate.keptBecause = reason
      }
      if isHTML { candidate.keptBecause = candidate.keptBecause ?? keepsMarkup }
      candidate.isInSummary = candidate.range.start < summary.end
      candidate.isAboveDivider = candidate.isInSummary && summary.isDivided
      if rules.readsAttributeLists, candidate.keptBecause == Candidate.hasUnsureAttributes {
        candidate.keptBecause = nil
      }
      if let name = enclosed.name(at: candidate.range.start) {
        candidate.keptBecause = "inside the shortcode \(name), which decides how its text is read"
      }
      if !isHTML, rules.setsTypography { candidate.setTypography(in: file) }
      if !isHTML, rules.keepsMarkedText { candidate.keepUnlessLiteral(in: file) }
      let isDefined = candidate.kind == .markdownReference
      candidates.append((candidate, isHTML ? .html : isDefined ? .definition : .body))
    }
    if let name = page.hookName, !images.contains(where: { Self.isEscaped($0, in: file) }) {
      outcome.post?.hookName = name
      outcome.post?.hasDoor = page.hasDoor ? true : nil
    }
    let finder = TagReferences(patterns: tags, syntax: rules.template)
    candidates += finder.candidates(mask, file: file, body: body, isMarkdown: work.dialect.isMarkdown)
      .map { ($0, .tag) }
    if work.dialect == .mdx {
      candidates += ImportReferences.candidates(file, body).map { ($0, .tag) }
    }
    if work.dialect == .mdx || rules.keepsComponents != nil && work.dialect.isMarkdown {
      let taken = Set(candidates.map(\.candidate.urlRange.start))
      candidates += ComponentSources.candidates(file, mask.bytes, body, of: work.dialect)
        .filter { !taken.contains($0.urlRange.start) }.map { ($0, .tag) }
    }
    if !rules.embeds.isEmpty {
      candidates += NoteEmbeds.candidates(file, mask.bytes, body).map { ($0, .embed) }
    }
    for value in matter.images(fields) { addFrontMatter(value, path, &candidates, &outcome) }
    candidates.sort { $0.candidate.range.start < $1.candidate.range.start }
    var lines = LineCounter(file)
    outcome.matches = candidates.map { candidate, region in
      var at = lines.position(of: candidate.range.start)
      if let included = candidate.included { at = (included.line, included.column) }
      return ReferenceMatch(candidate: candidate, region: region, line: at.line, column: at.column)
    }
  }

  /// A file that a post takes in; nil where none is there that is text.
  private func included(_ path: String) -> [UInt8]? {
    guard case .file(let resolved) = root.resolve(path),
      let data = try? FileAccess.read(root.absolute(resolved))
    else { return nil }
    let bytes = [UInt8](data)
    return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
  }

  /// Whether a Markdown image's text holds a backslash, which Hugo's hooks and Hugo itself show differently.
  private static func isEscaped(_ candidate: Candidate, in file: [UInt8]) -> Bool {
    guard candidate.kind == .markdownInline || candidate.kind == .markdownReference else { return false }
    return file[candidate.range.start..<candidate.range.end].contains(UInt8(ascii: "\\"))
  }

  private func addFrontMatter(
    _ value: FrontMatter.Value,
    _ path: String,
    _ candidates: inout [(candidate: Candidate, region: URLResolver.Region)],
    _ outcome: inout Outcome
  ) {
    guard !value.text.isEmpty else { return }
    guard let range = value.range else {
      if ImageFormat(fileName: value.text) != nil {
        outcome.problems.append(
          Diagnostic(
            .note,
            .referenceKept,
            file: path,
            line: value.line,
            message: "\(value.field) is written in a way that cannot be edited in place",
            advice: "write the value on one line without escapes"
          )
        )
      }
      return
    }
    candidates.append(
      (
        Candidate(
          kind: .frontMatter,
          range: range,
          urlRange: range,
          url: value.text,
          syntax: .plain,
          field: value.field
        ),
        .frontMatter
      )
    )
  }
}

extension Post.Dialect {
  /// Whether Markdown is what HTML stands in.
  var isMarkdown: Bool {
    switch self {
    case .commonmark, .kramdown, .mdx, .pythonMarkdown: true
    case .asciiDoc, .html, .notebook, .org, .page, .reStructuredText, .textile: false
    }
  }
}

/// Turns matches into references. This is a second pass, since a URL can point to the folder of another post.
struct ReferenceMaker: Sendable {
  let resolver: URLResolver
  let rules: ReadingRules

  /// A reference, and the site path that does not exist.
  typealias Resolved = (reference: Reference, missing: String?)

  /// The references of a post.
  func references(of outcome: PostReading.Outcome) -> [Resolved] {
    guard let post = outcome.post, let page = outcome.page else { return [] }
    let base = URLResolver.Page(path: post.path, folder: Permalink.folder(of: page.url), page: page)
    var resources = BundleFiles(page.bundle, resolver.index)
    return outcome.matches.flatMap { match -> [Resolved] in
      resourceReferences(match, post, &resources) ?? reference(match, post, base).map { [$0] } ?? []
    }
  }

  /// The files of the bundle that a pattern of Hugo's `resources` takes; nil for anything else.
  private func resourceReferences(
    _ match: PostReading.ReferenceMatch, _ post: Post, _ resources: inout BundleFiles
  ) -> [Resolved]? {
    guard let field = match.candidate.field, field.hasPrefix("resources."), field.hasSuffix(".src"),
      resources.bundle != nil, match.candidate.url.contains(where: { "*?[".contains($0) })
    else { return nil }
    guard let files = resources.files(matching: match.candidate.url) else {
      let unknown = URLResolver.Result(
        status: .templated, message: "the post has more patterns of files than are compared with its files")
      return [(makeReference(match, post, unknown), nil)]
    }
    return files.map { path in
      let result = URLResolver.Result(
        status: .local, source: path, obstacle: "a pattern names it, and templates take it by its name")
      return (makeReference(match, post, result), nil)
    }
  }

  private func reference(
    _ match: PostReading.ReferenceMatch, _ post: Post, _ base: URLResolver.Page
  ) -> Resolved? {
    let candidate = match.candidate
    var result =
      candidate.isVariable
      ? URLResolver.templated
      : resolver.resolve(
        candidate.target ?? candidate.url,
        syntax: candidate.syntax,
        region: match.region,
        page: base,
        isTemplated: base.page.isTemplated
      )
    if result.status == .missing {
      if let folder = candidate.field.flatMap({ rules.tagFolders[$0] }), match.region == .tag {
        let inner = resolver.finish(folder + "/" + candidate.url, LinkForm(prefix: ""))
        if inner.status == .local { result = inner }
      }
      if let missing = result.missing, rules.generatedFolders.contains(where: { missing.hasPrefix($0 + "/") })
      {
        result = URLResolver.generated
      }
      // What an include makes of an argument only the include knows.
      if candidate.isGuess { result = URLResolver.templated }
    }
    if result.status == .local, let form = rules.candidateForm, base.page.isTemplated,
      [.body, .definition, .html].contains(match.region), let link = result.link,
      !link.prefix.contains("://"),
      !link.suffix.contains("absolute_url")
    {
      let mounts = result.htmlLink?.mounts ?? form.mounts
      result.htmlLink = form
      result.htmlLink?.mounts = mounts
      result.htmlLink?.keepsUnicode = link.keepsUnicode
      result.htmlLink?.tail = link.tail
    }
    if match.region == .frontMatter || match.region == .tag, !Self.isLikelyImage(candidate.url, result) {
      return nil
    }
    return (makeReference(match, post, result), result.missing)
  }

  private func makeReference(
    _ match: PostReading.ReferenceMatch, _ post: Post, _ result: URLResolver.Result
  ) -> Reference {
    let candidate = match.candidate
    var reference = Reference(
      post: post.path,
      kind: candidate.kind,
      range: candidate.range,
      urlRange: candidate.urlRange,
      attributeListRange: candidate.attributeListRange,
      line: match.line,
      column: match.column,
      url: candidate.url,
      alt: candidate.alt,
      title: candidate.title,
      status: result.status,
      reason: Self.reason(result.message, result.advice),
      source: result.source,
      link: result.link,
      htmlLink: result.htmlLink,
      keptBecause: result.status == .local
        ? post.dialect.keptBecause ?? obstacle(candidate, match.region, result, in: post) : nil,
      printsPath: candidate.printsPath ? true : nil,
      changesText: rules.changesSigns && candidate.hasChangingSigns ? true : nil,
      attributes: candidate.attributes,
      field: candidate.field,
      context: candidate.contexts.sorted()
    )
    reference.embeddedBytes = candidate.embeddedBytes
    if candidate.isInSummary {
      AutomaticSummary.limit(&reference, isDivided: candidate.isAboveDivider)
    }
    reference.file = candidate.included?.file
    return reference
  }

  /// Why the reference stays unchanged.
  private func obstacle(
    _ candidate: Candidate,
    _ region: URLResolver.Region,
    _ result: URLResolver.Result,
    in post: Post
  ) -> String? {
    if let reason = candidate.keptBecause ?? result.obstacle { return reason }
    // A plugin writes no HTML into the post.
    let isMDX = post.dialect == .mdx && post.hasDoor != true
    switch region {
    case .body, .definition: return rules.keepsMarkdown ?? (isMDX ? Reference.keptMarkdownInMDX : nil)
    case .html: return rules.keepsHTML ?? (isMDX ? Reference.keptJSX : nil)
    case .frontMatter: return rules.keepsFrontMatter
    case .embed, .tag: return nil
    }
  }

  /// Whether a value is meant as an image: fields and arguments of these names hold colors, switches and ids as
  /// well.
  private static func isLikelyImage(_ text: String, _ result: URLResolver.Result) -> Bool {
    switch result.status {
    case .local, .data, .outsideSite, .templated: return true
    case .remote: return true
    case .unsupported: return false
    case .missing:
      let path = text.prefix { $0 != "?" && $0 != "#" }
      return ImageFormat(fileName: path) != nil
    }
  }

  /// A reference's reason, for a person to read.
  static func reason(_ message: String?, _ advice: String?) -> String? {
    guard let message else { return nil }
    return advice.map { "\(message) (\($0))" } ?? message
  }
}

/// Counts lines and columns of positions that are requested in rising order.
struct LineCounter {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no character of the first line.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The line and the column in Unicode scalars of an offset, both from 1.
  mutating func position(of offset: Int) -> (line: Int, column: Int) {
    while position < min(offset, bytes.count) {
      let byte = bytes[position]
      if byte == .newline {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      position += 1
    }
    return (line, column)
  }
}
