import AssetModel
import Testing

@testable import AssetPipeline

/// Images of a built page that stand in a generator's `<picture>`.
@Suite struct LeftImagesTests {
  /// The widths that are wanted, those that were made, and how many images are left.
  @Test(arguments: [([640], [640], 0), ([640], [632], 0), ([640], [], 1), ([640], [320], 1), ([], [640], 1)])
  func areNotLeftOnceTheyHaveGainedCandidates(wanted: [Int], made: [Int], left: Int) {
    var image = Reference(
      post: "a.html", kind: .htmlImage, range: ByteRange(9, 20), urlRange: ByteRange(10, 15), line: 1,
      column: 1, url: "a.png", status: .local, source: "a.png", context: [.picture])
    var use = PageUse()
    (use.group, use.rungs) = (9, wanted.map { .init(format: .webp, width: $0) })
    image.page = use
    let variants = made.map { width in
      Variant(
        path: "v/\(width).webp", source: "copy.png", purpose: .responsive, width: width, height: width,
        format: .webp, bytes: 9, sha256: "\(width)", settings: EncodingSettings(format: .webp, loss: .lossy))
    }
    let manifest = AssetManifest(
      site: Site(kind: .html, reason: "", root: "."),
      posts: [Post(path: "a.html", dialect: .page, url: "/", bytes: 1, sha256: "")], references: [image],
      sources: ["a.png", "copy.png"].map {
        Source(path: $0, sha256: "same", bytes: 9_000, format: .png, width: 1600, height: 1600)
      }, variants: variants)
    #expect(Summary(manifest: manifest).left.map(\.references) == (left == 0 ? [] : [left]))
  }

  /// Candidates that a generator has in its pages: ours, and others.
  @Test(arguments: [("o/a-320w-0a1b2c3d.webp", 0), ("o/a-320.webp", 1)])
  func candidatesOfOursAreNotLeft(path: String, left: Int) {
    var candidate = Reference(
      post: "a.html", kind: .htmlSource, range: ByteRange(9, 20), urlRange: ByteRange(10, 15), line: 1,
      column: 1, url: path, status: .local, source: path, context: [])
    candidate.keptBecause = "scripts render the page again"
    let manifest = AssetManifest(
      site: Site(kind: .html, reason: "", root: "."),
      posts: [Post(path: "a.html", dialect: .page, url: "/", bytes: 1, sha256: "")], references: [candidate],
      sources: [
        Source(path: path, sha256: "same", bytes: 9_000, format: .webp, width: 320, height: 320)
      ], variants: [])
    #expect(Summary(manifest: manifest).left.map(\.references) == (left == 0 ? [] : [left]))
    // What the summary of a build says in the place of "0 variants".
    #expect(manifest.variantsOfTheGenerator == (left == 0 ? (1, 9_000) : (0, 0)))
  }
}
