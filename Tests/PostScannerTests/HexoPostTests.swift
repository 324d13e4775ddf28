import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// What Hexo makes of the images of a post.
@Suite struct HexoPostTests {
  private func references(
    _ body: String, config: String, matter: String = "date: 2024-01-02 09:00:00"
  ) throws -> [Reference] {
    try TemporaryFolder([
      "_config.yml": "url: https://example.org\n" + config, "source/images/a.png": "x",
      "source/_posts/walk/hill.png": "x", "source/_posts/walk.md": "---\n\(matter)\n---\n" + body,
    ]).scan().references
  }

  private static let resolving = "post_asset_folder: true\nmarked: {postAsset: true}\n"

  @Test(arguments: [
    (resolving, "/assets/optimized/v.webp", "/2024/01/02/walk/hill.png"),
    (
      resolving + "root: /log/\npermalink: posts/:title/\n", "/log/assets/optimized/v.webp",
      "/log/posts/walk/hill.png"
    ),
  ])
  func anAssetFolderIsPublishedWithItsPost(config: String, variant: String, file: String) throws {
    let reference = try #require(references("![A hill](hill.png)", config: config).first)
    let link = try #require(reference.htmlLink ?? reference.link)
    #expect(reference.source == "source/_posts/walk/hill.png" && reference.keptBecause == nil)
    #expect(link.url(of: "source/assets/optimized/v.webp") == variant)
    #expect(link.url(of: "source/_posts/walk/hill.png") == file)
  }

  /// Where the address of the folder, or the way to it, is not certain, the image stays.
  @Test(arguments: [
    ("post_asset_folder: true\n", "date: 2024-01-02"),
    (resolving + "permalink: :hash/\n", "date: 2024-01-02"),
    (resolving + "permalink: :title.html\n", "date: 2024-01-02"),
    (resolving + "relative_link: true\n", "date: 2024-01-02"),
    (resolving + "new_post_name: :year-:title.md\n", "date: 2024-01-02"), (resolving, "title: undated"),
    ("post_asset_folder: true\nmarked: {postAsset: true, prependRoot: false}\n", "date: 2024-01-02"),
  ])
  func anUncertainAssetFolderStays(config: String, matter: String) throws {
    let all = try references("![A hill](hill.png)", config: config, matter: matter)
    #expect(all.count == 1 && all.allSatisfy { $0.keptBecause != nil })
  }

  /// marked prints the text of an image as it is written, and markdown-it without its markup.
  @Test(arguments: [
    ("![plain \"text\"](/images/a.png)", false), ("![](/images/a.png)", false),
    ("![an *emphasis*](/images/a.png)", true), ("![a &amp; b](/images/a.png)", true),
    ("![`code`][a]\n\n[a]: /images/a.png", true),
  ])
  func textWithMarkupKeepsItsImage(body: String, isKept: Bool) throws {
    #expect(try references(body, config: "").map { $0.keptBecause != nil } == [isKept])
  }

  @Test(arguments: [
    ("{% img /images/a.png 100 60 \"a hill\" %}", 300), ("{% img left /images/a.png 100 %}", 300),
    ("{% img /images/a.png %}", nil), ("{% img /images/a.png \"100\" %}", nil),
  ])
  func aTagsWidthIsWhatItsFileNeeds(tag: String, width: Int?) throws {
    let reference = try #require(references(tag, config: "").first)
    #expect(reference.replacement == .sameSize && reference.neededWidth == width)
  }
}
