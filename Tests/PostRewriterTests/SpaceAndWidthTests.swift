import AssetModel
import Testing

@testable import PostRewriter

/// When images of posts may load late, how much room they are given, and how wide their `sizes` say they are.
@Suite struct SpaceAndWidthTests {
  private static let lazy = #"loading="lazy""#

  /// The second image of a post, which would load late.
  private func second(
    _ tag: String, _ attributes: [String: String] = [:], kind: Reference.Kind = .htmlImage,
    change: (inout SampleSite) -> Void = { _ in }
  ) throws -> String {
    var site = SampleSite("@", reference: .init(kind, tag))
    site.references[0].attributes = attributes
    var other = site.references[0]
    (other.range, other.status) = (ByteRange(0, 0), .remote)
    site.references.insert(other, at: 0)
    change(&site)
    return try site.rewritten()
  }

  /// An author's attributes; whether the image loads late, and what it is given.
  @Test(
    arguments: [
      ([:], true, #"width="640" height="480""#),
      (["style": "border:none"], true, #"style="height:auto;border:none""#),
      (["style": "width:50%"], false, "srcset="), (["style": "height:9px"], true, "srcset="),
      (["width": "50%"], false, "srcset="), (["width": "320"], true, #"height="240" style="height:auto""#),
      (["width": "320", "height": "9"], true, "srcset="), (["height": "9"], false, "srcset="),
    ] as [([String: String], Bool, String)])
  func anImageLoadsLateOnlyWithRoomForIt(attributes: [String: String], isLazy: Bool, has: String) throws {
    let written = attributes.map { " \($0.key)=\"\($0.value)\"" }.sorted().joined()
    let text = try second("<img src=\"/x.png\"\(written)>", attributes)
    #expect(text.contains(Self.lazy) == isLazy, "\(text)")
    #expect(text.contains(has), "\(text)")
  }

  @Test func aRuleOfSizeTakesRoomAndWaiting() throws {
    let text = try second("![](/x.png)", kind: .markdownInline) { site in
      site.options.theme = ThemeFit()
      site.options.theme?.unhinted = [ThemeFit.hintKey(scope: "", attributes: [:])]
    }
    #expect(!text.contains(Self.lazy) && !text.contains("width=\""), "\(text)")
    // Nothing caps the image, and nothing but sizes says how wide it is: as wide as it was.
    #expect(text.contains(#"sizes="640px""#), "\(text)")
  }

  /// What rules say of an image that gains no size: the column where they cap it, its own width where nothing does.
  @Test(arguments: [
    (true, "", "(min-width: 400px) 400px, 100vw"), (false, "", "640px"),
    (true, "max-width:none", "640px"), (true, "max-width:300px", "300px"),
    (false, "width:200px", "(min-width: 200px) 200px, 100vw"),
    (true, "width:50%", "(min-width: 400px) 400px, 100vw"),
  ])
  func sizesKeepTheBox(isCapped: Bool, style: String, sizes: String) throws {
    let attributes = style.isEmpty ? [:] : ["style": style]
    let text = try second("![](/x.png)", attributes, kind: .markdownInline) { site in
      var theme = ThemeFit()
      theme.unhinted = [ThemeFit.hintKey(scope: "", attributes: [:])]
      if isCapped {
        theme.capped = [""]
        theme.columns[""] = SlotWidths(text: "(min-width: 400px) 400px, 100vw")
      }
      site.options.theme = theme
    }
    #expect(text.contains("sizes=\"\(sizes)\""), "\(text)")
  }

  @Test(arguments: [(false, false), (true, true)])
  func aPolicyAgainstStylesAllowsSizesWhereRulesKeepTheShape(keepsShape: Bool, hasSize: Bool) throws {
    let text = try second("![](/x.png)", kind: .markdownInline) { site in
      var theme = ThemeFit()
      if keepsShape { theme.keepsShape = [""] }
      (site.options.theme, site.options.allowsStyle) = (theme, false)
    }
    #expect(!text.contains("style="), "\(text)")
    #expect(text.contains(#"width="640" height="480""#) == hasSize, "\(text)")
    #expect(text.contains(Self.lazy) == hasSize, "\(text)")
  }

  @Test func attributesAreOneWordWhereAGeneratorCountsThem() throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![two words](/x.png)"))
    site.references[0].alt = "two words"
    site.options.countsMarkup = true
    (site.dialect, site.options.markup) = (.commonmark, .picture)
    site.addVariants(.avif, 320, 640)
    let text = try site.rewritten()
    // Hugo's `isProbablyHTMLToken`: what it does not take for markup counts as a word of the summary.
    let words = text.split(separator: " ").filter { word in
      !word.contains(/^<\/?[A-Za-z]+>?$/) && !word.contains(/^[A-Za-z]+=["']/)
    }
    #expect(words == ["words\""], "\(text)")
  }

  /// Feeds print a summary with whole URLs, and Hugo makes those of a `srcset` whole that real spaces part.
  @Test(arguments: [("<!--more-->\n", true), ("", false)])
  func candidatesOfADividedSummaryStandApart(divider: String, isApart: Bool) throws {
    var site = SampleSite("@\n\n\(divider)\nMore.\n", reference: .init(.markdownInline, "![a](/x.png)"))
    site.options.countsMarkup = true
    (site.dialect, site.options.markup) = (.commonmark, .srcset)
    site.addVariants(.webp, 320, 640)
    let text = try site.rewritten()
    #expect(text.contains("&#32;320w, /") == isApart, "\(text)")
    #expect(text.contains("&#32;320w,&#32;/") != isApart, "\(text)")
  }

  @Test(arguments: [
    (#"![](/x.png){ width="70%" }"#, #"![](/x.png){ width="70%" srcset="#),
    (#"![](/x.png){: .a}"#, #"![](/x.png){: .a srcset="#),
  ])
  func candidatesJoinTheAuthorsList(image: String, expected: String) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, image))
    let start = try #require(image.firstIndex(of: "{")).utf16Offset(in: image)
    site.references[0].range = ByteRange(0, start)
    site.references[0].attributeListRange = ByteRange(start, image.utf8.count)
    site.dialect = .pythonMarkdown
    let text = try site.rewritten()
    #expect(text.hasPrefix(expected) && text.hasSuffix("\" }"), "\(text)")
  }

  @Test(arguments: [("https://a.b/", "{static}/x.png"), ("/", "{static}/x.png")])
  func aMarkerStaysInTheSource(prefix: String, source: String) throws {
    var site = SampleSite("@", reference: .init(.markdownInline, "![](x)"))
    site.references[0].link = LinkForm(prefix: "{static}/")
    site.references[0].htmlLink = LinkForm(prefix: prefix)
    site.dialect = .pythonMarkdown
    let text = try site.rewritten()
    #expect(text.hasPrefix("<img src=\"\(source)\" srcset=\"\(prefix)o/x-320w.webp 320w"), "\(text)")
  }
}
