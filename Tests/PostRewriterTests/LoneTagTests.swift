import AssetModel
import Testing

@testable import PostRewriter

/// In CommonMark a line of one tag is no paragraph, which the image was.
@Suite struct LoneTagTests {
  private func line(_ template: String, context: [Reference.Context] = []) throws -> String {
    var site = SampleSite(template, reference: .init(.markdownInline, "![a](/x.png)"))
    site.dialect = .commonmark
    site.references[0].context = context
    let text = try site.rewritten()
    // What matters is where the tag is divided.
    return text.replacing(#/srcset="[^>]*>/#, with: "…>")
  }

  @Test(arguments: [
    ("@", "<img src=\"/x.png\"\n…>"), ("@  \nnext\n", "<img src=\"/x.png\"\n…>  \nnext\n"),
    ("text\n\n@\r\n", "text\n\n<img src=\"/x.png\"\r\n…>\r\n"),
    ("> - @\n", "> - <img src=\"/x.png\"\n>   …>\n"), ("12. @\n", "12. <img src=\"/x.png\"\n    …>\n"),
    ("\t@", "\t<img src=\"/x.png\"\n\t…>"),
    ("text @", "text <img src=\"/x.png\" …>"), ("@ text", "<img src=\"/x.png\" …> text"),
    // Nothing may be left of template code when Markdown is read.
    ("{% if x %}@{% endif %}\n", "{% if x %}<img src=\"/x.png\"\n…>{% endif %}\n"),
    ("> {{ x }} @", "> {{ x }} <img src=\"/x.png\"\n>  …>"), ("{ @", "{ <img src=\"/x.png\" …>"),
    ("[@](/y)", "[<img src=\"/x.png\" …>](/y)"),
  ])
  func aTagAloneGoesOnInTheNextLine(template: String, expected: String) throws {
    #expect(try line(template) == expected)
  }

  @Test func aRowOfATableIsOneLine() throws {
    #expect(try line("- @", context: [.table]) == "- <img src=\"/x.png\" …>")
  }

  /// A theme that a <picture> would break has an <img> there, with candidates all the same.
  @Test(arguments: [(MarkupForm.srcset, true), (.srcset, false), (.picture, true)])
  func whatAPictureWouldBreakGetsAnImage(markup: MarkupForm, avoidsPicture: Bool) throws {
    var site = SampleSite("a @", reference: .init(.markdownInline, "![a](/x.png)"))
    site.dialect = .commonmark
    (site.options.markup, site.options.avoidsPicture) = (markup, avoidsPicture)
    #expect(try site.rewritten().hasPrefix("a <img src=\"/x.png\" srcset=\"/o/x-320w.webp 320w, "))
  }
}
