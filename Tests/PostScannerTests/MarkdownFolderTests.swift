import AssetModel
import TestSupport
import Testing

@testable import PostScanner

/// Folders of Markdown or MDX posts that belong to no generator.
@Suite struct MarkdownFolderTests {
  // MARK: What is one

  struct Folder: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var files: [String: String]
    /// Why it is one; nil where it is none.
    var reason: String?

    init(_ name: String, _ reason: String?, _ files: [String: String]) {
      (testDescription, self.reason, self.files) = (name, reason, files)
    }
  }

  static let post = "![A](/a.jpg)"
  private static let beside =
    "and pictures, but no generator whose posts are read; files are those beside the post"

  static let folders: [Folder] = [
    Folder(
      "Next.js",
      "content/posts/a.mdx \(beside) and below public",
      [
        "package.json": "{}", "content/posts/a.mdx": post, "public/a.jpg": "", "README.md": "![](b.png)",
        "node_modules/x/README.md": "![](c.png)",
      ]),
    Folder(
      "SvelteKit: one file of HTML is no site",
      "src/posts/a.md \(beside) and below static",
      ["package.json": "{}", "src/app.html": "%sveltekit.body%", "src/posts/a.md": post, "static/a.jpg": ""]),
    Folder(
      "Gatsby: its public is what it built",
      "content/a.md \(beside) and below static",
      [
        "package.json": "{}", "gatsby-config.ts": "", "content/a.md": post, "static/a.jpg": "",
        "public/a.jpg": "", "public/index.html": "",
      ]),
    Folder(
      "a wiki", "Home.md \(beside)",
      ["Home.md": "![A](a.PNG)", "a.PNG": "", "_Sidebar.md": "x"]),
    Folder(
      "notes",
      "notes/June.md \(beside), or of that name",
      ["notes/June.md": "![[a.jpg]]", "pictures/a.jpg": "", ".obsidian/app.json": "{}"]),
    Folder("without pictures", nil, ["Home.md": post]),
    Folder("without posts that name any", nil, ["Home.md": "text", "a.jpg": ""]),
    Folder("with a page of its own", nil, ["index.html": "", "notes/a.md": post, "a.jpg": ""]),
    Folder("pages with a readme", nil, ["about.html": "", "README.md": post, "a.jpg": ""]),
    Folder("pages for the most part", nil, ["a.html": "", "b.html": "", "c.md": post, "a.jpg": ""]),
    Folder("what lies in hidden folders", nil, [".trash/a.md": post, "a.jpg": ""]),
  ]

  @Test(arguments: folders)
  func isRecognized(_ example: Folder) throws {
    let folder = try TemporaryFolder(example.files)
    guard let reason = example.reason else {
      #expect(throws: ScanError.unknownSite(folder: "site")) { try folder.scan() }
      return
    }
    let site = try folder.scan().site
    #expect(site.kind == .markdown)
    #expect(site.reason == reason)
  }

  @Test func aGeneratorComesFirst() throws {
    let site = try TemporaryFolder(["hugo.toml": "", "content/a.md": Self.post, "static/a.jpg": ""]).scan()
      .site
    #expect(site.kind == .hugo)
  }

  @Test func whatAProjectSaysOfItselfIsNoPost() throws {
    let files = [
      "package.json": "{}", "README.md": "![](a.jpg)", "CHANGELOG.md": "", "posts/README.md": Self.post,
      "posts/a.jpg": "",
    ]
    #expect(try TemporaryFolder(files).scan().posts.map(\.path) == ["posts/README.md"])
  }

  // MARK: Which files

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The post's path and text.
    var path: String
    var text: String
    /// Of each reference its line, URL and file, or its status.
    var expected: [String]
    var files: [String] = []
    var options = ScanOptions()

    init(
      _ name: String, _ text: String, _ expected: [String], at path: String = "posts/a.md", _ files: [String],
      roots: [String]? = nil
    ) {
      (testDescription, self.path, self.text, self.expected, self.files) = (name, path, text, expected, files)
      options.markdown.imagesRoots = roots
    }
  }

  static let cases: [Case] = [
    Case(
      "beside the post, below it and above", "![](b.jpg) ![](./i/b.jpg)\n![](../c.jpg)",
      ["1 b.jpg posts/b.jpg", "1 ./i/b.jpg posts/i/b.jpg", "2 ../c.jpg c.jpg"],
      ["posts/b.jpg", "posts/i/b.jpg", "c.jpg"]),
    Case("below public", "![](/i/b.jpg)", ["1 /i/b.jpg public/i/b.jpg"], ["public/i/b.jpg"]),
    Case("below static", "![](/b.jpg)", ["1 /b.jpg static/b.jpg"], ["static/b.jpg"]),
    Case("below assets", "![](/b.jpg)", ["1 /b.jpg assets/b.jpg"], ["assets/b.jpg"]),
    Case(
      "below assets, by its whole path", "![](/assets/b.jpg)", ["1 /assets/b.jpg assets/b.jpg"],
      ["assets/b.jpg"]),
    Case("without a slash", "![](i/b.jpg)", ["1 i/b.jpg public/i/b.jpg"], ["public/i/b.jpg"]),
    Case(
      "percent-encoded", "![](/%E4%B8%AD%20b.jpg)", ["1 /%E4%B8%AD%20b.jpg public/中 b.jpg"],
      ["public/中 b.jpg"]),
    Case(
      "by a bundler's names", "![](~/i/b.jpg) ![](@/c.jpg) ![](@/i/gone.jpg)",
      ["1 ~/i/b.jpg i/b.jpg", "1 @/c.jpg src/c.jpg", "1 @/i/gone.jpg missing"], ["i/b.jpg", "src/c.jpg"]),
    Case(
      "of several, the folder beside the post's", "![](/b.jpg)", ["1 /b.jpg apps/two/public/b.jpg"],
      at: "apps/two/posts/a.md", ["apps/one/public/b.jpg", "apps/two/public/b.jpg"]),
    Case(
      "the folder that the configuration names, and no other", "![](/b.jpg) ![](/c.jpg)",
      ["1 /b.jpg web/files/b.jpg", "1 /c.jpg missing"], ["web/files/b.jpg", "public/b.jpg", "public/c.jpg"],
      roots: ["web/files"]),
    Case(
      "missing, remote, data", "![](/x.jpg) ![](https://a.example/b.jpg) ![](data:image/png;base64,AA)",
      ["1 /x.jpg missing", "1 https://a.example/b.jpg remote", "1 data:image/png;base64,AA data"],
      ["public/b.jpg"]),
    Case(
      "front matter of either form", "+++\ncover = \"/b.jpg\"\n[image]\nsrc = \"b.jpg\"\n+++\n![](/b.jpg)",
      ["2 /b.jpg public/b.jpg", "4 b.jpg public/b.jpg", "6 /b.jpg public/b.jpg"], ["public/b.jpg"]),
    Case(
      "raw HTML and components in Markdown",
      "<img src=\"/b.jpg\">\n\n<Photo.Wide src=\"/b.jpg\" />\n\n    <Photo src=\"/b.jpg\" />",
      ["1 /b.jpg public/b.jpg", "3 /b.jpg public/b.jpg"], ["public/b.jpg"]),
    Case(
      "by name: beside the note, then the shortest path", "![[b.jpg]] ![[c.JPG]] ![[pictures/c.jpg]]",
      ["1 b.jpg notes/b.jpg", "1 c.JPG x/c.jpg", "1 pictures/c.jpg y/pictures/c.jpg"], at: "notes/a.md",
      ["notes/b.jpg", "b.jpg", "x/c.jpg", "y/pictures/c.jpg"]),
    Case(
      "what a note embeds that is no picture, or in code, or nowhere",
      "![[Another note]] ![[a.pdf]] `![[b.jpg]]` ![[gone.jpg]]\n\n```\n![[b.jpg]]\n```",
      ["1 gone.jpg missing"], ["b.jpg"]),
  ]

  @Test(arguments: cases)
  func referencesLeadToFiles(_ example: Case) throws {
    var options = example.options
    options.kind = .markdown
    let files = Dictionary(uniqueKeysWithValues: example.files.map { ($0, "x") })
    let folder = try TemporaryFolder(files.merging([example.path: example.text]) { $1 })
    let references = try folder.scan(options).references
    #expect(references.map { "\($0.line) \($0.url) \($0.source ?? $0.status.rawValue)" } == example.expected)
    for reference in references { #expect(example.text.bytes(reference.urlRange) == reference.url) }
    #expect(references.allSatisfy { $0.status != .local || $0.keptBecause != nil })
  }

  @Test("links of Obsidian name files by name as well, others do not")
  func linksByName() throws {
    var files = ["notes/a.md": "![](b.jpg)", "pictures/b.jpg": "x"]
    #expect(try TemporaryFolder(files).scan().references.map(\.status) == [.missing])
    files[".obsidian/app.json"] = "{}"
    #expect(try TemporaryFolder(files).scan().references.map(\.source) == ["pictures/b.jpg"])
  }

  @Test(arguments: [
    ("![[b.jpg|300]]", "300 - -"), ("![[b.jpg|300x200]]", "300 200 -"),
    ("![[b.jpg|A field|120]]", "120 - A field"), ("| ![[b.jpg\\|90]] |", "90 - -"), ("![[ b.jpg ]]", "- - -"),
    ("![[b.jpg#center|A field]]", "- - A field"),
  ])
  func embedsSayHowTheyAreShown(text: String, expected: String) throws {
    let reference = try #require(try TemporaryFolder(["a.md": text, "b.jpg": "x"]).scan().references.first)
    #expect(reference.source == "b.jpg")
    let attributes = ["width", "height"].map { reference.attributes[$0] ?? "-" }
    #expect((attributes + [reference.alt ?? "-"]).joined(separator: " ") == expected)
  }

  // MARK: MDX

  @Test(arguments: [
    ("<Image src=\"/b.jpg\" alt=\"\" width={1200} />", ["/b.jpg"]),
    ("<Figure src='/b.jpg'>A field</Figure>", ["/b.jpg"]),
    (
      "<Photo src={\"/b.jpg\"} /> <Photo src={'/b.jpg'} /> <Photo src={`/b.jpg`} />",
      ["/b.jpg", "/b.jpg", "/b.jpg"]
    ),
    ("<img src={'/b.jpg'} onClick={() => { open() }} />", ["/b.jpg"]),
    ("<Gallery>\n    <Photo\n      src=\"/b.jpg\"\n    />\n</Gallery>", ["/b.jpg"]),
    ("<Card icon={<Icon src=\"/b.jpg\" />} {...rest} title=\"a > b\" />", ["/b.jpg"]),
    ("{photos && <Photo src=\"/b.jpg\" />}", ["/b.jpg"]),
    ("import b from './b.jpg?w=300'\n\n<Photo src={b} />", ["./b.jpg?w=300"]),
    ("export const b = require(\"./b.jpg\")", ["./b.jpg"]),
    ("<Video src=\"/b.mp4\" /> <Photo src={`/${name}.jpg`} /> <Photo src={a ? '/b.jpg' : '/c.jpg'} />", []),
    (
      "`<Photo src=\"/b.jpg\" />`\n\n```jsx\n<Photo src=\"/b.jpg\" />\n```\n\n{/* <Photo src=\"/b.jpg\" /> */}",
      []
    ),
    ("```\na\n```\n```\n<Photo src=\"/b.jpg\" />\n```\n\n<Photo src=\"/b.jpg\" />", ["/b.jpg"]),
    ("a < b and <Photo src=\"/b.jpg\"", []),
    ("![a](/b.jpg) <Photo alt=\"it's\" src=\"/b.jpg\" />", ["/b.jpg", "/b.jpg"]),
  ])
  func mdxNamesPictures(text: String, expected: [String]) throws {
    let folder = try TemporaryFolder(["posts/a.mdx": text, "posts/b.jpg": "x", "public/b.jpg": "x"])
    var options = ScanOptions()
    options.kind = .markdown
    let references = try folder.scan(options).references
    #expect(references.map(\.url) == expected)
    #expect(references.allSatisfy { $0.source?.hasSuffix("/b.jpg") == true })
    for reference in references { #expect(text.bytes(reference.urlRange) == reference.url) }
  }

  @Test("a text of unclosed elements does not cost the square of its length", .endsAtLast)
  func unclosedElements() throws {
    let text = Array(("src" + String(repeating: "<A b={ ", count: 200_000)).utf8)
    #expect(ComponentSources.candidates(text, text, 0..<text.count, of: .mdx).isEmpty)
  }

  // MARK: What may be rewritten

  @Test func whatIsLeftAloneIsToldOnceForEachReason() throws {
    let text = "---\ncover: /b.jpg\n---\n![](/b.jpg)\n![](/b.jpg)\n<img src=\"/b.jpg\">\n\n![[b.jpg]]"
    let problems = try TemporaryFolder(["a.md": text, "public/b.jpg": "x"]).scan().problems
    #expect(
      problems.map(\.description) == [
        "a.md:2:8: note: 4 images, this the first, are left as they are: how the posts are rendered is not known"
          + " [reference-kept]",
        "a.md:8:1: note: b.jpg is left as it is: what publishes the notes makes the markup of what they embed"
          + " [reference-kept]",
      ])
  }

  @Test(
    "where HTML reaches the page, images with paths from the root may be rewritten",
    arguments: [
      ("![](/b.jpg)", "/assets/optimized/v.webp"), ("<img src=\"/b.jpg\">", "/assets/optimized/v.webp"),
      ("![](c.jpg)", nil), ("![](/assets/d.jpg)", nil), ("<Image src=\"/b.jpg\" />", nil),
      ("![[b.jpg]]", nil),
      ("---\ncover: /b.jpg\n---\n", nil),
    ])
  func html(text: String, variant: String?) throws {
    var options = ScanOptions()
    options.markdown.html = true
    let files = ["posts/a.md": text, "posts/c.jpg": "x", "public/b.jpg": "x", "assets/d.jpg": "x"]
    let result = try TemporaryFolder(files).scan(options)
    let reference = try #require(result.references.first)
    #expect(reference.status == .local)
    #expect((reference.keptBecause == nil) == (variant != nil))
    if let variant { #expect(reference.link?.url(of: result.site.variantFolder + "/v.webp") == variant) }
    #expect(result.posts.first?.allowsHTML == true)
  }

  @Test("of two folders that are served the configuration has to name one")
  func severalRoots() throws {
    var options = ScanOptions()
    options.markdown.html = true
    let files = ["a/b.md": "![](/b.jpg)", "a/public/b.jpg": "x", "c/public/b.jpg": "x"]
    #expect(try TemporaryFolder(files).scan(options).references.map { $0.keptBecause == nil } == [false])
    options.markdown.imagesRoots = ["a/public"]
    let result = try TemporaryFolder(files).scan(options)
    #expect(result.references.map { $0.keptBecause == nil } == [true])
    #expect(result.site.variantFolder == "a/public/assets/optimized")
  }

  /// What programs for notes do: the name in brackets is the file's own, and no URL.
  @Test(arguments: ["100%20done.png", "C# logo.png", "50%.png", "a%zz.png", "100 done.png"])
  func embedsNameFilesAsTheyAreCalled(_ name: String) throws {
    let folder = try TemporaryFolder([
      "Home.md": "![[\(name)|300]]", ".obsidian/app.json": "{}", "x/\(name)": "",
    ])
    #expect(try folder.scan().references.map(\.source) == ["x/\(name)"])
  }

  @Test func aPathWithoutTheBlanksOfItsFileIsToldThem() throws {
    let files = [
      "index.rst": ".. image:: my images/a b.png\n", "my images/a b.png": "", "b.md": "![x](c.png)",
      "c.png": "",
    ]
    let problems = try TemporaryFolder(files).scan().problems
    #expect(problems.contains { $0.advice == "my images/a b.png is there: the blanks in its name differ" })
  }
}
