import AssetModel
import Testing

@testable import VariantPlanner

/// One file in the place of an image whose tag says how wide it is, and where files lie.
@Suite struct NarrowFileTests {
  private func widths(_ tags: [String?]) -> [Int] {
    let references = tags.enumerated().map { number, width in
      var reference = Reference(
        post: "a.md", kind: .templateTag, range: ByteRange(number * 10, number * 10 + 5),
        urlRange: ByteRange(0, 0), line: 1, column: 1, url: "/a.png", status: .local, source: "a.png",
        link: LinkForm(prefix: "/"), printsPath: true)
      reference.attributes["width"] = width
      return reference
    }
    let source = Source(path: "a.png", sha256: "1", bytes: 100_000, format: .png, width: 1200, height: 800)
    let manifest = AssetManifest(
      site: Site(kind: .hexo, reason: "", root: "."),
      posts: [Post(path: "a.md", dialect: .commonmark, url: "/a/", bytes: 1, sha256: "")],
      references: references, sources: [source], variants: [])
    let jobs = VariantPlanner(options: PlanOptions()).plan(manifest).jobs
    #expect(jobs.flatMap(\.renditions).allSatisfy { $0.purpose == .sameSize })
    return jobs.flatMap(\.renditions).map(\.width)
  }

  @Test func aTagsWidthIsEnoughThreeTimes() {
    #expect(widths(["100"]) == [300])
    #expect(widths(["100", nil]) == [1200, 300])
    #expect(widths(["100", "50", "100"]) == [300, 150])
    #expect(widths(["900"]) == [1200])
    #expect(widths(["900", nil, "700"]) == [1200])
  }

  @Test(arguments: [
    ("source/_posts/walk/a.png", "o/source/posts/walk/a-9w-"), ("a_posts/_x/a.png", "o/a_posts/_x/a-9w-"),
    ("_drafts/a.png", "o/drafts/a-9w-"),
  ])
  func filesLieInNoFolderOfPosts(path: String, start: String) {
    let source = Source(path: path, sha256: "1", bytes: 1, format: .png)
    let name = VariantName.path(folder: "o", source: source, width: 9, format: .webp, key: "12345678")
    #expect(name.hasPrefix(start))
  }
}
