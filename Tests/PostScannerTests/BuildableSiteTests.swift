import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// What is read of the sources that generators of the extra suite build; `GeneratorBuildsRealCorpora` holds the same numbers
/// beside the built pages.
@Suite struct BuildableSiteTests {
  /// The images of each post, and how many of them may gain something.
  struct Case: CustomTestStringConvertible {
    var site: GeneratorSite
    var images: [String: Int]
    var open: Int
    var testDescription: String { site.name }
  }

  @Test(arguments: [
    Case(
      site: .buildableAstro, images: ["src/content/blog/walk/index.md": 9, "src/content/blog/part.mdx": 3],
      open: 10),
    Case(site: .buildableDocusaurus, images: ["blog/2024-01-02-walk.md": 4], open: 0),
    Case(
      site: .buildableEleventy, images: ["src/posts/walk/index.md": 9, "src/posts/short.md": 1], open: 10),
    Case(site: .buildableHexo, images: ["source/_posts/walk.md": 12], open: 9),
    Case(
      site: .buildableZola,
      images: [
        "content/posts/walk/index.md": 11, "content/posts/walk/index.ar.md": 1, "content/posts/short.md": 1,
      ],
      open: 11),
  ])
  func eachImageOfItsPagesIsRead(_ one: Case) throws {
    let result = try TemporaryFolder(one.site.files).scan()
    let images = result.references.filter(\.isBodyImage)
    #expect(images.allSatisfy { $0.status == .local }, "\(images.filter { $0.status != .local })")
    #expect(Dictionary(grouping: images, by: \.post).mapValues(\.count) == one.images)
    #expect(images.count { $0.obstacle == nil } == one.open, "\(images.compactMap(\.obstacle))")
    #expect(result.problems.allSatisfy { $0.severity == .note }, "\(result.problems)")
  }
}
