import AssetModel
import Foundation
import Testing

@testable import PostRewriter

@Suite struct PostRewriterTests {
  @Test func aKramdownImageGainsAnIAL() throws {
    let site = SampleSite("{:.center}\n@\n*caption*\n", reference: .init(.markdownInline, "![a](/x.png)"))
    #expect(
      try site.rewritten() == """
        {:.center}
        ![a](/x.png){: srcset="/o/x-320w.webp 320w, /o/x-640w.webp 640w" \
        sizes="(min-width: 640px) 640px, 100vw" width="640" height="480" style="height:auto" \
        fetchpriority="high"}
        *caption*

        """)
  }

  @Test(
    arguments: [
      (nil, "fetchpriority=\"high\"", "loading=\"lazy\""),
      (["x.png"], "fetchpriority=\"high\"", "loading=\"lazy\""),
      // Without room for it, no image waits.
      ([], "srcset=", "fetchpriority"), (["y.png"], "srcset=", "loading=\"lazy\""),
    ] as [([String]?, String, String)])
  func goesByWhatWasMeasured(largest: [String]?, has: String, lacks: String) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![a](/x.png)"))
    var rule = MeasuredLayouts.Rule()
    rule.slot = SlotWidths(text: "(min-width: 736px) 696px, calc(100vw - 40px)").map { .upTo($0) }
    (rule.hints, rule.largest) = (false, largest)
    site.options.layouts.rules = [rule]
    let text = try site.rewritten()
    // The sample's image is 640 pixels wide.
    #expect(text.contains("sizes=\"(min-width: 680px) 640px, calc(100vw - 40px)\""), "\(text)")
    #expect(text.contains(has) && !text.contains(lacks) && !text.contains(" width="), "\(text)")
  }

  @Test func onlyTheFirstImageIsUrgent() throws {
    var site = SampleSite("@\n", reference: .init(.markdownInline, "![a](/x.png)"))
    var other = site.references[0]
    other.range = ByteRange(0, 0)
    other.status = .remote
    site.references.insert(other, at: 0)
    let text = try site.rewritten()
    #expect(text.contains("loading=\"lazy\" decoding=\"async\"}"))
    #expect(!text.contains("fetchpriority"))
  }

  @Test(arguments: [
    (#"<img src="/x.png">"#, #"<img src="/x.png" @>"#),
    (#"<img src="/x.png"/>"#, #"<img src="/x.png" @/>"#),
    (#"<img src="/x.png" />"#, #"<img src="/x.png" @ />"#),
    (#"<img src=/x.png>"#, #"<img src=/x.png @>"#),
    (#"<img src=/x.png/>"#, #"<img src=/x.png/ @>"#),
    (#"<image src="/x.png">"#, #"<image src="/x.png" @>"#),
    ("<img\n  src=\"/x.png\"\n>", "<img\n  src=\"/x.png\" @\n>"),
  ])
  func anHTMLImageIsEditedInPlace(tag: String, expected: String) throws {
    let text = try SampleSite("<p>@</p>", reference: .init(.htmlImage, tag)).rewritten()
    let parts = expected.split(separator: "@")
    #expect(text.hasPrefix("<p>" + parts[0] + "srcset=\"/o/x-320w.webp 320w"))
    #expect(text.hasSuffix("fetchpriority=\"high\"" + parts[1] + "</p>"))
  }

  @Test(arguments: [
    (["width": "300"], "sizes=\"(min-width: 300px) 300px, 100vw\" height=\"225\"", ["width=\""]),
    (["height": "240"], "sizes=\"(min-width: 320px) 320px, 100vw\"", ["width=\"", "height="]),
    (["width": "50%"], "sizes=\"(min-width: 640px) 640px, 100vw\"", ["width=\"640", "height="]),
    (["style": "width:50%"], "srcset=", ["width=\"", "style="]),
    (["loading": "lazy"], "srcset=", ["loading=", "fetchpriority"]),
    (["loading": "eager"], "fetchpriority=\"high\"", ["loading="]),
    (["sizes": "50vw"], "srcset=", ["sizes="]),
  ])
  func theAuthorsAttributesWin(attributes: [String: String], has: String, lacks: [String]) throws {
    var site = SampleSite("@", reference: .init(.htmlImage, #"<img src="/x.png">"#))
    site.references[0].attributes = attributes
    let text = try site.rewritten()
    #expect(text.contains(has))
    for part in lacks { #expect(!text.contains(part), "\(part) in \(text)") }
  }

  @Test func aPictureReplacesImageAndIAL() throws {
    var site = SampleSite(
      "text @ end", reference: .init(.markdownInline, #"![a*](/x.png "t"){:.right}"#))
    site.options.markup = .picture
    site.references[0].range.end = site.references[0].range.start + #"![a*](/x.png "t")"#.utf8.count
    site.references[0].attributeListRange = ByteRange(
      site.references[0].range.end, site.references[0].range.end + 9)
    site.references[0].alt = "a*"
    site.references[0].title = "t<"
    site.references[0].attributes = ["class": "right"]
    site.addVariants(.avif, 320, 640)
    site.addVariants(.png, 320)
    #expect(
      try site.rewritten()
        == #"text {::comment/}<picture><source type="image/avif" srcset="/o/x-320w.avif 320w, "#
        + #"/o/x-640w.avif 640w" sizes="(min-width: 640px) 640px, 100vw"><source type="image/webp" "#
        + #"srcset="/o/x-320w.webp 320w, /o/x-640w.webp 640w" sizes="(min-width: 640px) 640px, 100vw">"#
        + #"<img src="/o/x-320w.png" srcset="/o/x-320w.png 320w, /x.png 640w" "#
        + #"sizes="(min-width: 640px) 640px, 100vw" alt="a&#42;" title="t&#60;" width="640" height="480" "#
        + #"style="height:auto" fetchpriority="high" class="right"></picture> end"#)
  }

  /// An animation has animated WebP and nothing else, and its own file for browsers without it.
  @Test(arguments: [
    (
      MarkupForm.srcset, ImageFormat.avif,
      "![a](/x.png){: srcset=\"/o/x-320w.webp 320w, /o/x-640w.webp 640w\""
    ),
    (.srcset, .jpeg, "![a](/x.png){: srcset=\"/o/x-320w.webp 320w, /o/x-640w.webp 640w\""),
    (
      .picture, .webp,
      "{::comment/}<picture><source type=\"image/webp\" srcset=\"/o/x-320w.webp 320w, /o/x-640w.webp 640w\" "
        + "sizes=\"(min-width: 640px) 640px, 100vw\"><img src=\"/x.png\" alt=\"\""
    ),
  ])
  func anAnimationIsOfferedAsWebP(markup: MarkupForm, format: ImageFormat, start: String) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![a](/x.png)"))
    (site.sources[0].frames, site.sources[0].content) = (9, .animation)
    (site.options.markup, site.options.srcsetFormat) = (markup, format)
    #expect(try site.rewritten().hasPrefix(start))
  }

  /// kramdown reads a line with a `|` as a table's row first, and the lines around it in that light.
  @Test func anImageWithAPipeKeepsItsMarkdown() throws {
    var site = SampleSite("@", reference: .init(.markdownInline, #"![a](/x.png "t|")"#))
    site.options.markup = .picture
    site.references[0].title = "t|"
    site.addVariants(.png, 320)
    #expect(try site.rewritten().hasPrefix(#"![a](/x.png "t|"){: srcset="#))
  }

  @Test(arguments: [
    (Post.Dialect.commonmark, true, "<img src=\"/x.png\"\nsrcset=\"/o/x-320w.webp 320w, "),
    (.commonmark, false, "![a](/o/x-640w.webp)"),
    (.pythonMarkdown, true, "<img src=\"/x.png\" srcset=\"/o/x-320w.webp 320w, "),
  ])
  func eachDialectHasItsForm(dialect: Post.Dialect, allowsHTML: Bool, start: String) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![a](/x.png)"))
    site.dialect = dialect
    site.allowsHTML = allowsHTML
    site.references[0].urlRange = ByteRange(5, 11)
    if !allowsHTML {
      site.variants = []
      site.addVariants(.webp, 640, purpose: .sameSize)
    }
    #expect(try site.rewritten().hasPrefix(start))
  }

  /// Where browsers do not show the author's file, the image names one that they do, and is one edit all the same.
  @Test func aFallbackTakesThePlaceOfSrc() throws {
    for (kind, text, url, expected) in [
      (
        Reference.Kind.markdownInline, "![a](/x.png)", ByteRange(5, 11),
        "![a](/x.png){: src=\"/o/x-640w.jpg\" srcset=\"/o/x-320w.webp"
      ),
      (
        .htmlImage, "<img src=\"/x.png\" alt>", ByteRange(10, 16),
        "<img src=\"/o/x-640w.jpg\" alt srcset=\"/o/x-320w.webp"
      ),
    ] {
      var site = SampleSite("@", reference: .init(kind, text))
      site.references[0].urlRange = url
      site.addVariants(.jpeg, 640, purpose: .fallback)
      #expect(try site.rewritten().hasPrefix(expected))
      #expect(site.result().edited == 1)
    }
    var site = SampleSite("@", reference: .init(.markdownInline, "![a](/x.png)"))
    site.dialect = .pythonMarkdown
    site.addVariants(.jpeg, 640, purpose: .fallback)
    #expect(try site.rewritten().hasPrefix("<img src=\"/o/x-640w.jpg\" srcset=\"/o/x-320w.webp 320w"))
  }

  @Test func aHeadingStaysInCommonMark() {
    var site = SampleSite("@", reference: .init(.markdownInline, "![a](/x.png)"))
    site.dialect = .commonmark
    site.references[0].context = [.heading]
    #expect(site.result().bytes == nil)
  }

  @Test func mdxStays() {
    var site = SampleSite("@", reference: .init(.markdownInline, "![a](/x.png)"))
    site.dialect = .mdx
    #expect(site.result().bytes == nil)
  }

  @Test func aTemplatedAltKeepsTheAuthorsMarkup() throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![{{ page.title }}](/x.png)"))
    site.options.markup = .picture
    site.references[0].alt = "{{ page.title }}"
    #expect(try site.rewritten().hasPrefix("![{{ page.title }}](/x.png){: srcset="))
  }

  @Test func theSourceIsTheWidestCandidateWhereNoVariantBeatIt() throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.variants.removeAll { $0.width == 640 }
    #expect(try site.rewritten().contains("srcset=\"/o/x-320w.webp 320w, /x.png 640w\""))
    // Every browser turns a JPEG, and one that is turned by a half is as wide as its header says.
    (site.sources[0].format, site.sources[0].orientation) = (.jpeg, 3)
    #expect(try site.rewritten().contains("srcset=\"/o/x-320w.webp 320w, /x.png 640w\""))
  }

  /// One that is stored sideways has another width in its header, so that a list which named it would say what is not there.
  @Test(arguments: [ImageFormat.png, .jpeg])
  func aListOfAPictureThatIsStoredTurnedEndsWithItsUprightFile(format: ImageFormat) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.variants.removeAll { $0.width == 640 }
    (site.sources[0].format, site.sources[0].orientation) = (format, 6)
    // Without one, large screens would get fewer pixels than before.
    #expect(site.result().bytes == nil)
    var upright = try #require(site.variants.first { $0.width == 320 })
    (upright.path, upright.width, upright.format, upright.purpose) = ("o/x-640w.jpg", 640, .jpeg, .upright)
    site.variants.append(upright)
    #expect(try site.rewritten().contains("srcset=\"/o/x-320w.webp 320w, /o/x-640w.jpg 640w\""))
    site.variants.removeAll { $0.purpose == .responsive }
    #expect(try site.rewritten().contains("srcset=\"/o/x-640w.jpg 640w\""))
  }

  /// A ladder's widest rung that no file is smaller for leaves a hole, also below a source that is wider than the ladder.
  @Test(
    arguments: [
      (2400, 1920, [1280], "/o/x-1280w.webp 1280w, /x.png 2400w"),
      (2400, 1920, [1280, 1890], "/o/x-1280w.webp 1280w, /o/x-1890w.webp 1890w"),
      (2400, .max, [1920], "/o/x-1920w.webp 1920w, /x.png 2400w"),
      (1200, 1920, [1120], "/o/x-1120w.webp 1120w, /x.png 1200w"),
      (1200, 1920, [1180], "/o/x-1180w.webp 1180w"),
    ] as [(Int, Int, [Int], String)])
  func candidatesReachAsFarAsTheLadder(source: Int, widest: Int, variants: [Int], expected: String) throws {
    for dialect in [Post.Dialect.kramdown, .pythonMarkdown] {
      var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
      site.dialect = dialect
      (site.sources[0].width, site.sources[0].height) = (source, source * 3 / 4)
      site.options.widestRung = widest
      site.variants = []
      for width in variants { site.addVariants(.webp, width) }
      #expect(try site.rewritten().contains("srcset=\"\(expected)\""))
    }
  }

  @Test func linksAreWrittenTheAuthorsWay() throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![]({{ '/x.png' | relative_url }})"))
    site.references[0].link = LinkForm(prefix: "{{ '/", suffix: "' | relative_url }}")
    #expect(try site.rewritten().contains("srcset=\"{{ '/o/x-320w.webp' | relative_url }} 320w, "))
  }

  @Test func frontMatterPointsToTheOneFile() throws {
    var site = SampleSite("---\nimage: \"@\" # mine\n---\n", reference: .init(.frontMatter, "/x.png"))
    site.addVariants(.jpeg, 1280, purpose: .standalone)
    #expect(try site.rewritten() == "---\nimage: \"/o/x-1280w.jpg\" # mine\n---\n")
  }

  @Test(arguments: [(true, "{% img left /o/x-640w.webp 300 %}"), (nil, nil)] as [(Bool?, String?)])
  func aTagThatPrintsItsPathGetsAnotherPath(printsPath: Bool?, expected: String?) {
    var site = SampleSite("@", reference: .init(.templateTag, "{% img left /x.png 300 %}"))
    site.references[0].urlRange = ByteRange(12, 18)
    site.references[0].printsPath = printsPath
    site.addVariants(.webp, 640, purpose: .sameSize)
    #expect(site.result().bytes.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func nothingChangesWithoutVariants() {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.variants = []
    #expect(site.result().bytes == nil)
  }

  @Test func aPostThatChangedSinceTheScanIsLeftAlone() {
    let site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    let result = PostRewriter(manifest: site.manifest, options: site.options)
      .rewrite(site.post, bytes: Data("other".utf8))
    #expect(result.bytes == nil)
    #expect(result.problems.map(\.rule) == [.postSkipped])
  }

  @Test func aRangeThatHoldsNoImageIsLeftAlone() {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.references[0].range = ByteRange(1, 11)
    #expect(site.result().bytes == nil)
    #expect(site.result().problems.map(\.rule) == [.referenceKept])
  }

  @Test(arguments: [Reference.Context.picture, .rawHTML])
  func someContextsAreLeftAlone(context: Reference.Context) {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.references[0].context = [context]
    #expect(site.result().bytes == nil)
  }

  @Test(arguments: [
    ("#aabbcc", "background-color:#aabbcc"),
    ("data:image/webp;base64,AA/+=", "background:url(data:image/webp;base64,AA/+=) 0 0/100% 100% no-repeat"),
  ])
  func aPlaceholderIsABackground(placeholder: String, css: String) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.sources[0].placeholder = placeholder
    #expect(try site.rewritten().contains("style=\"height:auto;\(css)\""))
    // A built page's image gets no dimensions, so its height is not touched; the author's own style stays alone.
    site = SampleSite("@", reference: .init(.htmlImage, "<img src=\"/x.png\">"))
    site.sources[0].placeholder = placeholder
    site.dialect = .page
    #expect(try site.rewritten().contains("style=\"\(css)\""))
    site.references[0].attributes["style"] = "border:0"
    #expect(try !site.rewritten().contains("style"))
  }

  /// No WebP comes near the source's width, so its list would end with a PNG: a `<source>` has one type.
  @Test func aSourceHasOneType() throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](/x.png)"))
    site.options.markup = .picture
    site.variants = []
    site.addVariants(.avif, 320, 640)
    site.addVariants(.webp, 320)
    let text = try site.rewritten()
    #expect(text.contains("image/avif"))
    #expect(!text.contains("image/webp"))
    site.options.markup = .srcset
    #expect(try site.rewritten().contains(" 320w, /x.png 640w"))
  }

  @Test func crlfAndBytesOutsideStay() throws {
    let site = SampleSite("a\r\n\r\n@\r\n\u{FEFF}b", reference: .init(.markdownInline, "![](/x.png)"))
    let text = try site.rewritten()
    #expect(text.hasPrefix("a\r\n\r\n![](/x.png){: "))
    #expect(text.hasSuffix("}\r\n\u{FEFF}b"))
  }
}

@Suite struct EditTests {
  @Test func editsApplyInOrderOfPosition() {
    let edits = [Edit(range: ByteRange(4, 5), text: "Y"), Edit(range: ByteRange(0, 1), text: "XX")]
    #expect(edits.applied(to: Data("abcdef".utf8)) == Data("XXbcdYf".utf8))
  }

  @Test(arguments: [[ByteRange(0, 3), ByteRange(2, 4)], [ByteRange(5, 9)]])
  func overlapsAndOverrunsAreRefused(ranges: [ByteRange]) {
    #expect(ranges.map { Edit(range: $0, text: "") }.applied(to: Data("abcdef".utf8)) == nil)
  }
}

@Suite struct AttributeTextTests {
  @Test(arguments: [
    ("plain 1.0, /a:b;c=(d)?e!f%g#h+i@j~k^l-m", "plain 1.0, /a:b;c=(d)?e!f%g#h+i@j~k^l-m"),
    ("a\"b'c", "a&#34;b&#39;c"), ("a|b*c_d`e", "a&#124;b&#42;c&#95;d&#96;e"),
    ("{% x %}", "&#123;% x %&#125;"),
    ("<&>", "&#60;&#38;&#62;"), ("한글", "한글"), ("a\nb", "a&#10;b"),
  ])
  func encodes(value: String, expected: String) { #expect(AttributeText.encoded(value) == expected) }
}

/// A post with one reference, where `@` marks the place.
struct SampleSite {
  struct Place {
    var kind: Reference.Kind
    var text: String
    init(_ kind: Reference.Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  var text: String
  var references: [Reference]
  var sources = [Source(path: "x.png", sha256: "5", bytes: 9_999, format: .png, width: 640, height: 480)]
  var variants: [Variant] = []
  var options = RewriteOptions()
  var dialect = Post.Dialect.kramdown
  var allowsHTML = true

  init(_ template: String, reference place: Place) {
    let before = template.prefix { $0 != "@" }
    text = template.replacingOccurrences(of: "@", with: place.text)
    let start = before.utf8.count
    let range = ByteRange(start, start + place.text.utf8.count)
    references = [
      Reference(
        post: "p.md", kind: place.kind, range: range,
        urlRange: range, line: 1, column: 1, url: place.kind == .frontMatter ? place.text : "/x.png",
        status: .local, source: "x.png", link: LinkForm(prefix: "/"))
    ]
    addVariants(.webp, 320, 640)
  }

  /// Files of the source's shape are named after their width and a `w`, those of a crop after it and an `s`.
  mutating func addVariants(
    _ format: ImageFormat, _ widths: Int..., purpose: Variant.Purpose = .responsive, crop: Crop? = nil
  ) {
    for width in widths {
      let letter = crop == nil ? "w" : "s"
      variants.append(
        Variant(
          path: "o/x-\(width)\(letter).\(format.fileExtension)", source: "x.png", purpose: purpose,
          width: width,
          height: crop == nil ? width * 3 / 4 : width, format: format, bytes: 10, sha256: "",
          settings: EncodingSettings(format: format, loss: .lossy), crop: crop))
    }
  }

  var post: Post {
    Post(
      path: "p.md", dialect: dialect, allowsHTML: allowsHTML, url: "/p.html", bytes: text.utf8.count,
      sha256: ContentDigest.sha256(text))
  }

  var manifest: AssetManifest {
    AssetManifest(
      site: Site(kind: .jekyll, reason: "", root: "."), posts: [post], references: references,
      sources: sources, variants: variants)
  }

  func result() -> PostRewriter.Result {
    PostRewriter(manifest: manifest, options: options).rewrite(post, bytes: Data(text.utf8))
  }

  func rewritten() throws -> String {
    String(decoding: try #require(result().bytes), as: UTF8.self)
  }
}
