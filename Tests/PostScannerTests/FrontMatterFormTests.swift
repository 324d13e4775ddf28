import AssetModel
import Testing

@testable import PostScanner

/// Front matter in every form: the values that name images, and the bytes that they stand in.
@Suite struct FrontMatterFormTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var text: String
    var fields: [String] = ["image", "cover.image", "gallery", "resources", "extra.*"]
    /// Key path and value; `!` in front of a value that has no place.
    var expected: [String: String]
    var testDescription: String { name }
  }

  @Test(arguments: Self.cases) func valuesHaveTheirPlace(_ one: Case) {
    let file = Array(one.text.utf8)
    let matter = FrontMatter(file, from: 0, forms: [.yaml, .toml, .json, .metadata])
    #expect(matter.problem == nil)
    let values = matter.images(ImageFields(one.fields))
    var texts: [String: String] = [:]
    for value in values {
      texts[value.field] = (value.range == nil ? "!" : "") + value.text
      if let range = value.range { #expect(file.string(range.range) == value.text) }
    }
    #expect(texts == one.expected)
    #expect(file.string(matter.bodyStart..<file.count) == "body")
  }

  static let cases: [Case] = [
    Case(
      name: "TOML",
      text: """
        +++
        title = "image = 'no.png'" # image = "no.png"
        image = "a b.png"
        cover.image = 'c.png'
        gallery = [
          "g1.png", # a comment ]
          'g2.png',
        ]
        date = 2024-01-02T03:04:05Z
        [[resources]]
        src = "r1.png"
        [[resources]]
        name = "x"
        src = '''r2.png'''
        [extra]
        card = { path = "e.png", n = [1, 2] }
        "quoted key" = "q.png"
        long = \"""
        l.png\"""
        +++
        body
        """,
      expected: [
        "image": "a b.png", "cover.image": "c.png", "gallery.0": "g1.png", "gallery.1": "g2.png",
        "resources.0.src": "r1.png", "resources.1.src": "r2.png", "extra.card.path": "e.png",
        "extra.quoted key": "q.png", "extra.long": "l.png",
      ]),
    Case(
      name: "TOML escapes", text: "+++\nimage = \"a\\u0062.png\"\n+++\nbody", expected: ["image": "!ab.png"]),
    Case(
      name: "TOML with CRLF", text: "+++\r\nimage = \"a.png\"\r\n+++\r\nbody", expected: ["image": "a.png"]),
    Case(name: "TOML, empty", text: "+++\n+++\nbody", expected: [:]),
    Case(
      name: "JSON",
      text:
        "{\n  \"title\": \"}\\\"\",\n\t\"image\": \"a.png\",\n  \"gallery\": [{\"src\": \"b.png\"}]\n}\nbody",
      expected: ["image": "a.png", "gallery.0.src": "b.png"]),
    Case(name: "---json", text: "---json\n{ \"image\": \"a.png\" }\n---\nbody", expected: ["image": "a.png"]),
    Case(
      name: "YAML",
      text: "---\nimage: \"a.png\" # c\ncover:\n  image: b.png\nextra: {x: 'c.png', y: 3}\n---\nbody",
      expected: ["image": "a.png", "cover.image": "b.png", "extra.x": "c.png", "extra.y": "3"]),
    Case(
      name: "metadata", text: "Title: a: b\nImage:  a.png  \nSummary: x\n    image: no.png\n\nbody",
      expected: ["image": "a.png"]),
    Case(
      name: "metadata between rules", text: "---\nImage: a.png\nTitle: \"a: b\n---\nbody",
      expected: ["image": "a.png"]),
  ]

  @Test func brokenTOMLIsNamedWithItsLine() {
    let matter = FrontMatter(Array("+++\na = 1\nimage = \"a\n+++\nbody".utf8), from: 0, forms: [.toml])
    #expect(matter.problem?.line == 3)
    #expect(matter.images(["image"]).isEmpty)
  }

  @Test(arguments: [
    "+++", "+++\n", "+++\na", "+++\na=\n+++\n", "+++\n[[a]\n+++\n", "+++\na=[[[[\n+++\n", "+++\na={b=\n+++",
    "{",
    "{\"a", "---json\n{", "+++\na = '''\n+++\nb", "+++\n[a.b.\n+++\n", "A:", ":\n", "+++\n= 1\n+++\n",
  ])
  func hostileTexts(_ text: String) {
    let file = Array(text.utf8)
    let matter = FrontMatter(file, from: 0, forms: [.yaml, .toml, .json, .metadata])
    #expect(matter.bodyStart <= file.count)
    for value in matter.images(["a", "a.*"]) {
      #expect((value.range?.end ?? 0) <= file.count)
    }
  }
}
