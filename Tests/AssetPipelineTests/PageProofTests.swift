import AssetModel
import Foundation
import SiteFiles
import TestSupport
import Testing

@testable import AssetPipeline

@Suite struct PageProofTests {
  /// A folder with a picture that is 40 pixels wide and 30 high by its header.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let size: [UInt8] = [0, 0, 0, 40, 0, 0, 0, 30, 8, 2, 0, 0, 0]
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + size
    for name in ["a/x-40w-0123abcd.png", "a/x.png", "a/y-40w-4567abcd.png", "a/y.png"] {
      try folder.write(Data(png), to: name)
    }
    return folder
  }

  /// `x` and `y` are two pictures, each with one variant; `z.png` has the bytes of `x.png`.
  private static func manifest(_ root: String) -> AssetManifest {
    let site = Site(kind: .html, reason: "", root: root)
    let sources = [("x", "1"), ("y", "2"), ("z", "1")].map {
      Source(path: "a/\($0).png", sha256: $1, bytes: 9, format: .png, width: 40, height: 30)
    }
    let variants = [("x", "0123abcd"), ("y", "4567abcd")].map { name, key in
      Variant(
        path: "a/\(name)-40w-\(key).png", source: "a/\(name).png", purpose: .responsive, width: 40,
        height: 30,
        format: .png, bytes: 9, sha256: key, settings: EncodingSettings(format: .png, loss: .smallest))
    }
    return AssetManifest(site: site, sources: sources, variants: variants)
  }

  private func fault(_ before: String, _ after: String, page: String = "p/index.html") throws -> String? {
    let folder = try Self.folder()
    return PageProof(Self.manifest(folder.path), folders: [try SiteRoot(folder.path)]).fault(
      PageProof.Pair(page: page, author: Data(before.utf8), written: Data(after.utf8)))
  }

  private static let image = "<p>text <img src=/a/x.png></p>"

  @Test(arguments: [
    "<p>text <img src=/a/x.png></p>",
    "<p>text <img src=/a/x.png srcset='/a/x-40w-0123abcd.png 40w' sizes=100vw width=40 height=30></p>",
    "<p>text <img src=/a/x.png srcset='../a/x-40w-0123abcd.png 40w'></p>",
    // Published below a path that nothing on the page names.
    "<p>text <img src=/a/x.png srcset='/blog/a/x-40w-0123abcd.png 40w'></p>",
    "<p>text <picture><source srcset='/a/x-40w-0123abcd.png 40w' type=image/png><img src=/a/x.png></picture></p>",
    // A camera turned the author's own file.
    "<p>text <img src=/a/x.png srcset='/a/./x.png 30w'></p>",
    "<p>text <img src=/a/x.png srcset='https://example.org/far.png 9w'></p>",
  ])
  func aPageWithOtherImagesIsTheSame(written: String) throws {
    #expect(try fault(Self.image, written) == nil)
  }

  @Test(arguments: [
    (
      "<p>Text <img src=/a/x.png></p>",
      "it differs at html > body > p: before the text “text ”, after the text “Text ”"
    ),
    ("<p>text <img src=/a/x.png alt=x></p>", "it differs"),
    ("<p>text </p><p><img src=/a/x.png></p>", "it differs"),
    (
      "<p>text <img src=/a/x.png srcset='/a/y-40w-0123abcd.png 40w'></p>",
      "img srcset names /a/y-40w-0123abcd.png, which is not there"
    ),
    (
      "<p>text <img src=/a/x.png srcset='/a/x-40w-0123abcd.png 30w'></p>",
      "img srcset calls /a/x-40w-0123abcd.png 30 pixels wide, and it is 40"
    ),
  ])
  func anotherPageIsNamed(written: String, words: String) throws {
    let fault = try #require(try fault(Self.image, written))
    #expect(fault.hasPrefix(words), "\(fault)")
  }

  // MARK: Pictures

  private static func picture(_ name: String, _ candidate: String) -> String {
    "<picture><source srcset='/a/\(candidate).png 40w'><img src=/a/\(name).png></picture>"
  }
  private static let x = "x-40w-0123abcd", y = "y-40w-4567abcd"

  /// A browser takes the first `<source>` of the `<picture>` that an `<img>` is a child of.
  @Test(
    arguments: [
      // Each in its own.
      (picture("x", x) + picture("y", y), nil),
      // Of a file with the same bytes.
      ("<img src=/a/x.png><img src=/a/y.png srcset='/a/\(y).png 40w'>", nil),
      (
        "<picture><source srcset='/a/\(x).png 40w'>" + picture("x", y) + "<img src=/a/y.png></picture>",
        "an <img> in a <picture> in a <picture>"
      ),
      (
        "<picture><source srcset='/a/\(x).png 40w'><img src=/a/x.png><img src=/a/y.png></picture>",
        "a second <img> in a <picture>"
      ),
      (
        "<picture><source srcset='/a/\(x).png 40w'></picture><img src=/a/x.png><img src=/a/y.png>",
        "a <picture> without an <img>"
      ),
      (picture("x", y) + picture("y", x), "/a/x.png is offered as /a/\(y).png, which shows another picture"),
      (
        "<img src=/a/x.png><img src=/a/y.png srcset='/a/y.png 40w, /a/\(x).png 40w'>",
        "/a/y.png is offered as /a/\(x).png, which shows another picture"
      ),
    ] as [(String, String?)])
  func eachImageOffersItself(written: String, words: String?) throws {
    let fault = try fault("<p><img src=/a/x.png><img src=/a/y.png></p>", "<p>\(written)</p>")
    if let words {
      #expect(fault?.contains(words) == true, "\(fault ?? "no fault")")
    } else {
      #expect(fault == nil)
    }
  }

  /// Two files with the same bytes share the variants of one; of files that nobody knows nothing is said; and what scripts
  /// read is an image's own as well.
  @Test(arguments: [
    "src=/a/z.png srcset='/a/\(x).png 40w'", "src=/b/w.png srcset='/a/\(x).png 40w'",
    "src=/a/y.png data-src=/a/x.png srcset='/a/\(x).png 40w'",
  ])
  func whatIsNotKnownIsNoFault(image: String) throws {
    let before = image.replacing(/\ssrcset=.*/, with: "")
    #expect(try fault("<p><img \(before)></p>", "<p><img \(image)></p>") == nil)
  }

  @Test func aPageWithAnotherPictureIsGivenBack() throws {
    let folder = try Self.folder()
    try folder.copy(folder("a"), to: "copy/a")
    try folder.copy(folder("a"), to: "site/a")
    let page = "<p><img src=/a/x.png><img src=/a/y.png></p>"
    try folder.write(page, to: "site/p.html")
    try folder.write("<p>\(Self.picture("x", Self.y))\(Self.picture("y", Self.x))</p>", to: "copy/p.html")
    let proof = try CopyProof(
      Self.manifest("."), from: SiteRoot(folder("site")), copy: folder("copy"), jobs: 1)
    #expect(try proof.prove(pages: ["p.html"]).map(\.path) == ["p.html"])
    #expect(try folder.text("copy/p.html") == page)
  }

  /// What was missing before the run is no fault of it.
  @Test func onlyNewFilesAreLookedFor() throws {
    #expect(
      try fault("<img src=gone.png>", "<img src=gone.png srcset='/a/x-40w-0123abcd.png 40w'>") == nil)
  }

  // MARK: A copy

  @Test func givesBackWhatIsAnotherPage() throws {
    let folder = try Self.folder()
    try folder.copy(folder("a"), to: "copy")
    for (name, text) in ["good": "<p>a", "bad": "<p>b", "same": "<p>c"] {
      try folder.write(text, to: "site/\(name).html")
      try folder.write(text, to: "copy/\(name).html")
    }
    try folder.write("<p>a<!-- lighter -->", to: "copy/good.html")
    try folder.write("<p>b<img>", to: "copy/bad.html")
    let proof = try CopyProof(
      Self.manifest("."), from: SiteRoot(folder("site")), copy: folder("copy"), jobs: 2)
    let givenBack = try proof.prove(pages: ["bad.html", "good.html", "same.html"])
    #expect(givenBack.map(\.path) == ["bad.html"])
    #expect(
      givenBack.first?.problem.description.hasPrefix(
        "bad.html: warning: left as its generator made it, for with lighter images it would be another page: it differs"
      )
        == true)
    #expect(try folder.text("copy/bad.html") == "<p>b")
    #expect(try folder.text("copy/good.html") == "<p>a<!-- lighter -->")
    // By its time the next run knows it for a copy.
    #expect(
      FileStamp(of: folder("copy/bad.html"))?.modified == FileStamp(of: folder("site/bad.html"))?.modified)
  }

  @Test(arguments: [
    ("<img src=\"/a/x.png\"> text", "<img src=\"/b/y.webp\"> text", true),
    ("&lt;img src=&quot;/a.png&quot;&gt;", "&lt;img src=&quot;/b.jpg&quot;&gt;", true),
    ("<img src=\"/a/x.png\"> text", "<img src=\"/a/x.png\"> Text", false),
    ("<link>/post.html</link>", "<link>/other.html</link>", false),
  ])
  func aFeedMayNameOtherImages(before: String, after: String, isSame: Bool) throws {
    #expect(FeedProof.isSame(Data(before.utf8), Data(after.utf8)) == isSame)
    let folder = try TemporaryFolder(["site/feed.xml": before, "copy/feed.xml": after + " "])
    try folder.write(after, to: "copy/feed.xml")
    // What was written and not copied has a time of its own.
    FileCopy.setModified(0, of: folder("copy/feed.xml"))
    let proof = try CopyProof(
      Self.manifest("."), from: SiteRoot(folder("site")), copy: folder("copy"), jobs: 1)
    #expect(try proof.prove(feedsOf: ["feed.xml", "x.txt"]).map(\.path) == (isSame ? [] : ["feed.xml"]))
    #expect(try folder.text("copy/feed.xml") == (isSame ? after : before))
  }
}
