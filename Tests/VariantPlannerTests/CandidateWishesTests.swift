import AssetModel
import Testing

@testable import VariantPlanner

/// What a lazy image's candidates, its `data-src` and its copy for browsers without scripts gain: all, or none of them.
@Suite struct CandidateWishesTests {
  private func reference(_ source: String, width: Int? = nil, sizeReason: String? = nil) -> Reference {
    var found = Reference(
      post: "p.html", kind: .htmlSource, range: ByteRange(5, 90), urlRange: ByteRange(9, 40), line: 1,
      column: 1,
      url: "/" + source, status: .local, source: source, attributes: ["data-srcset": "x"])
    var use = PageUse()
    (use.group, use.width, use.sizeReason) = (5, width, sizeReason)
    if width != nil { use.list = ByteRange(9, 40) }
    found.page = use
    return found
  }

  @Test(
    arguments: [
      // One picture, with a hole in its list.
      (400, 600, true),
      // Two pictures; or a list that says other widths than its files have.
      (400, 500, false), (900, 600, false),
    ])
  func aLazyImageIsOnePicture(said: Int, height: Int, gains: Bool) {
    let list = [reference("small.jpg", width: 400), reference("large.jpg", width: said * 4)]
    let beside = [
      reference("large.jpg", sizeReason: "a script puts it into place"),
      reference("large.jpg", sizeReason: "it is the copy of a lazy image"),
    ]
    let site = Site(kind: .html, reason: "", root: "/")
    var manifest = AssetManifest(
      site: site, references: list + beside,
      sources: [
        Source(path: "small.jpg", sha256: "1", bytes: 9_000, format: .jpeg, width: 400, height: 150),
        Source(path: "large.jpg", sha256: "2", bytes: 90_000, format: .jpeg, width: 1600, height: height),
      ])
    CandidateWishes.assign(to: &manifest, options: PlanOptions())
    #expect(manifest.references.suffix(2).allSatisfy { ($0.keptBecause == nil) == gains })
    #expect(manifest.references.prefix(2).contains { $0.page?.rungs.isEmpty == false } == gains)
  }

  /// A `<source>` beside an `<img>` of another picture of the same shape gains files of its own picture alone.
  @Test(arguments: [
    ("img/dusk-800.webp", "img/dusk.jpg", true), ("img/dusk_800x600_q75.webp", "img/dusk.jpg", true),
    ("img/dusk-800w.webp", "img/dusk-1600w.jpg", true), ("img/dusk.webp", "img/dusk.jpg", true),
    ("img/dusk-800.webp", "img/dawn.jpg", false), ("img/IMG_0001.webp", "img/IMG_0002.jpg", false),
    ("img/a/dusk.webp", "img/b/dusk.jpg", false), ("img/dusk.webp", "img/dusk-night.jpg", false),
  ])
  func candidatesAreOfTheListsOwnPicture(own: String, image: String, isSame: Bool) throws {
    var listed = reference(own, width: 800)
    listed.attributes = ["srcset": "x", "type": "image/webp"]
    listed.context = [.picture]
    var shown = reference(image)
    shown.kind = .htmlImage
    let references = [listed, shown]
    let sources = [
      own: Source(path: own, sha256: "1", bytes: 9_000, format: .webp, width: 800, height: 600),
      image: Source(path: image, sha256: "2", bytes: 90_000, format: .jpeg, width: 1600, height: 1200),
    ]
    let group = try #require(CandidateGroup.all(of: references).first)
    let wishes = group.wishes(
      sources, widths: [320, 640, 960], markup: .picture, srcsetFormat: .webp, folder: "o")
    #expect(!wishes.isEmpty)
    #expect(wishes.allSatisfy { $0.source.path == (isSame ? image : own) })
  }
}
