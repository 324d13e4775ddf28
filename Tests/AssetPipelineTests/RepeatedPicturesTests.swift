import AssetModel
import Testing
import TestSupport

@testable import AssetPipeline

/// Images that stay because their page loads the author's file for another one anyway.
@Suite struct RepeatedPicturesTests {
  private struct Image {
    var post = "a.md"
    var source = "hill.png"
    var kind = Reference.Kind.markdownInline
    var tag: String?
    var attributes: [String: String] = [:]
    var keptBecause: String?
    var printsPath: Bool?
  }

  private func reasons(_ images: [Image], kind: Site.Kind = .hexo) -> [String?] {
    var manifest = AssetManifest(site: Site(kind: kind, reason: "", root: "."))
    manifest.references = images.enumerated().map { number, image in
      Reference(
        post: image.post, kind: image.kind, range: ByteRange(number * 10, number * 10 + 9),
        urlRange: ByteRange(number * 10, number * 10 + 9), line: 1, column: 1, url: image.source,
        status: .local, source: image.source, keptBecause: image.keptBecause, printsPath: image.printsPath,
        attributes: image.attributes, field: image.tag)
    }
    manifest.leaveRepeatedPictures()
    return manifest.references.map(\.keptBecause)
  }

  @Test func theOthersOfItsFileStayWithATag() {
    let reasons = reasons([
      Image(), Image(kind: .templateTag, tag: "asset_img"), Image(source: "tree.png"),
      Image(post: "b.md"), Image(kind: .frontMatter),
    ])
    #expect(reasons == [AssetManifest.repeatedPicture, nil, nil, nil, nil])
  }

  @Test func theyStayWithAnImageThatStays() {
    #expect(
      reasons([Image(), Image(keptBecause: "its text holds markup")]).first == AssetManifest.repeatedPicture)
  }

  /// What stays need not load the file: candidates of the author's, a tag that makes files of its own, one whose path becomes
  /// that of a lighter file.
  @Test func theyGainCandidatesWhereTheFileIsNotLoaded() {
    for other in [
      Image(kind: .htmlImage, attributes: ["srcset": "b.png 100w"]),
      Image(kind: .templateTag, tag: "resize_image"),
      Image(kind: .templateTag, tag: "img", printsPath: true), Image(keptBecause: nil),
    ] {
      #expect(reasons([Image(), other]).first == .some(nil), "\(other)")
    }
    let pair = [Image(), Image(kind: .templateTag, tag: "figure")]
    #expect(reasons(pair, kind: .html).first == .some(nil))
    #expect(reasons(pair, kind: .zola).first == AssetManifest.repeatedPicture)
  }
}
