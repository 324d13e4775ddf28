import Foundation
import Manifest
import Testing

@testable import PostScanner

/// Python-Markdown's own verdicts against the reader's. Where the module is not installed, nothing is compared.
@Suite struct PythonMarkdownTests {
  private struct Image: Codable, Hashable, CustomStringConvertible {
    var src: String
    var alt: String
    var description: String { "\(src) [\(alt)]" }
  }

  /// Prints the images of each source of a JSON list.
  private static let script = """
    import sys, json, html.parser
    import markdown
    class Images(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.found = []
            self.hidden = 0
        def handle_starttag(self, tag, attrs):
            if tag in ('img', 'image') and not self.hidden:
                attrs = dict(attrs)
                self.found.append({'src': attrs.get('src') or '', 'alt': attrs.get('alt') or ''})
            if tag in ('template', 'noscript'): self.hidden += 1
        def handle_startendtag(self, tag, attrs): self.handle_starttag(tag, attrs)
        def handle_endtag(self, tag):
            if tag in ('template', 'noscript'): self.hidden -= 1
    out = []
    for source in json.load(sys.stdin):
        page = markdown.markdown(source, extensions=['fenced_code', 'md_in_html', 'attr_list', 'tables', 'admonition'])
        images = Images()
        images.feed(page)
        images.close()
        out.append(images.found)
    json.dump(out, sys.stdout)
    """

  /// What Python-Markdown makes of some sources; nil where it is not installed.
  private static func real(_ sources: [String]) throws -> [[Image]]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    input.fileHandleForWriting.write(try JSONEncoder().encode(sources))
    try input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("skipped: python3 has no module markdown")
      return nil
    }
    return try JSONDecoder().decode([[Image]].self, from: data)
  }

  private static func seen(_ source: String) -> [Image] {
    let file = Array(source.utf8)
    return PythonMarkdownReader().candidates(file: file, masked: file, body: 0..<file.count)
      .filter { $0.kind != .htmlSource && $0.kind != .videoPoster }
      .map { one in
        let url = one.syntax == .commonMark ? CommonMarkText.unescape(one.url) : one.url
        return Image(src: Entities.decode(url), alt: one.alt ?? "")
      }
  }

  static let sources = [
    // Destinations.
    "![a](x.png)\n", "![a](x y.png)\n", "![a](x (1).png)\n", "![a](x(1.png)\n", "![a](<x y.png>)\n",
    "![a](<x y.png> \"t\")\n", "![a](x.png \"t\")\n", "![a](x.png 't')\n", "![a](x.png \"a \"b\" c\")\n",
    "![a](x.png (t))\n", "![a](\n  x.png\n)\n", "![a]()\n", "![a](x\\_y.png)\n", "![a](x.png?a=1&amp;b=2)\n",
    "![a](x.png \"un)closed)\n", "![a] (x.png)\n",
    // Labels.
    "![a [b] c](x.png)\n", "![a [b c](x.png)\n", "![a \\] b](x.png)\n", "![a `]` b](x.png)\n",
    "![*a*](x.png)\n",
    "![a\nb](x.png)\n", "![a &amp; b](x.png)\n", "\\![a](x.png)\n",
    "!\\[a](x.png)\n",
    // References.
    "![a][r]\n\n[r]: x.png\n", "![a] [r]\n\n[r]: x.png\n", "![R][]\n\n[r]: x.png 't'\n",
    "![r]\n\n[r]: <x.png>\n",
    "[r]: x.png\n[r]: y.png\n\n![a][r]\n", "para\n[r]: x.png\n\n![a][r]\n", "![a][no]\n",
    "![a][r]\n\n[r]: x.png\n  \"t\"\n", "    [r]: x.png\n\n![r]\n",
    // Code.
    "`![a](x.png)`\n", "``![a](x.png) ` ``\n", "` ![a](x.png)\n", "``` ![a](x.png) `\n",
    "\\`![a](x.png)\\`\n",
    "    ![a](x.png)\n", "p\n    ![a](x.png)\n", "# h\n    ![a](x.png)\n", "```\n![a](x.png)\n```\n",
    "```\n![a](x.png)\n", "~~~ python\n![a](x.png)\n~~~\n\n![b](y.png)\n", "p\n```\n![a](x.png)\n```\n",
    // Lists.
    "- a\n\n  ![a](x.png)\n", "- a\n\n    ![a](x.png)\n", "- a\n\n      ![a](x.png)\n",
    "- a\n\n        ![a](x.png)\n", "1. a\n   ![a](x.png)\n2. b\n", "- a\n    - ![b](x.png)\n",
    "- a\n    - b\n\n        ![c](x.png)\n", "- a\n    - b\n\n            ![c](x.png)\n",
    "- a\n\n- ![b](x.png)\n\n    text\n", "* a\n\n\t![a](x.png)\n", "- # h ![a](x.png)\n",
    // Other blocks.
    "# ![a](x.png)\n", "![a](x.png)\n---\n", "> ![a](x.png)\n", "> a\n>\n>     ![a](x.png)\n",
    "> - ![a](x.png)\n",
    "text\n> ![a](x.png)\n", "| a | b |\n|---|---|\n| ![a](x.png) | t |\n", "***\n![a](x.png)\n***\n",
    "!!! note\n\n    ![a](x.png)\n", "!!! note \"T\"\n    ![a](x.png)\n\n![b](y.png)\n",
    // HTML.
    "<div>\n\n![a](x.png)\n\n</div>\n", "<div markdown=\"1\">\n\n![a](x.png)\n\n</div>\n",
    "<div markdown>\n![a](x.png)\n</div>\n", "<p markdown=\"1\">![a](x.png)</p>\n",
    "<div markdown=\"1\">\n<div>\n![a](x.png)\n</div>\n![b](y.png)\n</div>\n",
    "<span>![a](x.png)</span>\n", "<img src=\"x.png\" alt=\"a\">\n", "text <img src='x.png'/> text\n",
    "<p><img src=x.png></p>\n", "<!-- ![a](x.png) -->\n", "t <!-- ![a](x.png) --> t\n",
    "<!--\n\n![a](x.png)\n\n-->\n",
    "<div>\n![a](x.png)\n", "</div>\n![a](x.png)\n", "<br>\n![a](x.png)\n", "<hr>\n![a](x.png)\n",
    "<T>\n\n![a](x.png)\n", "<a href=\"u\">![a](x.png)</a>\n", "<pre>\n<img src=\"x.png\">\n</pre>\n",
    "<script>\n\"<img src='x.png'>\"\n</script>\n", "`<div>` ![a](x.png)\n",
    "<center>\n![a](x.png)\n</center>\n\n![b](y.png)\n", "<figure>\n<img src=\"x.png\">\n</figure>\n",
    // Attribute lists and links.
    "![a](x.png){: .c width=300 }\n", "![a](x.png){.c}\n", "[![a](x.png)](u)\n",
    "[![a](x.png)][u]\n\n[u]: v\n",
    "[t ![a](x.png) t](u)\n", "[x](y \"![a](x.png)\")\n", "**![a](x.png)**\n", "![a](x.png) ![b](y.png)\n",
  ]

  @Test func ownCases() throws {
    guard let real = try Self.real(Self.sources) else { return }
    for (source, truth) in zip(Self.sources, real) {
      #expect(Self.seen(source) == truth, "\(source.debugDescription)")
    }
    print("python-markdown \(Self.sources.count) cases of our own compared")
  }

  @Test func referenceCases() throws {
    struct Case: Decodable { var name: String, source: String }
    guard let path = SharedInputs.path("findings/reference-cases.json") else { return }
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    guard let real = try Self.real(cases.map(\.source)) else { return }
    var wrong: [String] = []
    for (one, truth) in zip(cases, real) {
      let seen = Self.seen(one.source)
      if seen != truth { wrong.append("  \(one.name): real \(truth), ours \(seen)") }
    }
    print("python-markdown \(cases.count - wrong.count)/\(cases.count)")
    for line in wrong { print(line) }
    #expect(cases.count - wrong.count >= 170)
  }

  /// Where less is found, or the place is kept, because the page depends on more than the image.
  @Test func keptPlaces() {
    #expect(Self.seen("<https://h/![a](x.png)>\n").isEmpty)
    let file = Array("![a [l](u) b](x.png)\n".utf8)
    let found = PythonMarkdownReader().candidates(file: file, masked: file, body: 0..<file.count)
    #expect(found.map { $0.keptBecause != nil } == [true])
  }

  @Test func attributeLists() throws {
    let file = Array("![a](x.png){: .c #i width=300 title=\"t u\" }\n".utf8)
    let found = PythonMarkdownReader().candidates(file: file, masked: file, body: 0..<file.count)
    let image = try #require(found.first)
    #expect(image.attributes == ["class": "c", "id": "i", "width": "300", "title": "t u"])
    #expect(image.attributeListRange == ByteRange(11, file.count - 1))
    #expect(image.title == "t u")
    #expect(image.keptBecause != nil)
  }
}
