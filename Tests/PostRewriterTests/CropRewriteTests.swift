import AssetModel
import Foundation
import Testing

@testable import PostRewriter

/// A cropped image shows the crop wherever its URL stands.
@Suite struct CropRewriteTests {
  private static let square = Crop(.ratio(1, 1), gravity: .center)

  /// A site whose one image, 640×480, is square at its place.
  private func site(_ kind: Reference.Kind, _ text: String, in template: String = "@") -> SampleSite {
    var site = SampleSite(template, reference: .init(kind, text))
    site.references[0].imageOverride = ImageOverride(crop: Self.square)
    site.addVariants(.webp, 320, 480, crop: Self.square)
    site.addVariants(.jpeg, 480, crop: Self.square)
    return site
  }

  private static let candidates =
    #"srcset="/o/x-320s.webp 320w, /o/x-480s.webp 480w" sizes="(min-width: 480px) 480px, 100vw""#
  private static let hints = #"width="480" height="480" style="height:auto" fetchpriority="high""#

  /// kramdown takes the list's src and leaves the author's, which a definition may share with other images.
  @Test(arguments: [
    (Reference.Kind.markdownInline, "![a](/x.png)", #"{: data-crop="1:1"}"#),
    (.markdownReference, "![a][x]", ""),
  ])
  func aKramdownImageGainsAnSrc(kind: Reference.Kind, text: String, list: String) throws {
    let site = site(kind, text, in: "@\(list)\n")
    #expect(
      try site.rewritten() == text + #"{: src="/o/x-480s.jpg" "# + Self.candidates + " " + Self.hints + "}"
        + list + "\n")
  }

  @Test(arguments: [
    (#"<img src="/x.png" data-crop="1:1">"#, #"<img src="@" data-crop="1:1" #>"#),
    (#"<img src=/x.png />"#, #"<img src=@ # />"#),
    ("<img alt='' src='/x.png?v=2'>", "<img alt='' src='@?v=2' #>"),
  ])
  func anHTMLImagesSrcChanges(tag: String, expected: String) throws {
    var site = site(.htmlImage, tag, in: "<p>@</p>")
    let url = try #require(tag.range(of: "/x.png"))
    let offset = 3 + tag[..<url.lowerBound].utf8.count
    let written = tag.contains("?v=2") ? "/x.png?v=2" : "/x.png"
    site.references[0].url = written
    site.references[0].urlRange = ByteRange(offset, offset + written.utf8.count)
    if written != "/x.png" { site.references[0].link?.tail = "?v=2" }
    let text = expected.replacingOccurrences(of: "@", with: "/o/x-480s.jpg")
      .replacingOccurrences(of: "#", with: Self.candidates + " " + Self.hints)
    #expect(try site.rewritten() == "<p>\(text)</p>")
    #expect(site.result().edited == 1)
  }

  /// Where the URL's place does not hold the URL, half an edit would show two shapes.
  @Test func anHTMLImageWithItsURLElsewhereStays() {
    var site = site(.htmlImage, #"<img src="/x.png">"#)
    site.references[0].urlRange = ByteRange(0, 4)
    #expect(site.result().bytes == nil)
    #expect(site.result().problems.map(\.rule) == [.referenceKept])
  }

  @Test(arguments: [
    (Post.Dialect.kramdown, "{::comment/}<picture>"), (.commonmark, "<picture>"),
    (.pythonMarkdown, "<picture>"),
  ])
  func aPictureIsOfTheCrop(dialect: Post.Dialect, start: String) throws {
    var site = site(.markdownInline, "![a](/x.png)")
    site.dialect = dialect
    site.options.markup = .picture
    #expect(
      try site.rewritten() == start + #"<source type="image/webp" "# + Self.candidates
        + #"><img src="/o/x-480s.jpg" srcset="/o/x-480s.jpg 480w" sizes="(min-width: 480px) 480px, 100vw" "#
        + #"alt="" "# + Self.hints + "></picture>")
  }

  @Test func anInlineImageIsOfTheCrop() throws {
    var site = site(.markdownInline, "![a](/x.png)")
    site.dialect = .pythonMarkdown
    #expect(try site.rewritten().hasPrefix(#"<img src="/o/x-480s.jpg" "# + Self.candidates))
  }

  @Test func whereOnlyTheURLMayChangeItIsTheCrops() throws {
    var site = site(.markdownInline, "![a](/x.png)")
    site.dialect = .commonmark
    site.allowsHTML = false
    site.references[0].urlRange = ByteRange(5, 11)
    site.addVariants(.webp, 640, purpose: .sameSize)
    site.addVariants(.webp, 480, purpose: .sameSize, crop: Self.square)
    #expect(try site.rewritten() == "![a](/o/x-480s.webp)")
  }

  @Test func aFieldNamesItsCrop() throws {
    var site = site(.frontMatter, "/x.png", in: "---\nimage: @\n---\n")
    site.addVariants(.jpeg, 640, purpose: .standalone)
    site.addVariants(.jpeg, 400, purpose: .standalone, crop: Self.square)
    #expect(try site.rewritten() == "---\nimage: /o/x-400s.jpg\n---\n")
    site.references[0].imageOverride = nil
    #expect(try site.rewritten() == "---\nimage: /o/x-640w.jpg\n---\n")
  }

  /// The author's width decides the slot; the height follows the crop.
  @Test(arguments: [(["width": "300"], 300), (["height": "240"], 240), (["width": "50%"], 480)])
  func theSlotIsTheCrops(attributes: [String: String], slot: Int) throws {
    var site = site(.markdownInline, "![](/x.png)")
    site.references[0].attributes = attributes
    let text = try site.rewritten()
    #expect(text.contains("sizes=\"(min-width: \(slot)px) \(slot)px, 100vw\""))
    #expect(!text.contains("height=\"4"))
  }

  @Test(arguments: [MarkupForm.srcset, .picture])
  func artDirectionComesFirst(markup: MarkupForm) throws {
    var site = site(.markdownInline, "![a](/x.png)", in: "text @{:.right} end")
    site.options.markup = markup
    site.references[0].attributeListRange = ByteRange(17, 26)
    site.references[0].attributes = ["class": "right"]
    site.references[0].imageOverride = ImageOverride(
      artDirection: [.init(media: "(max-width: 600px)", crop: Self.square)])
    site.addVariants(.avif, 480, crop: Self.square)
    site.addVariants(.png, 320, 640)
    let sizes = #"sizes="(min-width: 480px) 480px, 100vw" width="480" height="480">"#
    let media = #"<source media="(max-width: 600px)" type="image/"#
    #expect(
      try site.rewritten() == "text {::comment/}<picture>"
        + media + #"avif" srcset="/o/x-480s.avif 480w" "# + sizes
        + media + #"webp" srcset="/o/x-320s.webp 320w, /o/x-480s.webp 480w" "# + sizes
        + media + #"jpeg" srcset="/o/x-480s.jpg 480w" "# + sizes
        + #"<source type="image/webp" srcset="/o/x-320w.webp 320w, /o/x-640w.webp 640w" "#
        + #"sizes="(min-width: 640px) 640px, 100vw"><img src="/o/x-640w.png" "#
        + #"srcset="/o/x-320w.png 320w, /o/x-640w.png 640w" sizes="(min-width: 640px) 640px, 100vw" alt="" "#
        + #"width="640" height="480" style="height:auto" fetchpriority="high" class="right"></picture> end"#)
  }

  /// No file of the shape was made: the author's image is better than another shape.
  @Test(arguments: [Reference.Kind.markdownInline, .htmlImage])
  func withoutFilesOfTheShapeNothingChanges(kind: Reference.Kind) {
    var site = site(kind, kind == .htmlImage ? #"<img src="/x.png">"# : "![](/x.png)")
    site.references[0].urlRange = ByteRange(10, 16)
    site.variants.removeAll { $0.crop != nil }
    #expect(site.result().bytes == nil)
  }

  @Test func aPreloadAsksForTheCrop() throws {
    let link = #"<link rel="preload" as="image" href="/x.png">"#
    var site = site(.htmlImage, #"<img src="/x.png">"#, in: link + "@")
    site.dialect = .page
    let end = link.utf8.count
    site.references[0].urlRange = ByteRange(end + 10, end + 16)
    var preload = site.references[0]
    preload.kind = .preload
    preload.range = ByteRange(0, end)
    preload.urlRange = ByteRange(37, 43)
    preload.imageOverride = nil
    site.references.append(preload)
    #expect(
      try site.rewritten().hasPrefix(
        #"<link rel="preload" as="image" href="/o/x-480s.jpg" imagesrcset="/o/x-320s.webp 320w, "#
          + #"/o/x-480s.webp 480w" imagesizes="#))
    #expect(site.result().edited == 2)
  }
}
