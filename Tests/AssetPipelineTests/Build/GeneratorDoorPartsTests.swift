import Foundation
import SystemResources
import Testing
import TestSupport
import Web

@testable import AssetPipeline

/// What a generator's plugin is told of pictures, and what is proven of the pages that it has a part in.
struct GeneratorDoorPartsTests {
  private static func use(
    _ gained: [String: String], size: String = "900x600", isContent: Bool = true
  ) -> DoorUse {
    DoorUse(sha256: "a", url: "/a.jpg", size: size, isContent: isContent, gained: gained)
  }

  private static let wide = ["srcset": "/o/a.webp 320w", "sizes": "100vw"]
  private static let narrow = ["srcset": "/o/a.webp 320w", "sizes": "50vw", "loading": "lazy"]

  private static let uses: [(uses: [DoorUse], entry: [String: String]?)] = [
    ([use(narrow)], narrow),
    // The wider slot, and what only one page says is left out.
    ([use(narrow), use(wide)], wide), ([use(wide), use(narrow)], wide),
    ([use(narrow), use([:])], nil), ([use([:]), use(narrow)], nil),
    ([use(narrow), use(narrow.merging(["width": "9"]) { $1 })], nil),
    // What a theme shows outside of posts does not count, unless there is nothing else.
    ([use(narrow), use([:], isContent: false)], narrow),
    ([use(wide, isContent: false)], wide),
    // Elements of another size are others.
    ([use(narrow), use([:], size: "40x")], narrow),
  ]

  @Test(arguments: uses.indices) func onePictureHasOneEntry(_ index: Int) {
    let (uses, entry) = Self.uses[index]
    let pictures = DoorPictures(uses, screens: Screen.standard)
    #expect(pictures.byDigest["a"]?["900x600"] == entry)
    #expect(pictures.urls["/a.jpg"]?["900x600"] == entry)
  }

  /// Where the plugin knows its page, one with narrower slots has `sizes` of its own, and the proof asks for them there.
  @Test func aPageWithNarrowerSlotsHasItsOwn() throws {
    var (lake, tour, again) = (Self.use(Self.narrow), Self.use(Self.wide), Self.use(Self.narrow))
    (lake.page, tour.page, again.page) = ("posts/lake.html", "tour.html", "tour.html")
    let pictures = DoorPictures([lake, tour, again], screens: Screen.standard, knowsPages: true)
    #expect(
      pictures.byDigest["a"]?["900x600"] == Self.wide.merging(["sizes@posts/lake": "50vw"]) { $1 })
    #expect(pictures.entry("a", size: "900x600", on: "posts/lake.html")?["sizes"] == "50vw")
    #expect(pictures.entry("a", size: "900x600", on: "tour.html")?["sizes"] == "100vw")
    #expect(pictures.entry("a", size: "900x600", on: "other.html")?["sizes"] == "100vw")
    #expect(pictures.entry("b", size: "900x600", on: "tour.html") == nil)
  }

  private static let feeds: [(feed: String, cleaned: String)] = [
    (
      #"<![CDATA[<img src="x.jpg" srcset="https://a.example/o/x-320w-0a1b2c3d.webp 320w, /y 2w" sizes="50vw" class="c">]]>"#,
      #"<![CDATA[<img src="x.jpg" class="c">]]>"#
    ),
    (
      "&lt;img srcset=&quot;/o/x-320w-0a1b2c3d.webp 320w&quot; src=&quot;x.jpg&quot;&gt;",
      "&lt;img src=&quot;x.jpg&quot;&gt;"
    ),
    (
      #"{"html": "<img src=\"x.jpg\" srcset=\"/o/x-320w-0a1b2c3d.avif 320w\" sizes=\"9px\">"}"#,
      #"{"html": "<img src=\"x.jpg\">"}"#
    ),
    // With what else the doors add, before and behind.
    (
      #"<img src="x.jpg" width="6" style="height:auto" srcset="/o/x-320w-0a1b2c3d.webp 320w" sizes="9px" height="4">"#,
      #"<img src="x.jpg" width="6">"#
    ),
    (
      #"<img srcset="/o/x-320w-0a1b2c3d.webp 320w" sizes="9px" loading="lazy" width="6" height="4" style="height:auto" src="x">"#,
      #"<img src="x">"#
    ),
    // The author's own.
    (
      #"<img style="height:auto" srcset="/b.webp 320w" sizes="9px" width="6">"#,
      #"<img style="height:auto" srcset="/b.webp 320w" sizes="9px" width="6">"#
    ),
    (
      #"<img srcset="/a.webp 320w" sizes="9px"><img srcset="/o/x-320w-0a1b2c3d.webp 320w">"#,
      #"<img srcset="/a.webp 320w" sizes="9px"><img>"#
    ),
  ]

  @Test(arguments: feeds.indices) func feedsLoseTheCandidatesAgain(_ index: Int) {
    #expect(DoorFeeds.cleaned(Self.feeds[index].feed) == Self.feeds[index].cleaned)
  }

  private static let page = #"""
    <html><head><link rel="modulepreload" href="/m.1.js"></head><body><p>Text</p>
    <img src="/a.jpg" width="900" height="600" loading="lazy"><script src="/m.1.js">var a = 1</script></body></html>
    """#

  /// What another build may make of the page, with the other file that it may have.
  private static let changes: [(old: String, new: String, verdict: DoorProof.Verdict?)] = [
    ("600\"", "600\" srcset=\"/o/a.webp 320w\" sizes=\"100vw\"", .same(images: 1)),
    ("m.1.js", "m.2.js", .same(images: 0)), ("var a = 1", "var b = 2", .same(images: 0)),
    ("Text", "Other", nil), ("600\"", "600\" srcset=\"/o/b.webp 320w\" sizes=\"100vw\"", nil),
    ("600\"", "600\" srcset=\"/o/a.webp 320w\" class=\"x\"", nil), ("/a.jpg", "/b.jpg", nil),
    ("<img src=\"/a.jpg\" width=\"900\" height=\"600\" loading=\"lazy\">", "", nil),
  ]

  @Test(arguments: changes.indices) func aBuildIsTheSameButForWhatImagesGain(_ index: Int) throws {
    let (old, new, wanted) = Self.changes[index]
    let folder = try TemporaryFolder([
      "plain/a.html": Self.page, "plain/m.1.js": "1", "plain/s.css": "a",
      "opened/a.html": Self.page.replacing(old, with: new), "opened/m.2.js": "2", "opened/s.css": "a",
      "opened/o/a.webp": "",
    ])
    let proof = DoorProof(
      plain: folder("plain"), opened: folder("opened"),
      pictures: DoorPictures([Self.use(Self.wide)], screens: Screen.standard),
      digests: ["a.html": ["/a.jpg": "a"]], added: ["o/a.webp"], jobs: 1)
    let verdict = try proof.verdict(Cancellation())
    if let wanted { #expect(verdict == wanted) } else { #expect(verdict.isDifferent, "\(verdict)") }
    // Files that are there in one of them alone, and files of other bytes.
    for (path, text) in ["opened/new.css": "a", "opened/s.css": "b"] {
      try folder.write(text, to: path)
      #expect(try proof.verdict(Cancellation()).isDifferent, "\(path)")
    }
  }
}

extension DoorProof.Verdict {
  fileprivate var isDifferent: Bool { if case .differs = self { true } else { false } }
}
