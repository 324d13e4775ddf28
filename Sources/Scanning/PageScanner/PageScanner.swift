import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// Finds the image references of a built site: any tree of HTML files.
///
/// Pages are read, parsed and let go one at a time by each worker, so that memory does not grow with their number.
package struct PageScanner: Sendable {
  /// What was found.
  package struct Result: CompactRecord, Sendable {
    package var posts: [Post] = []
    package var references: [Reference] = []
    package var problems: [Diagnostic] = []
    /// The paths that were looked for in the tree.
    package var dependencies: Set<String> = []
    /// Stylesheets whose bytes a page names by a hash.
    var fixed: Set<String> = []

    package static var blank: Result { Result() }

    /// What `PageMemory` keeps: it has the paths itself.
    package mutating func exchange(with fields: CompactFields) throws {
      try fields.exchange(&posts)
      try fields.exchange(&references)
      try fields.exchange(&problems)
      var names = fixed.sorted()
      try fields.exchange(&names, blank: "") { try fields.exchange(&$0) }
      fixed = Set(names)
    }
  }

  private let root: SiteRoot
  private let site: Site
  private let jobs: Int
  private let excluded: Set<String>
  private let text: @Sendable (_ page: String, _ file: Data) -> Data
  private let sheets: PageSheets
  private let policy: InlineStylePolicy
  private let scripts: ScriptLibrary
  private let memory: PageMemory<Result>
  private let isForWeight: Bool
  /// The names of files that the pages' generator was given as candidates: images that offer them lack nothing.
  package var givenFiles: Set<String> = []

  /// - Parameters:
  ///   - root: the tree.
  ///   - site: what is known of the site: its host and the path it is published below, where they are configured.
  ///   - excluded: folders of the tree that are not part of it, such as a staged copy.
  ///   - jobs: how many pages are worked on at once.
  ///   - isForWeight: whether only what pages load is asked for: what is known of the places of images is left out, which is
  ///     most of what there is to remember of them.
  ///   - cache: the results of earlier scans; nil to read every page, as where `text` gives others than the files hold.
  ///   - text: gives the page that is read in place of what a file holds: its generator's, where a run has edited it.
  package init(
    root: SiteRoot, site: Site, excluded: [String], jobs: Int, isForWeight: Bool = false,
    cache: AssetCache? = nil,
    text: @escaping @Sendable (_ page: String, _ file: Data) -> Data = { $1 }
  ) {
    self.text = text
    self.root = root
    self.site = site
    self.excluded = Set(excluded)
    self.jobs = max(1, jobs)
    self.isForWeight = isForWeight
    sheets = PageSheets(root: root)
    policy = InlineStylePolicy(root: root)
    scripts = ScriptLibrary(root: root)
    memory = PageMemory(
      ["scan", site.url, site.baseurl, "\(policy.isForbidden)", "\(isForWeight)"], root: root, cache: cache)
  }

  /// Folders of a tree in which no page is looked for.
  package static let skippedFolders: Set<String> = [".git", "node_modules"]

  /// What lies in a tree, but for folders in which no page is looked for.
  ///
  /// - Throws: `FileError` when the tree cannot be read.
  package static func listing(of root: SiteRoot, excluding excluded: Set<String>) throws(FileError)
    -> FileListing
  {
    try FileTree.list(below: root.path) { excluded.contains($0) || skippedFolders.contains($0) }
  }

  /// A digest of what lies in a tree beside the content of its pages. While it stays the same, a page says the same as long as its
  /// own bytes do, where it takes in no other page.
  ///
  /// - Throws: `FileError` when the tree cannot be read.
  package static func surroundings(of root: SiteRoot) throws(FileError) -> String {
    let listing = try FileTree.list(below: root.path)
    var hash = SHA256()
    for entry in listing.files {
      switch entry.kind {
      case .file where isPage(entry.path): hash.update("page \(entry.path)\n")
      case .file:
        hash.update("file \(entry.path)\0\(entry.bytes) \(entry.modified) \(entry.identity) \(entry.mode)\n")
      case .link(let text): hash.update("link \(entry.path)\0\(text)\n")
      }
    }
    for path in listing.folders + listing.closed.map(\.path) + listing.special { hash.update("\(path)\n") }
    return ContentDigest.hexadecimal(hash.finalize())
  }

  private static func problems(of listing: FileListing) -> [Diagnostic] {
    let closed = listing.closed.map { folder in
      Diagnostic(
        .warning, .unreadable, file: folder.path,
        message: "cannot be read: \(folder.reason), so nothing in it is looked at",
        advice: "check the folder's permissions")
    }
    return closed
      + listing.unnamed.filter { $0.entry.kind == .file && isPage($0.entry.path) }.map { file in
        Diagnostic(
          .warning, .postSkipped, file: file.entry.path,
          message: "left as it is: its name is not valid UTF-8", advice: "rename it")
      }
  }

  /// Scans every page.
  ///
  /// - Parameters:
  ///   - listing: what lies in the tree, where that is known.
  ///   - cancellation: looked at between two pages.
  /// - Throws: `FileError` when the tree cannot be read, and `Cancelled`. A folder or page that cannot be read or parsed is
  ///   a problem, and the others go on.
  package func scan(_ listing: FileListing? = nil, cancellation: Cancellation = Cancellation()) throws
    -> Result
  {
    let listing = try listing ?? Self.listing(of: root, excluding: excluded)
    let pages = Self.pages(of: listing)
    let scanned = try memory.answers(of: pages, jobs: jobs, cancellation: cancellation) { scan($0, $1, $2) }
    var result = Result(problems: Self.problems(of: listing))
    for page in scanned {
      result.add(page.finding)
      result.dependencies.formUnion(page.paths)
    }
    guard !result.posts.isEmpty else { return result }
    let sheets = Self.stylesheets(of: listing).filter { !result.fixed.contains($0) }
    for one in try Parallel.map(sheets, jobs: jobs, cancellation: cancellation, stylesheet) {
      result.add(one)
    }
    guard !isForWeight else { return result }
    result.problems += UnchangedMarkup.notes(
      of: result.references.filter { !$0.offers(anyOf: givenFiles) })
    return result
  }

  /// The tree's `.html`, `.htm` and `.xhtml` files in byte order.
  ///
  /// - Throws: `FileError` when the tree cannot be read.
  package func pages() throws(FileError) -> [String] {
    Self.pages(of: try Self.listing(of: root, excluding: excluded))
  }

  /// The tree's pages and stylesheets.
  ///
  /// - Throws: `FileError` when the tree cannot be read.
  package func texts() throws(FileError) -> [String] {
    let listing = try Self.listing(of: root, excluding: excluded)
    return Self.pages(of: listing) + Self.stylesheets(of: listing)
  }

  private static func stylesheets(of listing: FileListing) -> [String] {
    listing.files.filter { $0.kind == .file && Post.isStylesheet($0.path) }.map(\.path)
  }

  /// Scans one stylesheet; one that names no image of the site's is none of its texts.
  private func stylesheet(_ file: String) -> Result {
    var result = Result()
    guard let data = try? FileAccess.read(root.absolute(file)) else { return result }
    let written = text(file, data)
    let dependencies = Shared<Set<String>>([])
    result.references = StylesheetReferences(root: root, site: site, dependencies: dependencies)
      .all(in: Array(written), file).filter { $0.replacement != nil }
    result.dependencies = dependencies.withLock(\.self)
    if !result.references.isEmpty {
      result.posts = [
        Post(
          path: file, dialect: .page, url: "/" + file, bytes: written.count,
          sha256: ContentDigest.sha256(written))
      ]
    }
    return result
  }

  private static func pages(of listing: FileListing) -> [String] {
    listing.files.filter { $0.kind == .file && isPage($0.path) }.map(\.path)
  }

  /// Scans one page.
  private func scan(
    _ page: String, _ file: Swift.Result<Data, FileError>, _ dependencies: Shared<Set<String>>
  ) -> Result {
    var result = Result()
    do throws(FileError) {
      let data = text(page, try file.get())
      let bytes = Array(data)
      result.posts = [
        Post(
          path: page, dialect: .page, url: "/" + page, bytes: bytes.count, sha256: ContentDigest.sha256(data))
      ]
      guard let tree = PageTree(bytes) else {
        result.problems = [
          Diagnostic(
            .warning, .postSkipped, file: page,
            message: "left as it is: its elements nest more than \(GumboTree.deepestNesting) deep",
            advice: "check the page for start tags that no end tag follows")
        ]
        return result
      }
      let references = PageReferences(
        bytes: bytes, page: page, tree: tree, root: root, site: site, sheets: sheets, policy: policy,
        dependencies: dependencies, scripts: scripts)
      result.references = references.all()
      result.fixed = references.fixedStylesheets
      result.problems = result.references.compactMap(Self.problem)
      if isForWeight { result.references = result.references.map(\.withoutPlace) }
    } catch {
      result.problems = [
        Diagnostic(
          .error, .unreadable, file: page, message: "cannot be read: \(error.reason)",
          advice: "check the file's permissions")
      ]
    }
    return result
  }

  private static func problem(of reference: Reference) -> Diagnostic? {
    let code: Diagnostic.Rule
    switch reference.status {
    case .missing: code = .missingFile
    case .outsideSite: code = .outsideSite
    case .data, .local, .remote, .templated, .unsupported: return nil
    }
    return Diagnostic(
      .warning, code, file: reference.post, line: reference.line, column: reference.column,
      message: "\(reference.url): \(reference.reason ?? "leads to no file of the site")",
      advice: "add the file, or correct the URL where the page is made")
  }

  /// Whether a path is that of a page.
  package static func isPage(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".html", ".htm", ".xhtml"].contains { name.hasSuffix($0) }
  }
}

extension PageScanner.Result {
  fileprivate mutating func add(_ other: Self) {
    posts += other.posts
    references += other.references
    problems += other.problems
    dependencies.formUnion(other.dependencies)
    fixed.formUnion(other.fixed)
  }
}

extension Reference {
  /// The same without what is known of the place in its page.
  fileprivate var withoutPlace: Reference {
    var reference = self
    (reference.display, reference.page, reference.link, reference.htmlLink) = (nil, nil, nil, nil)
    return reference
  }
}
