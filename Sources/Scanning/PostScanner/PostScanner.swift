import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// The result of a scan.
package struct ScanResult: Sendable {
  /// The site.
  package var site: Site
  /// Every file that was read for references, by path.
  package var posts: [Post]
  /// Every reference to an image, by post and position.
  package var references: [Reference]
  /// What a person should know, in the order of problems.
  package var problems: [Diagnostic]
  /// How many files were parsed; the others came from the cache.
  package var parsed = 0
  /// Paths that were looked for beside the listing, where links and folders that are not listed count.
  package var dependencies: [String] = []
  /// Whether the same site gives the same result at another time.
  package var isCacheable = true
}

/// The facts of a site that are independent of its posts.
package struct SiteOutline: Sendable {
  /// The kind of site, and a digest of everything that its layout was read from.
  package var digest: String
  /// Whether a folder, by its path, is left out of the listing that references are resolved with.
  package var isSkipped: @Sendable (String) -> Bool

  /// Makes an outline.
  package init(digest: String, isSkipped: @escaping @Sendable (String) -> Bool) {
    self.digest = digest
    self.isSkipped = isSkipped
  }
}

/// Reads a site's posts and finds every reference to an image.
///
/// A site is read as its generator reads it: the same files are posts, the same bytes are front matter, and an image
/// that the page does not show is no reference.
package struct PostScanner: Sendable {
  let root: SiteRoot
  private let name: String
  let options: ScanOptions
  private let cache: AssetCache

  /// - Parameters:
  ///   - root: the site's root.
  ///   - name: the root as the user wrote it.
  ///   - options: the user's settings.
  ///   - cache: the results of earlier scans.
  package init(
    root: SiteRoot, name: String, options: ScanOptions = ScanOptions(),
    cache: AssetCache = AssetCache(folder: nil)
  ) {
    self.root = root
    self.cache = cache
    self.name = name
    self.options = options
  }

  /// Scans the site.
  ///
  /// - Parameter cancellation: checked between two posts.
  /// - Throws: ``ScanError`` where the folder is no site, or its configuration cannot be read, and `Cancelled`. What is
  ///   wrong with a post is a problem in the result.
  package func scan(cancellation: Cancellation = Cancellation()) throws -> ScanResult {
    let listed = FileStamp.now
    let folder = SiteFolder(root: root, options)
    let (kind, reason) = try recognize(folder)
    var opened = try kind.open(folder)
    opened.formats = PostFormat.all(of: kind.kind, in: folder)
    let layout = opened
    let listing = try listing(folder, layout)
    let entries = listing.files
    let index = SiteIndex(root: root, entries: entries, layout: layout)
    let fields = options.fields(or: layout.reading.fields)
    let posts = PostReading(
      root: root,
      layout: layout,
      fields: ImageFields(fields),
      tags: options.tags + layout.reading.tags,
      confirmed: options.confirmed,
      text: options.text
    )
    let unread = UnreadPosts(
      root: root, layout: layout, formats: layout.formats.filter { $0.dialect == nil }
    ).problems(among: entries)
    let reading = ReadingCache(posts, cache: cache, layout: folder.digest, fields: fields, listed: listed)
    var outcomes = try reading.read(
      entries.compactMap(layout.work), jobs: options.jobs, cancellation: cancellation)
    try readPartials(of: &outcomes, entries, index, reading, cancellation)
    if kind.kind == .markdown {
      // No generator says that what others take in is a page as well.
      let all = Set(outcomes.flatMap(\.includes))
      // Where files take in each other, none of them is the whole.
      let whole = outcomes.filter { $0.post.map { !all.contains($0.path) } ?? false }
      let parts = Set(whole.flatMap(\.includes))
      outcomes.removeAll { $0.post.map { parts.contains($0.path) } ?? false }
    }
    var site = layout.site
    site.root = name
    site.reason = reason
    let maker = ReferenceMaker(
      resolver: URLResolver(
        index: index, baseurl: site.baseurl, url: site.url, rules: layout.reading, bundles: bundles(outcomes),
        names: layout.reading.embeds.isEmpty ? nil : NamedFiles(index.allPaths)),
      rules: layout.reading
    )
    var result = ScanResult(
      site: site,
      posts: outcomes.compactMap(\.post),
      references: [],
      problems: layout.problems + variantFolderProblems(layout) + Self.problems(of: listing, layout)
        + outcomes.flatMap(\.problems) + unread
    )
    if result.posts.isEmpty, unread.isEmpty { result.problems.append(.nothingFound) }
    result.parsed = reading.parsed
    result.isCacheable = outcomes.allSatisfy(\.isCacheable)
    var resolved = try Parallel.map(outcomes, jobs: options.jobs, cancellation: cancellation) {
      maker.references(of: $0)
    }
    // The candidates are not needed any more: a site can have a million images.
    outcomes = []
    collect(&resolved, index, UnchangedNotes(isGathered: layout.reading.groupsUnchanged), &result)
    result.problems += PostFormat.problems(of: result)
    if layout.reading.isPartlyUnread {
      // One line has said so for all of them.
      for at in result.problems.indices where result.problems[at].rule == .missingFile {
        result.problems[at].severity = .note
      }
    }
    result.problems.sort()
    result.dependencies = index.dependencies
    return result
  }

  /// What lies in the site, but for folders that hold nothing of a page.
  private func listing(_ folder: SiteFolder, _ layout: any SiteLayout) throws(ScanError) -> FileListing {
    // Such a folder was listed to find out what it is.
    if layout.site.kind == .markdown, let listing = folder.markdown.listing { return listing }
    let skipped = Set(options.excludedFolders.map(\.trimmingSlashes))
    do throws(FileError) {
      return try FileTree.list(below: root.absolute("")) {
        skipped.contains($0) || layout.isSkipped(folder: $0)
      }
    } catch {
      throw ScanError.unreadable(file: error.path, message: error.reason)
    }
  }

  // MARK: The site

  /// Determines the facts of the site without reading its posts.
  ///
  /// - Throws: ``ScanError``
  package func outline() throws -> SiteOutline {
    let folder = SiteFolder(root: root, options)
    let (kind, reason) = try recognize(folder)
    let layout = try kind.open(folder)
    let skipped = Set(options.excludedFolders.map(\.trimmingSlashes))
    return SiteOutline(digest: "\(kind.kind.rawValue) \(reason) \(folder.digest)") {
      skipped.contains($0) || layout.isSkipped(folder: $0)
    }
  }

  /// The kind that the user named, or the first that recognizes the folder.
  private func recognize(_ folder: SiteFolder) throws(ScanError) -> (SiteKind, reason: String) {
    if let wanted = options.kind, let kind = SiteKind.all.first(where: { $0.kind == wanted }) {
      return (kind, "as --kind says")
    }
    for kind in SiteKind.all {
      if let reason = kind.recognize(folder) { return (kind, reason) }
    }
    let survey = folder.markdown
    throw .unknownSite(
      folder: name, posts: survey.otherPosts, sites: root.hasFrontPage ? nil : survey.innerSites)
  }

  /// What is to be said where the user's folder for variants is not published.
  private func variantFolderProblems(_ layout: any SiteLayout) -> [Diagnostic] {
    guard let folder = options.variantFolder, !layout.reading.mounts.isEmpty,
      !layout.reading.mounts.contains(where: { $0.published(folder + "/x") != nil })
    else { return [] }
    return [
      Diagnostic(
        .warning,
        .siteConfiguration,
        file: folder,
        message:
          "\(layout.site.kind.name) does not publish this folder, so pages would not find the variants in it",
        advice: "leave folder out of the configuration, or name one such as \(layout.site.variantFolder)"
      )
    ]
  }

  /// The problems of folders that cannot be read, and of posts whose names are no valid text.
  private static func problems(of listing: FileListing, _ layout: any SiteLayout) -> [Diagnostic] {
    let closed = listing.closed.map { folder in
      Diagnostic(
        .warning, .unreadable, file: folder.path,
        message: "cannot be read: \(folder.reason), so nothing in it is looked at",
        advice: "check the folder's permissions")
    }
    return closed
      + listing.unnamed.filter { $0.entry.kind == .file && layout.work(for: $0.entry) != nil }.map { file in
        Diagnostic(
          .warning, .postSkipped, file: file.entry.path,
          message: "left as it is: its name is not valid UTF-8", advice: "rename it")
      }
  }

  /// The folders of page bundles by the URL of their page. The first post of a folder in byte order counts.
  private func bundles(_ outcomes: [PostReading.Outcome]) -> [String: String] {
    var folders: [String: String] = [:]
    for outcome in outcomes {
      guard let page = outcome.page, let folder = page.bundle else { continue }
      let url = Permalink.folder(of: page.url)
      if folders[url] == nil { folders[url] = folder }
    }
    return folders
  }

  /// Reads the Markdown files that posts take in, and those that these take in. A file that several posts take in
  /// is read once, as part of the first.
  private func readPartials(
    of outcomes: inout [PostReading.Outcome],
    _ entries: [FileEntry],
    _ index: SiteIndex,
    _ reading: ReadingCache,
    _ cancellation: Cancellation
  ) throws(Cancelled) {
    var paths = Set(outcomes.compactMap { $0.post?.path })
    var next = 0
    var byPath: [String: FileEntry]?
    while next < outcomes.count {
      let outcome = outcomes[next]
      next += 1
      guard let post = outcome.post else { continue }
      for missing in outcome.partials {
        guard let path = index.file(at: missing), paths.insert(path).inserted else { continue }
        let entries = byPath ?? Dictionary(entries.map { ($0.path, $0) }) { first, _ in first }
        byPath = entries
        guard let entry = entries[path] else { continue }
        let work = PostReading.Work(
          entry: entry, role: .partial(of: post.url), dialect: .kramdown, isAlwaysRead: true)
        outcomes += try reading.read([work], jobs: 1, cancellation: cancellation)
      }
    }
    outcomes.sort { ($0.post?.path ?? "") < ($1.post?.path ?? "") }
  }

  // MARK: The work

  private func collect(
    _ resolved: inout [[ReferenceMaker.Resolved]],
    _ index: SiteIndex,
    _ notes: UnchangedNotes,
    _ result: inout ScanResult
  ) {
    var (nearest, notes) = (nil as NearestFile?, notes)
    let compared = ComparedValues(root: root, paths: index.allPaths)
    let prefixes = TemplatePrefixes(compared)
    result.references.reserveCapacity(resolved.reduce(0) { $0 + $1.count })
    for number in resolved.indices {
      let references = resolved[number]
      resolved[number] = []
      let links = Self.linkFields(of: references.map(\.reference))
      for (var reference, missing) in references {
        var words = (message: reference.reason ?? "", advice: nil as String?)
        if missing != nil, let completed = prefixes.completed(reference, in: index) {
          reference = completed
        } else if let missing {
          let finder = nearest ?? NearestFile(index.allPaths)
          nearest = finder
          words = finder.advice(for: missing)
          reference.reason = ReferenceMaker.reason(words.message, words.advice)
        }
        if reference.kind == .frontMatter, reference.status == .local, reference.keptBecause == nil {
          let isLink = reference.field.map(links.contains) ?? false
          reference.keptBecause =
            isLink
            ? "the picture beside it links to it"
            : compared.reason(reference.url, field: reference.field ?? "")
        }
        result.references.append(reference)
        guard let problem = Self.problem(reference, words.message, words.advice) else { continue }
        if !notes.takes(problem, reference) { result.problems.append(problem) }
      }
    }
    result.problems += notes.problems
    result.problems.sort()
  }

  /// The fields of front matter that say what a picture beside them links to: `url` where there is an `image_path` too.
  private static func linkFields(of references: [Reference]) -> Set<String> {
    let fields = references.filter { $0.kind == .frontMatter }.compactMap(\.field)
    let split = fields.compactMap { field in field.lastIndex(of: ".").map { (field[..<$0], field[$0...]) } }
    let isLink = { (key: Substring) in [".url", ".href", ".link"].contains(key) }
    let pictures = Set(split.filter { !isLink($0.1) }.map(\.0))
    return Set(split.filter { isLink($0.1) && pictures.contains($0.0) }.map { String($0.0 + $0.1) })
  }

  /// What a person should know about a reference that leads to no image of the site.
  private static func problem(_ reference: Reference, _ message: String, _ advice: String?) -> Diagnostic? {
    let code: Diagnostic.Rule
    var severity = Diagnostic.Severity.warning
    switch reference.status {
    case .missing: code = .missingFile
    case .outsideSite: code = .outsideSite
    case .templated:
      code = .templated
      severity = .note
    case .unsupported:
      code = .passedThrough
      severity = .note
    case .local:
      guard
        let reason = reference.keptBecause
          ?? (reference.kind == .templateTag && reference.replacement == nil ? reference.obstacle : nil)
      else {
        return nil
      }
      // One line for the format says it of all its posts.
      if Post.Dialect.formatReasons.contains(reason) { return nil }
      return Diagnostic(
        .note, .referenceKept, file: reference.writtenIn, line: reference.line, column: reference.column,
        message: "\(reference.url) is left as it is: \(reason)")
    case .remote, .data: return nil
    }
    return Diagnostic(
      severity,
      code,
      file: reference.writtenIn,
      line: reference.line,
      column: reference.column,
      message: message,
      advice: advice
    )
  }
}
