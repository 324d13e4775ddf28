import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import PostScanner

/// What sources may not be rewritten to, because their generator or its theme makes another page of it; and images that stand
/// where only a generator's own rules lead.
@Suite struct PagesStayTests {
  private func references(_ files: [String: String]) throws -> ScanResult {
    try TemporaryFolder(files).scan()
  }

  // MARK: Jekyll

  @Test(
    arguments: [
      ("", "post", "wide"), ("layout: page\n", "page", "page"), ("layout: null\n", nil, nil),
    ] as [(String, String?, String?)])
  func aLayoutMayComeOfTheDefaults(matter: String, ofPosts: String?, ofFolder: String?) throws {
    let config = """
      defaults:
        - {scope: {path: "", type: posts}, values: {layout: post}}
        - {scope: {path: "_posts/w"}, values: {layout: wide}}
      """
    let posts = try references([
      "_config.yml": config, "_posts/2020-01-02-a.md": "---\n\(matter)---\n",
      "_posts/w/2020-01-02-b.md": "---\n\(matter)---\n",
    ]).posts
    #expect(posts.map(\.layout) == [ofPosts, ofFolder])
  }

  @Test func anIncludeMayTakeAnImageUnderAnyName() throws {
    let found = try references([
      "_config.yml": "", "assets/a.jpg": "x", "assets/b.jpg": "x",
      "_posts/_part.md": "![x]({{ include.of }})",
      "_posts/2020-01-02-a.md": """
      ---
      ---
      {% include step.html editor="E" installation_image="/assets/a.jpg" %}

      {% include_relative _part.md of="/assets/b.jpg" %}

      {% include step.html name="part-of-a-path.jpg" text="a.b" %}
      """,
    ]).references.filter { $0.kind == .templateTag }
    #expect(found.map(\.source) == ["assets/a.jpg", "assets/b.jpg", nil])
    #expect(found.map(\.status) == [.local, .local, .templated])
  }

  @Test func aPluginsPicturesAreInItsFolders() throws {
    let result = try references([
      "_config.yml": "picture: {source: assets, output: made}\nresponsive_image: {base_path: img}\n",
      "assets/a.jpg": "x", "img/b.jpg": "x",
      "_posts/2020-01-02-a.md":
        "---\nimage: made/a-800.jpg\n---\n{% picture a.jpg --alt A %}\n\n{% responsive_image path: b.jpg %}\n",
    ])
    #expect(result.references.map(\.status) == [.templated, .local, .local])
    #expect(result.references.map(\.source) == [nil, "assets/a.jpg", "img/b.jpg"])
    #expect(!result.problems.contains { $0.severity == .warning }, "\(result.problems)")
  }

  @Test(arguments: [
    ("feed.xml", #"{{ post.content | replace: 'src="/', 'src="https://a.b/' | xml_escape }}"#, true),
    ("atom.xml", #"{{ post.content | expand_urls: site.url | cdata_escape }}"#, true),
    ("feed.xml", #"{{ post.content | xml_escape }}"#, false),
    ("feed.xml", #"{{ post.content | strip_html | replace: '="/', 'x' }}"#, false),
    ("posts.html", #"{{ post.content | replace: 'src="/', 'src="https://a.b/' }}"#, false),
  ])
  func aFeedThatMakesSourcesAbsoluteGetsThemAlone(file: String, output: String, isAlone: Bool) throws {
    let result = try references([
      "_config.yml": "url: https://a.b", file: output, "a.jpg": "x",
      "_posts/2020-01-02-a.md": "---\n---\n![](/a.jpg)",
    ])
    let form = result.references.first?.form(in: result.posts[0], preferring: .srcset)
    #expect(form == (isAlone ? .destination : .attributeList))
    #expect((result.posts[0].keepsFormat == true) == isAlone)
  }

  @Test(arguments: [
    ("{{ content | number_of_words }}", RewriteForm.destination),
    ("{% assign t = post.content | strip_newlines | number_of_words | divided_by: 180 %}", .destination),
    ("{{ content | strip_html | number_of_words }}", .attributeList), ("{{ content }}", .attributeList),
  ])
  func aCountOfWordsStays(output: String, form: RewriteForm) throws {
    let result = try references([
      "_config.yml": "", "a.jpg": "x", "_layouts/post.html": output,
      "_posts/2020-01-02-a.md": "---\n---\n![](/a.jpg)",
    ])
    #expect(result.references.first?.form(in: result.posts[0], preferring: .srcset) == form)
  }

  @Test(arguments: [
    ("_config.yml", "avatar: /me.jpg", false), ("_data/sizes.yml", "\"/me.jpg\": {width: 3}", false),
    ("_data/sizes.yml", "\"/you.jpg\": {width: 3}", true),
    ("_layouts/a.html", "{% if page.image == site.x %}", false),
    ("_layouts/a.html", "{% if site.x != page.image %}", false),
    ("_includes/a.html", "{{ site.data.sizes[page.image].width }}", false),
    ("_layouts/a.html", "{% if page.image != nil %}{{ page.image }}{% endif %}", true),
    ("_layouts/a.html", "{% if page.image-size == 3 %}{{ page.image }}{% endif %}", true),
  ])
  func aComparedValueStays(file: String, text: String, mayChange: Bool) throws {
    var files = [
      "_config.yml": "title: a", "me.jpg": "x", "_posts/2020-01-02-a.md": "---\nimage: /me.jpg\n---\n",
    ]
    files[file] = text
    let reference = try #require(try references(files).references.first)
    #expect((reference.keptBecause == nil) == mayChange, "\(reference.keptBecause ?? "-")")
  }

  // MARK: Hugo

  @Test(arguments: [
    ("", true), ("theme = \"gone\"\n", false), ("[module]\n[[module.imports]]\npath = \"a.b/c\"\n", false),
  ])
  func aThemeThatIsNotThereMayHaveAHook(config: String, allows: Bool) throws {
    let posts = try references([
      "hugo.toml": config + "[markup.goldmark.renderer]\nunsafe = true\n", "static/a.jpg": "x",
      "content/p/a.md": "---\n---\n![a](/a.jpg)",
    ]).posts
    #expect(posts.map(\.allowsHTML) == [allows])
    #expect(posts.map { $0.keepsMarkup == nil } == [allows])
  }

  @Test(
    arguments: [("", "don't", true), ("", "plain", nil), ("typographer = false", "a -- \"b\"", nil)]
      as [(String, String, Bool?)])
  func signsThatHugoReplacesAreHugosToWrite(setting: String, alt: String, changes: Bool?) throws {
    let found = try references([
      "hugo.toml": "[markup.goldmark.extensions]\n\(setting)\n", "static/a.jpg": "x",
      "content/p/a.md": "---\n---\n![\(alt)](/a.jpg)",
    ]).references
    #expect(found.map(\.changesText) == [changes])
  }

  @Test func aPatternOfResourcesNamesTheBundlesFiles() throws {
    let result = try references([
      "hugo.toml": "", "content/b/image-4.jpg": "x", "content/b/in/image-5.JPG": "x",
      "content/b/other.png": "x",
      "content/b/index.md": "---\nresources:\n- src: \"**image-*.jpg\"\n  title: x\n---\n",
    ])
    #expect(result.references.map(\.source) == ["content/b/image-4.jpg", "content/b/in/image-5.JPG"])
    #expect(result.references.allSatisfy { $0.keptBecause != nil && $0.status == .local })
    #expect(result.problems.allSatisfy { $0.severity == .note })
  }

  @Test(arguments: [("RIFF0000WEBPVP8 ", Reference.Status.local), ("<html></html>", .unsupported)])
  func aFileWithoutAnExtensionIsWhatItBeginsWith(content: String, status: Reference.Status) throws {
    let found = try references([
      "hugo.toml": "", "content/p/x/vienna": content, "content/p/x/index.md": "---\n---\n![v](vienna)",
    ]).references
    #expect(found.map(\.status) == [status])
  }

  @Test func aCoverMayBeNamedFromTheRoot() throws {
    let result = try references([
      "hugo.toml": "", "content/posts/f/f.jpg": "x",
      "content/posts/f/index.md": "---\ncover:\n  image: posts/f/f.jpg\n---\n",
    ])
    #expect(result.references.map(\.source) == ["content/posts/f/f.jpg"])
  }

  @Test func aZolaShortcodeMayJoinItsArgumentWithThePage() throws {
    let result = try references([
      "config.toml": "base_url = \"https://a.b\"", "templates/page.html": "", "static/2026/f/f.jpg": "x",
      "content/2026/f/index.md": "+++\n+++\n{{ figure(src=\"f.jpg\", alt=\"x\") }}\n",
    ])
    #expect(result.references.map(\.source) == ["static/2026/f/f.jpg"])
  }

  // MARK: MkDocs and Pelican

  @Test(arguments: [
    ("plugins: [search]", "blog/posts/a.md", true), ("plugins: [search, blog]", "blog/posts/a.md", false),
    ("plugins: [blog]", "guide/a.md", true),
    ("plugins:\n  - material/blog: {blog_dir: news}", "news/posts/a.md", false),
    ("plugins:\n  - blog: {post_dir: \"{blog}/entries\"}", "blog/entries/a.md", false),
    ("plugins: [i18n]", "guide/a.md", false),
  ])
  func aPluginThatMovesPagesGetsURLsAlone(config: String, path: String, allows: Bool) throws {
    let result = try references([
      "mkdocs.yml": config, "docs/\(path)": "![a](a.jpg)\n\n<img src=\"a.jpg\">\n", "docs/a.jpg": "x",
      "docs/\(FileName(path).folder)/a.jpg": "x",
    ])
    let post = try #require(result.posts.first { $0.path == "docs/" + path })
    #expect(post.allowsHTML == allows)
    let image = try #require(result.references.first { $0.kind == .markdownInline })
    let form = image.form(in: post, preferring: .srcset)
    #expect(form == (allows ? .inlineImage : .destination))
    let tag = result.references.first { $0.kind == .htmlImage }
    #expect(allows || tag?.status != .local || tag?.keptBecause != nil)
  }

  @Test(arguments: [
    ("", false), ("markdown_extensions: [attr_list]", true),
    ("markdown_extensions:\n  - pymdownx.extra:\n", true),
  ])
  func attributeListsAreReadWhereTheyAreOn(config: String, isRead: Bool) throws {
    let result = try references([
      "mkdocs.yml": config, "docs/index.md": "![a](a.jpg){ width=\"70%\" .right }", "docs/a.jpg": "x",
    ])
    let image = try #require(result.references.first)
    #expect((image.keptBecause == nil) == isRead)
    #expect(image.attributes == ["width": "70%", "class": "right"])
    #expect(image.form(in: result.posts[0], preferring: .picture) == (isRead ? .joinedList : nil))
  }

  @Test(
    arguments: [
      ("SITEURL = 'https://a.b/c'", nil, "https://a.b/c/images/v.webp"),
      ("SITEURL = ''", "SITEURL = 'https://a.b'", nil),
      ("SITEURL = 'https://a.b'\nRELATIVE_URLS = True", nil, nil),
      (
        "SITEURL = ''\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\nAUTHOR_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None",
        "SITEURL = 'https://a.b'", "/images/v.webp"
      ),
    ] as [(String, String?, String?)])
  func candidatesOfPelicanAreRightInPagesAndFeeds(code: String, published: String?, url: String?) throws {
    var files = [
      "pelicanconf.py": "PATH = 'content'\n" + code, "content/images/a.jpg": "x",
      "content/a.md": "Title: A\n\n![a]({static}/images/a.jpg)",
    ]
    files["publishconf.py"] = published
    let result = try references(files)
    let image = try #require(result.references.first)
    // The marker stays where Pelican replaces it.
    #expect(image.link?.url(of: "content/images/v.webp") == "{static}/images/v.webp")
    let form = image.form(in: result.posts[0], preferring: .srcset)
    #expect(form == (url == nil ? .destination : .inlineImage))
    if let url { #expect(image.htmlLink?.url(of: "content/images/v.webp") == url) }
    #expect(result.posts[0].keepsFormat == true)
  }
}
