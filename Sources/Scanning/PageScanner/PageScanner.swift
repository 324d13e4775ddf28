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
  package struct Result: Sendable {
    package var posts: [Post] = []
    package var references: [Reference] = []
    package var problems: [Diagnostic] = []
    /// The paths that were looked for in the tree.
    package var dependencies: Set<String> = []
  }

  private let root: SiteRoot
  private let site: Site
  private let jobs: Int
  private let excluded: Set<String>
  private let text: @Sendable (_ page: String, _ file: Data) -> Data
  private let sheets: PageSheets
  private let policy: InlineStylePolicy
  private let libraries: ImageRestrictions.Libraries
  private let memory: PageMemory<Result>

  /// - Parameters:
  ///   - root: the tree.
  ///   - site: what is known of the site: its host and the path it is published below, where they are configured.
  ///   - excluded: folders of the tree that are not part of it, such as a staged copy.
  ///   - jobs: how many pages are worked on at once.
  ///   - cache: the results of earlier scans; nil to read every page, as where `text` gives others than the files hold.
  ///   - text: gives the page that is read in place of what a file holds: its generator's, where a run has edited it.
  package init(
    root: SiteRoot, site: Site, excluded: [String], jobs: Int, cache: AssetCache? = nil,
    text: @escaping @Sendable (_ page: String, _ file: Data) -> Data = { $1 }
  ) {
    self.text = text
    self.root = root
    self.site = site
    self.excluded = Set(excluded)
    self.jobs = max(1, jobs)
    sheets = PageSheets(root: root)
    policy = InlineStylePolicy(root: root)
    libraries = ImageRestrictions.Libraries(
      scripts: ScriptLibrary(root: root), styles: StyleLibrary(root: root))
    memory = PageMemory(
      ["scan", site.url, site.baseurl, "\(policy.isForbidden)"], root: root, cache: cache)
  }

  /// Folders of a tree in which no page is looked for.
  package static let skippedFolders: Set<String> = [".git", "node_modules"]

  private func listing() throws(FileError) -> FileListing {
    try FileTree.list(below: root.path) { excluded.contains($0) || Self.skippedFolders.contains($0) }
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
  /// - Parameter cancellation: looked at between two pages.
  /// - Throws: `FileError` when the tree cannot be read, and `Cancelled`. A folder or page that cannot be read or parsed is
  ///   a problem, and the others go on.
  package func scan(cancellation: Cancellation = Cancellation()) throws -> Result {
    let listing = try listing()
    let pages = Self.pages(of: listing)
    let scanned = try memory.answers(of: pages, jobs: jobs, cancellation: cancellation) { scan($0, $1, $2) }
    var result = Result(problems: Self.problems(of: listing))
    for page in scanned {
      result.posts += page.finding.posts
      result.references += page.finding.references
      result.problems += page.finding.problems
      result.dependencies.formUnion(page.paths)
    }
    result.problems += UnchangedMarkup.notes(of: result.references)
    return result
  }

  /// The tree's `.html`, `.htm` and `.xhtml` files in byte order.
  ///
  /// - Throws: `FileError` when the tree cannot be read.
  package func pages() throws(FileError) -> [String] { Self.pages(of: try listing()) }

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
      result.references = PageReferences(
        bytes: bytes, page: page, tree: tree, root: root, site: site, sheets: sheets, policy: policy,
        dependencies: dependencies, libraries: libraries
      ).all()
      result.problems = result.references.compactMap(Self.problem)
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

  private static func isPage(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".html", ".htm", ".xhtml"].contains { name.hasSuffix($0) }
  }
}
