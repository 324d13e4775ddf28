import Testing
import Web

@testable import ThemeAnalysis

@Suite struct MarkupFindingsTests {
  /// html > body.dark > main#content > article.post > div.body
  static let chain: [StyleTree.Element] = [
    .init("html", isOpen: true), .init("body", classes: ["dark"], isOpen: true), .init("main", id: "content"),
    .init("article", classes: ["post"]), .init("div", classes: ["body"]),
  ]

  static func findings(
    _ css: String, chain: [StyleTree.Element] = chain, attributes: [String: String] = [:],
    words: Set<String> = [],
    isSass: Bool = false
  ) -> MarkupFindings {
    MarkupFindings(
      rules: StyleSheetParser.parse(css, file: "a.css", isSass: isSass).rules,
      contexts: ImageContexts(chain: chain, attributes: attributes), canOccur: { words.contains($0) })
  }

  @Test(arguments: [
    // What follows an image, or precedes it.
    ("img + em { color: red }", true), ("img ~ em { color: red }", true), ("br + img { margin: 0 }", true),
    (".post img + em::before { content: 'x' }", true), ("* + em { color: red }", false),
    ("p > img + em, h1 { color: red }", true), ("figure > img + figcaption { color: red }", false),
    ("h2 + p { margin: 0 }", false), ("em + strong { margin: 0 }", false),
    // What it stands in.
    ("p > img { max-width: 50% }", true), (".body > p > img { float: left }", true),
    (".navbar-brand > img { height: 30px }", false), ("figure > img { margin: 0 }", false),
    (".post > p { margin: 0 }", false), ("article > div > p { margin: 0 }", false),
    ("p > * { margin: 2px }", true),
    ("p * img { margin: 2px }", true), ("p:not(.x) img { margin: 2px }", false),
    // Where it stands.
    ("img:first-child { margin: 0 }", true), ("img:only-child { display: block }", true),
    ("img:nth-child(2) { float: right }", true), ("img:last-of-type { float: right }", true),
    (".post img:nth-of-type(odd) { float: right }", true), ("p:first-child { margin: 0 }", false),
    ("li:nth-child(2n) { margin: 0 }", false), ("p img:not(:first-child) { margin: 1px }", true),
    ("img:hover { opacity: 0.5 }", false), (".aside img:first-child { margin: 0 }", false),
    // What holds it.
    ("p:has(> img) { text-align: center }", true), ("p:has(img) { text-align: center }", false),
    ("p:has(> img:only-child) { margin: 0 }", true), ("a:has(> img) { border: 0 }", true),
    // Boxes of its own.
    ("picture { display: block }", true), ("* { box-sizing: border-box; margin: 0; padding: 0 }", false),
    ("* { padding: 1px }", true), ("*::before { box-sizing: border-box }", false),
    ("img, svg { display: block }", false), ("::-webkit-scrollbar-thumb { border: 2px solid }", false),
    (":not(.x)::-webkit-scrollbar { display: block }", false), ("::selection { font-size: 2em }", false),
    ("::before { content: 'x' }", true),
    (".post * { font-size: 1rem }", true), ("p { display: flex }", true), ("nav { display: flex }", false),
    ("table td { display: grid }", true),
    // Plain rules.
    ("img { max-width: 100%; height: auto }", false), (".post img { border-radius: 4px }", false),
    ("a img { border: 0 }", false), ("@media print { img + em { color: red } }", false),
    ("@media (max-width: 600px) { img + em { color: red } }", true), ("img + em {}", false),
  ])
  func knowsWhatAPictureBreaks(css: String, breaks: Bool) {
    #expect((Self.findings(css).pictureBreak() != nil) == breaks, "\(css)")
  }

  @Test func classesCountWhereTheAuthorWritesThem() {
    let css = ".wide > img { max-width: none }"
    #expect(Self.findings(css).pictureBreak() == nil)
    #expect(Self.findings(css, words: ["wide"]).pictureBreak()?.line == 1)
    #expect(Self.findings("img.icon + em { color: red }").pictureBreak() == nil)
    #expect(
      Self.findings("img.icon + em { color: red }", attributes: ["class": "a icon"]).pictureBreak() != nil)
  }

  @Test func anUnknownLayoutMayHoldAnything() {
    let css = ".aside img + em { color: red }"
    #expect(Self.findings(css).pictureBreak() == nil)
    #expect(Self.findings(css, chain: [.gap]).pictureBreak() != nil)
  }

  @Test(arguments: [
    (".body { img + em { color: red } }", ".body img + em", 1),
    (".body { & > p { img { & ~ em { color: red } } } }", "img ~ em", 1),
    ("// img + em {}\n$x: 1px;\n.post {\n  p > & { a: b }\n  img:only-child { width: $x }\n}", "img", 5),
    ("@mixin caption { img + em { color: red } }", "img", 1),
    (".body {\n  @include up(md) {\n    img + em { color: red }\n  }\n}", "img", 3),
    ("#{$sel} { margin: 0 } .a-#{$n} > img { float: left }\n.body > p > img { float: left }", "img", 2),
  ])
  func readsNestedSass(scss: String, _: String, line: Int) throws {
    let finding = try #require(Self.findings(scss, isSass: true).pictureBreak(), "\(scss)")
    #expect(finding.line == line)
  }

  @Test(
    arguments: [
      ("img { max-width: 100% }", nil, false, true),
      ("img { max-width: 70%; height: auto }", nil, false, true),
      ("img { max-width: 100%; width: auto }", nil, true, true),
      ("img { max-height: 80vh }", "max-height: 80vh", false, false),
      ("img { height: 200px }", "height: 200px", false, false),
      (".avatar { height: 40px }", nil, false, false),
      ("p img { max-width: 100% }", nil, false, false),
      ("img[width] { margin: 0 }", "attributes", false, false),
      ("p { display: inline-flex }", "children", false, false),
      ("img { @include fluid }", "Sass", false, false),
      ("* { box-sizing: border-box } p img { padding: 4px }", "border-box", false, false),
      ("* { box-sizing: border-box } img { border: 1px solid silver }", "border-box", false, false),
      ("* { box-sizing: border-box } img { padding: 4px 0; border: 0 }", nil, false, false),
      ("* { box-sizing: border-box } .avatar { padding: 4px }", nil, false, false),
      ("img { padding: 4px; border: 1px solid }", nil, false, false),
      ("*::before { box-sizing: border-box } img { padding: 4px }", nil, false, false),
      ("@media (min-width: 9px) { img { max-width: 100% } }", nil, false, false),
    ] as [(String, String?, Bool, Bool)])
  func knowsWhatDimensionsBreak(css: String, breaks: String?, ignoresWidth: Bool, isCapped: Bool) {
    let dimensions = Self.findings(css, isSass: true).dimensions()
    #expect((dimensions.hintBreak != nil) == (breaks != nil), "\(css)")
    if let breaks { #expect(dimensions.hintBreak?.message.contains(breaks) == true) }
    #expect(dimensions.mayIgnoreWidth == ignoresWidth)
    #expect(dimensions.isCapped == isCapped)
  }

  @Test func anImagesOwnClassesCount() {
    let css = ".avatar { height: 40px }"
    #expect(Self.findings(css, attributes: ["class": "avatar"]).dimensions().hintBreak != nil)
    #expect(Self.findings(css).dimensions().hintBreak == nil)
  }
}
