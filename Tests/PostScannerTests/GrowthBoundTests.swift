import AssetModel
import TestSupport
import Testing

@testable import PostScanner

/// What could grow without bound in a small post, does not.
@Suite struct GrowthBoundTests {
  @Test func valuesThatDoubleEachOther() {
    var attributes = AsciiDocAttributes()
    _ = attributes.read(":a0: xx")
    for number in 0..<64 { _ = attributes.read(":a\(number + 1): {a\(number)}{a\(number)}") }
    #expect(attributes["a64"]?.utf8.count == 4096)
    let text = String(repeating: "{a64}", count: 1000)
    #expect(attributes.expanded(text).utf8.count < 100_000)
    #expect(attributes.expanded("image::{a0}.jpg") == "image::xx.jpg")
  }

  @Test(arguments: [(100, true), (9_000, false)])
  func candidatesThatRepeatWhatTheirTagSays(_ count: Int, _ areRead: Bool) throws {
    let list = (1...count).map { "/a.png?\($0) \($0)w" }.joined(separator: ",")
    let body = "<img src=\"/a.png\" srcset=\"\(list)\">\n"
    let references = try imagesOfPost(body, files: ["a.png"])
    #expect(references.count == (areRead ? count + 1 : 1))
    #expect(references.first?.kind == .htmlImage)
    #expect((references.first?.keptBecause?.contains("more candidates") ?? false) == !areRead)
  }

  @Test func imagesInALongLabelAreText() {
    func images(_ length: Int) -> [String] {
      let filling = String(repeating: "word ", count: length / 5)
      let file = Array("![a ![b](in.png) \(filling)](out.png)\n".utf8)
      let masked = TemplateSyntax.none.mask(file, 0..<file.count).bytes
      return Post.Dialect.kramdown.reader.candidates(file: file, masked: masked, body: 0..<file.count).map(
        \.url)
    }
    #expect(images(100) == ["out.png"])
    #expect(images(10_000) == [])
  }
}

/// Posts of nothing but template code. Each of these took the square of its length, which is hours for what stands here.
@Suite struct EndlessTemplateTests {
  private static let many = 100_000

  private static func mask(_ syntax: TemplateSyntax, _ text: String) -> MaskedTemplates {
    let file = Array(text.utf8)
    return syntax.mask(file, 0..<file.count)
  }

  @Test(arguments: ["{{< a ", "{{% a ", "{{< a \"", "{{< a `"])
  func shortcodesThatNeverEnd(_ beginning: String) {
    let mask = Self.mask(
      .hugo, "{{< figure src=\"a.png\" >}}\n" + String(repeating: beginning, count: Self.many))
    #expect(mask.tags.map(\.name) == ["figure"])
  }

  @Test(arguments: ["{{ a(", "{% a(\"", "{{ a(b `"])
  func callsThatNeverEnd(_ beginning: String) {
    let mask = Self.mask(
      .zola, "{{ image(src=\"a.png\") }}\n" + String(repeating: beginning, count: Self.many))
    #expect(mask.tags.map(\.name) == ["image"])
  }

  @Test func endTagsOfNothing() {
    let open = String(repeating: "{{< a >}}", count: Self.many)
    let mask = Self.mask(.hugo, open + String(repeating: "{{< /b >}}", count: Self.many))
    #expect(mask.tags.count == Self.many)
    #expect(mask.enclosed.isEmpty)
  }

  @Test func codeInCode() {
    let open = String(repeating: "{{< code >}}", count: Self.many)
    let mask = Self.mask(
      .hugo, "{{< x >}}" + open + "y" + String(repeating: "{{< /code >}}", count: Self.many))
    // What the outermost holds is gone, and so are the tags in it.
    #expect(mask.tags.map(\.name) == ["x", "code"])
    let inner = "{{< x >}}{{< code >}}".utf8.count..<mask.bytes.count - "{{< /code >}}".utf8.count
    #expect(mask.bytes[inner].allSatisfy { $0 == .removed })
  }

  @Test func tagsOnALineThatNeverEnd() {
    let text = String(repeating: "{% ", count: Self.many) + "\n{% img a.png %}"
    #expect(Self.mask(.liquidTags, text).tags.map(\.name) == ["img"])
  }

  @Test func theInnermostShortcodeIsTheOneThatAnImageStandsIn() {
    let enclosed = EnclosedText([("c", 4..<6), ("b", 3..<8), ("empty", 9..<9), ("a", 0..<10), ("d", 12..<14)])
    let names = (0..<15).map { enclosed.name(at: $0) ?? "-" }.joined()
    #expect(names == "aaabccbbaa--dd-")
    #expect(EnclosedText([]).name(at: 0) == nil)
  }

  @Test func patternsForAsManyFiles() throws {
    let name = String(repeating: "a", count: 200)
    let pattern = String(repeating: "*a", count: 90) + "*b"
    let patterns = (0..<5_000).map { "- src: '\(pattern)\($0)'\n" }.joined()
    var files = ["hugo.toml": "", "content/a/index.md": "---\nresources:\n- src: '*0.png'\n\(patterns)---\n"]
    for number in 0..<50 { files["content/a/\(name)\(number).png"] = "x" }
    let references = try TemporaryFolder(files).scan().references
    #expect(references.filter { $0.status == .local }.count == 5)
    #expect(references.last?.status == .templated)
    #expect(references.last?.reason?.contains("more patterns of files") == true)
  }

  @Test func imagesInAsManyShortcodes() throws {
    let text = String(repeating: "{{< a >}}![x](/a.png){{< /a >}}\n\n", count: 10_000)
    let folder = try TemporaryFolder([
      "hugo.toml": "", "static/a.png": "x", "content/a.md": "---\ntitle: x\n---\n" + text,
    ])
    let references = try folder.scan().references
    #expect(references.count == 10_000)
    #expect(references.allSatisfy { $0.keptBecause?.contains("the shortcode a") == true })
  }
}

/// Posts of MDX whose lines, braces and backticks were each looked for in all that follows.
@Suite struct EndlessExpressionTests {
  private static func urls(_ text: String) -> [String] {
    let file = Array(text.utf8)
    return ComponentSources.candidates(file, file, 0..<file.count, of: .mdx).map(\.url)
      + ImportReferences.candidates(file, 0..<file.count).map(\.url)
      + MDXReader().candidates(file: file, masked: file, body: 0..<file.count).map(\.url)
  }

  @Test func linesWithoutWhatIsLookedFor() {
    let text =
      "import x from './a.png';\n\nconst y = require('./b.png');\n"
      + String(repeating: "import y\n", count: 300_000)
    #expect(Self.urls(text) == ["./a.png", "./b.png"])
  }

  @Test func backticksThatMeetNone() {
    let runs = (1...3_000).map { String(repeating: "`", count: $0) + " x " }.joined()
    #expect(Self.urls("<Photo src='a.png' />\n\n![b](b.png)\n\n" + runs) == ["a.png", "b.png"])
  }

  @Test(arguments: ["{", "<A b={", "{`", "<A b=\"", "{/*"])
  func whatNeverEnds(_ beginning: String) {
    let text = "<Photo src='a.png' />\n\n" + String(repeating: beginning, count: 200_000)
    #expect(Self.urls(text).first == "a.png")
  }
}
