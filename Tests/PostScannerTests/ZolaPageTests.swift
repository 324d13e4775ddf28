import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// What Zola makes of URLs and texts of images.
@Suite struct ZolaPageTests {
  private func references(
    _ body: String, config: String = "", matter: String = "", more: [String: String] = [:]
  ) throws -> [Reference] {
    var files = [
      "config.toml": "base_url = \"https://example.org/log\"\n" + config, "templates/page.html": "",
      "content/trips/bay/pier.png": "x", "content/trips/bay/index.md": "+++\n\(matter)\n+++\n" + body,
    ]
    files.merge(more) { _, new in new }
    return try TemporaryFolder(files).scan().references
  }

  /// Zola gives such a URL the whole address of the file, in the post, in lists and in feeds alike.
  @Test(arguments: [
    ("![a](pier.png)", "", "/log/assets/optimized/v.webp"),
    ("![a][p]\n\n[p]: pier.png", "", "/log/assets/optimized/v.webp"),
    ("![a](./pier.png)", "", "../../assets/optimized/v.webp"),
    ("<img src=\"pier.png\">", "", "../../assets/optimized/v.webp"),
    // No language comes before an address that the post gives itself.
    ("<img src=\"pier.png\">", "path = \"quay\"", "../assets/optimized/v.webp"),
  ])
  func candidatesHoldWhereverThePostIsPrinted(body: String, matter: String, url: String) throws {
    let reference = try #require(references(body, matter: matter).first)
    #expect(reference.status == .local && reference.keptBecause == nil)
    #expect((reference.htmlLink ?? reference.link)?.url(of: "static/assets/optimized/v.webp") == url)
  }

  @Test func theFileItselfHasItsPageAddress() throws {
    let reference = try #require(references("![a](pier.png)").first)
    #expect(reference.link?.url(of: "content/trips/bay/pier.png") == "/log/trips/bay/pier.png")
  }

  @Test func aTranslationsOwnPathHasNoLanguage() throws {
    let all = try references(
      "![a](pier.png)", config: "[languages.ar]\n",
      more: ["content/trips/bay/index.ar.md": "+++\npath = \"ar/quay\"\n+++\n<img src=\"pier.png\">\n"])
    let reference = try #require(all.first { $0.post.hasSuffix("index.ar.md") })
    #expect(reference.link?.url(of: "static/assets/optimized/v.webp") == "../../assets/optimized/v.webp")
  }

  /// A feed of the site's own that does not say where its paths start gets whole addresses.
  @Test(arguments: [
    ("<entry><content>{{ page.content }}</content></entry>", "https://example.org/log/"),
    ("<content xml:base=\"{{ page.permalink }}\">{{ page.content }}</content>", "/log/"),
  ])
  func feedsWithoutABaseGetTheHost(template: String, root: String) throws {
    let reference = try #require(references("![a](pier.png)", more: ["templates/atom.xml": template]).first)
    #expect(
      reference.link?.url(of: "static/assets/optimized/v.webp") == root + "assets/optimized/v.webp")
  }

  @Test(arguments: [
    ("/static/boat.png", "static/boat.png"), ("static/boat.png", "static/boat.png"),
    ("boat.png", "static/boat.png"), ("@/trips/bay/pier.png", "content/trips/bay/pier.png"),
    ("trips/bay/pier.png", "content/trips/bay/pier.png"), ("pier.png", "content/trips/bay/pier.png"),
  ])
  func functionsLookInTheRootFirst(path: String, file: String) throws {
    let all = try references(
      "{{ resize_image(path=\"\(path)\", width=9) }}", more: ["static/boat.png": "x"])
    #expect(all.map(\.source) == [file])
  }

  // MARK: Typography

  @Test(arguments: [
    ("The \"old\" pier -- at dawn", "The “old” pier – at dawn"), ("it's here...", "it’s here…"),
    ("'so' it---goes", "‘so’ it—goes"), ("a -- b ---- c", "a – b –– c"), ("5-6 a.b ..", "5-6 a.b .."),
    ("(\"x\")", "(“x”)"), ("rock 'n' roll", "rock ‘n’ roll"),
  ])
  func textsAreSetAsZolaSetsThem(written: String, shown: String) throws {
    #expect(SmartPunctuation.set(written) == shown)
    let on = try references(
      "![\(written)](pier.png)", config: "[markdown]\nsmart_punctuation = true\n")
    #expect(on.map(\.alt) == [shown] && on.map(\.keptBecause) == [nil])
    #expect(try references("![\(written)](pier.png)").map(\.alt) == [written])
  }

  /// Where more than the text decides, the image stays.
  @Test(arguments: [#"a 5" pipe"#, #"a "b" c\""#, "'twas", "*\"a\"* b", "&quot;a&quot; b"])
  func whatStandsAroundDecidesNothing(written: String) throws {
    let all = try references(
      "![\(written)](pier.png)", config: "[markdown]\nsmart_punctuation = true\n")
    #expect(all.count == 1 && all.allSatisfy { $0.keptBecause != nil })
  }
}
