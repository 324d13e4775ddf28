import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import TestSupport
import Testing

@testable import AssetPipeline

/// Pages of a built site that are to be edited where they stand.
@Suite struct InPlacePagesTests {
  private static let page = "<!DOCTYPE html><title>t</title><p>text <img src=\"x.png\" alt=\"a\"></p>\n"

  /// A manifest that says of a page's image what a scan and a render would.
  private static func manifest(_ page: String, _ folder: TemporaryFolder) throws -> AssetManifest {
    let bytes = Data(page.utf8)
    func range(_ text: String) throws -> ByteRange {
      let found = try #require(bytes.range(of: Data(text.utf8)))
      return ByteRange(found.lowerBound, found.upperBound)
    }
    let reference = Reference(
      post: "a.html", kind: .htmlImage, range: try range("<img src=\"x.png\" alt=\"a\">"),
      urlRange: try range("x.png"), line: 1, column: 1, url: "x.png", status: .local, source: "x.png",
      link: LinkForm(prefix: "", base: ""))
    let variant = Variant(
      path: "x-40w-0123abcd.webp", source: "x.png", purpose: .responsive, width: 40, height: 30,
      format: .webp,
      bytes: 10, sha256: "2", settings: EncodingSettings(format: .webp, loss: .lossy))
    return AssetManifest(
      site: Site(kind: .html, reason: "", root: folder.path),
      posts: [
        Post(
          path: "a.html", dialect: .page, url: "/a.html", bytes: bytes.count,
          sha256: ContentDigest.sha256(bytes))
      ], references: [reference],
      sources: [Source(path: "x.png", sha256: "1", bytes: 1_000, format: .png, width: 80, height: 60)],
      variants: [variant])
  }

  private static func plan(_ folder: TemporaryFolder, journal: EditJournal = EditJournal()) throws
    -> InPlacePosts
  {
    let root = try SiteRoot(folder.path)
    let manifest = try manifest(page, folder)
    return InPlacePosts(
      root: root, manifest: manifest,
      rewriter: PostRewriter(manifest: manifest, options: RewriteOptions()), isForced: true, journal: journal,
      proof: PageProof(manifest, folders: [root]), jobs: 2)
  }

  /// A page that would name a file which is not there stays as it is, before anything is written.
  @Test func aPageThatCannotBeProvenStays() throws {
    let folder = try TemporaryFolder(["a.html": Self.page])
    let posts = try Self.plan(folder)
    #expect(posts.replacements.isEmpty && posts.unchanged.isEmpty)
    #expect(posts.problems.map(\.rule) == [.postSkipped] && posts.problems[0].severity == .warning)
    #expect(posts.problems[0].message.contains("x-40w-0123abcd.webp, which is not there"))
  }

  /// Where an earlier run has edited it, it becomes its generator's again.
  @Test func aPageThatCannotBeProvenAnyMoreIsGivenBack() throws {
    let change = (range: ByteRange(0, 0), text: "<!-- x-40w-00000000.webp -->")
    let edited = change.text + Self.page
    let folder = try TemporaryFolder(["a.html": edited])
    var journal = EditJournal()
    journal.posts = [
      EditJournal.Post(
        path: "a.html",
        text: EditJournal.Text([change], author: Data(Self.page.utf8), new: Data(edited.utf8)))
    ]
    let posts = try Self.plan(folder, journal: journal)
    #expect(posts.replacements.map(\.givesBack) == [true])
    #expect(posts.replacements.first?.text.sha256 == ContentDigest.sha256(Data(Self.page.utf8)))
    #expect(posts.replacements.first?.text.spans == [] && posts.unchanged.isEmpty)
  }
}
