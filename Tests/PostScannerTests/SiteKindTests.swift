import Foundation
import Manifest
import SiteFiles
import Testing

@testable import PostScanner

/// One small site of each generator: what it is taken for, where its images are, and how a variant's URL is written
/// in the author's way.
@Suite struct SiteKindTests {
  struct Case: CustomTestStringConvertible {
    var kind: Site.Kind
    var reason: String
    var variantFolder: String
    var files: [String: String]
    var expected: [Expected]
    var testDescription: String { "\(kind) \(files.keys.sorted().first ?? "")" }
  }

  /// A reference: its URL, its source or status, the URL of the variant `v.webp`, and whether it is kept.
  struct Expected: Hashable, CustomStringConvertible {
    var url: String
    var source: String
    var variant: String?
    var isKept = false
    init(_ url: String, _ source: String, _ variant: String? = nil, kept: Bool = false) {
      self.url = url
      self.source = source
      self.variant = variant
      isKept = kept
    }
    var description: String { "\(url) → \(source), \(variant ?? "-")\(isKept ? ", kept" : "")" }
  }

  @Test(arguments: Self.cases) func sitesAreRead(_ one: Case) throws {
    let site = try TestSite(one.files)
    let result = try site.scan()
    #expect(result.site.kind == one.kind)
    #expect(result.site.reason == one.reason)
    #expect(result.site.variantFolder == one.variantFolder)
    if let post = result.posts.first(where: { $0.dialect.isMarkdown && $0.dialect.reader is HTMLReader }) {
      print("skipped: the images of \(one.kind), since there is no reader of \(post.dialect.rawValue) yet")
      return
    }
    let seen = result.references.map { reference in
      Expected(
        reference.url, reference.source ?? reference.status.rawValue,
        reference.status == .local && reference.keptBecause == nil && reference.kind != .templateTag
          ? reference.link?.url(of: result.site.variantFolder + "/v.webp") : nil,
        kept: reference.keptBecause != nil)
    }
    #expect(Set(seen) == Set(one.expected), "\(seen)")
    for reference in result.references {
      let post = try #require(one.files[reference.post])
      #expect(post.bytes(reference.urlRange) == reference.url)
    }
  }

  static let cases: [Case] = [
    Case(
      kind: .hugo, reason: "hugo.toml is there", variantFolder: "static/assets/optimized",
      files: [
        "hugo.toml": "baseURL = 'https://example.org/sub/'\n[markup.goldmark.renderer]\nunsafe = true\n",
        "static/img/a.png": "x", "assets/g.png": "x", "content/posts/one/b.png": "x",
        "content/posts/one/index.md": """
        +++
        title = "One"
        images = ["/img/a.png"] # a comment
        featured_image = 'b.png'
        +++
        ![a](/img/a.png) ![b](b.png) ![own](/sub/img/a.png) ![abs](https://example.org/sub/img/a.png)
        <img src="b.png">
        {{< figure src="b.png" >}} {{</* figure src="no.png" */>}}
        {% include figure.html path="img/a.png" %}
        """,
        "content/two.md": "---\nslug: second\n---\n![](../posts/one/b.png) ![](g.png)",
      ],
      expected: [
        Expected("/img/a.png", "static/img/a.png", kept: true),
        Expected("b.png", "content/posts/one/b.png", kept: true),
        Expected("b.png", "content/posts/one/b.png", "../../assets/optimized/v.webp"),
        Expected("/sub/img/a.png", "static/img/a.png", "/sub/assets/optimized/v.webp"),
        Expected(
          "https://example.org/sub/img/a.png", "static/img/a.png",
          "https://example.org/sub/assets/optimized/v.webp"),
        Expected("b.png", "content/posts/one/b.png"),
        Expected("../posts/one/b.png", "content/posts/one/b.png", "../assets/optimized/v.webp"),
        Expected("g.png", "missing"),
      ]),
    Case(
      kind: .hugo, reason: "config.yaml and a folder content are there",
      variantFolder: "static/assets/optimized",
      files: [
        "config.yaml": "theme: t\n", "themes/t/layouts/_default/_markup/render-image.html": "x",
        "themes/t/static/t.png": "x", "static/a.png": "x",
        "content/a.md": "---\ncover: {image: a.png}\n---\n![](/t.png) <img src=\"/a.png\">",
      ],
      expected: [
        Expected("a.png", "static/a.png", "assets/optimized/v.webp"),
        // HTML is dropped where unsafe is not set, and the theme makes the markup of Markdown images.
        Expected("/t.png", "themes/t/static/t.png", kept: true),
      ]),
    Case(
      kind: .eleventy, reason: "eleventy.config.js is there",
      variantFolder: "public/assets/optimized",
      files: [
        "eleventy.config.js": """
        // addPassthroughCopy("no")
        module.exports = function (eleventyConfig) {
          eleventyConfig.addPassthroughCopy({ "./public/": "/" });
          eleventyConfig.addPassthroughCopy("src/img");
          return { dir: { input: "src", output: "dist" } };
        };
        """,
        "public/p.png": "x", "src/img/a.png": "x", "dist/no.md": "![](/p.png)",
        "src/_includes/no.md": "![](/p.png)",
        "src/posts/2024-01-02-one.md": """
        ---
        image: /img/a.png
        ---
        ![](/p.png) ![](../../img/a.png) ![]({{ "/img/a.png" | url }}) ![](a.png) {# ![](/p.png) #}
        {% image "/p.png", "alt" %} {% raw %}{% image "/no.png" %}{% endraw %}
        """,
      ],
      expected: [
        Expected("/img/a.png", "src/img/a.png", "/assets/optimized/v.webp"),
        Expected("/p.png", "public/p.png", "/assets/optimized/v.webp"),
        Expected("../../img/a.png", "src/img/a.png", "../../assets/optimized/v.webp"),
        Expected(
          "{{ \"/img/a.png\" | url }}", "src/img/a.png", "{{ \"/assets/optimized/v.webp\" | url }}"),
        Expected("a.png", "missing"), Expected("/p.png", "public/p.png"),
      ]),
    Case(
      kind: .astro, reason: "astro.config.mjs is there", variantFolder: "public/assets/optimized",
      files: [
        "astro.config.mjs": "export default { site: 'https://example.org', base: '/docs' }",
        "public/p.png": "x", "src/assets/a.png": "x", "src/content/blog/b.png": "x",
        "src/content/blog/one.md": """
        ---
        heroImage: ../../assets/a.png
        ---
        ![](./b.png) ![](@/assets/a.png) ![](/docs/p.png)
        """,
        "src/content/blog/two.mdx": """
        ---
        image: {src: /docs/p.png}
        ---
        import a from '~/assets/a.png'

        <Image src={a} />

        ```js
        import no from './no.png'
        ```
        """,
      ],
      expected: [
        Expected("../../assets/a.png", "src/assets/a.png", kept: true),
        Expected("./b.png", "src/content/blog/b.png", kept: true),
        Expected("@/assets/a.png", "src/assets/a.png", kept: true),
        Expected("/docs/p.png", "public/p.png", "/docs/assets/optimized/v.webp"),
        Expected("~/assets/a.png", "src/assets/a.png", kept: true),
      ]),
    Case(
      kind: .hexo, reason: "_config.yml and a folder source/_posts are there",
      variantFolder: "source/assets/optimized",
      files: [
        "_config.yml": "url: https://example.org\nroot: /blog/\npost_asset_folder: true\n",
        "source/images/a.png": "x", "source/_posts/one/中文.png": "x",
        "source/_posts/one.md": """
        ---
        cover: /images/a.png
        photos: [/images/a.png, images/a.png]
        ---
        ![](/images/a.png) <img src="/blog/images/a.png">
        {% asset_img 中文.png 300 200 title %} {% img left /images/a.png %}
        """,
        "source/_drafts/no.md": "![](/images/a.png)",
      ],
      expected: [
        Expected("/images/a.png", "source/images/a.png", kept: true),
        Expected("images/a.png", "source/images/a.png", "assets/optimized/v.webp"),
        Expected("/images/a.png", "source/images/a.png", "/assets/optimized/v.webp"),
        Expected("/blog/images/a.png", "source/images/a.png", "/blog/assets/optimized/v.webp"),
        Expected("中文.png", "source/_posts/one/中文.png", kept: true),
      ]),
    Case(
      kind: .pelican, reason: "pelicanconf.py is there", variantFolder: "content/images/optimized",
      files: [
        "pelicanconf.py": """
        SITEURL = ''  # SITEURL = 'no'
        PATH = "content"
        STATIC_PATHS = [
            'images', 'figures']
        PLUGINS = ['liquid_tags.img']
        ARTICLE_URL = 'blog/{date:%Y}/{slug}/'
        """,
        "content/images/a.png": "x", "content/figures/f.png": "x", "content/articles/b.png": "x",
        "content/articles/one.md": """
        Title: One
        Date: 2024-05-06
        Image: /images/a.png

        ![]({static}/images/a.png) ![]({filename}/figures/f.png) ![]({attach}b.png) ![](../../../figures/f.png)
        ![](%7Bstatic%7D/images/a.png)

        {% img right /images/a.png 300 200 A title %}
        {% literal img /images/no.png %}
        """,
      ],
      expected: [
        Expected("/images/a.png", "content/images/a.png", "/images/optimized/v.webp"),
        Expected("{static}/images/a.png", "content/images/a.png", "{static}/images/optimized/v.webp"),
        Expected("{filename}/figures/f.png", "content/figures/f.png", "{filename}/images/optimized/v.webp"),
        Expected("{attach}b.png", "content/articles/b.png", kept: true),
        Expected("../../../figures/f.png", "content/figures/f.png", "../../../images/optimized/v.webp"),
        Expected("%7Bstatic%7D/images/a.png", "missing"), Expected("/images/a.png", "content/images/a.png"),
      ]),
    Case(
      kind: .mkdocs, reason: "mkdocs.yml is there", variantFolder: "docs/assets/optimized",
      files: [
        "mkdocs.yml": "site_url: https://example.org/m/\nextra: !ENV [A, b]\n",
        "docs/img/a.png": "x",
        "docs/guide/one.md": "![](../img/a.png) <img src=\"../../img/a.png\"> ![](/m/img/a.png)",
      ],
      expected: [
        Expected("../img/a.png", "docs/img/a.png", "../assets/optimized/v.webp"),
        Expected("../../img/a.png", "docs/img/a.png", "../../assets/optimized/v.webp"),
        Expected("/m/img/a.png", "docs/img/a.png", "/m/assets/optimized/v.webp"),
      ]),
    Case(
      kind: .docusaurus, reason: "docusaurus.config.ts is there", variantFolder: "static/assets/optimized",
      files: [
        "docusaurus.config.ts": "export default { url: 'https://example.org', baseUrl: '/' }",
        "static/img/a.png": "x", "docs/b.png": "x",
        "docs/one.md": """
        ---
        image: /img/a.png
        ---
        ![](./b.png) ![](/img/a.png)

        <img src={require('@site/static/img/a.png').default} />
        """,
      ],
      expected: [
        Expected("/img/a.png", "static/img/a.png", "/assets/optimized/v.webp"),
        Expected("./b.png", "docs/b.png", kept: true), Expected("/img/a.png", "static/img/a.png", kept: true),
        Expected("@site/static/img/a.png", "static/img/a.png", kept: true),
      ]),
    Case(
      kind: .zola, reason: "config.toml and a folder templates are there",
      variantFolder: "static/assets/optimized",
      files: [
        "config.toml": "base_url = \"https://example.org\"\n[languages.fr]\n", "templates/index.html": "x",
        "static/s.png": "x", "content/blog/02-two/b.png": "x", "content/blog/01-one/c.svg": "x",
        "content/blog/01-one/index.md": "+++\npath = \"first\"\n+++\n![](c.svg)",
        "content/blog/02-two/index.fr.md": """
        +++
        [extra]
        card = "b.png"
        photo = {src = "/s.png"}
        +++
        ![](b.png) ![](../../../first/c.svg) ![](/s.png)
        {{ resize_image(path="blog/02-two/b.png", width=3) }}
        {{/* image(path="no.png") */}} {{ dead }}
        """,
        "content/notes.md": "no front matter ![](/s.png)",
      ],
      expected: [
        Expected("b.png", "content/blog/02-two/b.png", kept: true),
        Expected("/s.png", "static/s.png", "/assets/optimized/v.webp"),
        Expected("b.png", "content/blog/02-two/b.png", "../../../assets/optimized/v.webp"),
        Expected("c.svg", "content/blog/01-one/c.svg", "../assets/optimized/v.webp"),
        Expected("../../../first/c.svg", "content/blog/01-one/c.svg", "../../../assets/optimized/v.webp"),
        Expected("blog/02-two/b.png", "content/blog/02-two/b.png"),
      ]),
    Case(
      kind: .quarto, reason: "_quarto.yml is there", variantFolder: "assets/optimized",
      files: [
        "_quarto.yml": "project: {type: website}\n", "posts/one/a.png": "x",
        "posts/one/index.qmd": "---\nimage: a.png\n---\n![](a.png)\n\n```{r}\n![](a.png)\n```\n",
      ],
      expected: [Expected("a.png", "posts/one/a.png", kept: true)]),
    Case(
      kind: .jekyll, reason: "_config.yml is there", variantFolder: "assets/optimized",
      files: [
        "_config.yml": "", "assets/demo/a.png": "x", "assets/b.png": "x",
        "_posts/2024-01-01-a.md": """
        ---
        media_subpath: /assets/demo/
        image: {path: a.png}
        ---
        ![](a.png) ![](/assets/b.png)

        {% include figure.html path="assets/b.png" title="t" %} {% include figure.html path=page.image %}

        `{% include figure.html path="assets/no.png" %}`
        {% comment %}{% include figure.html path="assets/no.png" %}{% endcomment %}
        <!-- {% include figure.html path="assets/no.png" %} -->
        """,
      ],
      expected: [
        Expected("a.png", "assets/demo/a.png", kept: true),
        Expected("/assets/b.png", "assets/b.png", "/assets/optimized/v.webp"),
        Expected("assets/b.png", "assets/b.png"), Expected("page.image", "templated"),
      ]),
  ]

  @Test func theUsersKindCounts() throws {
    let site = try TestSite(["_config.yml": "", "content/a.md": "---\n---\n![](/b.png)", "static/b.png": "x"])
    var options = ScanOptions()
    options.kind = .hugo
    let result = try site.scan(options)
    #expect(result.site.reason == "as --kind says")
    #expect(result.references.map(\.source) == ["static/b.png"])
  }

  @Test func tagsOfTheUsersOwn() throws {
    let site = try TestSite([
      "hugo.toml": "", "static/b.png": "x",
      "content/a.md": "---\n---\n{{< gallery cover=\"/b.png\" >}} {{< pic 12 /b.png >}}",
    ])
    var options = ScanOptions()
    options.tags = [TagPattern(name: "gallery", argument: "cover"), TagPattern(name: "pic", argument: "2")]
    let references = try site.scan(options).references
    #expect(references.map(\.source) == ["static/b.png", "static/b.png"])
    #expect(references.map(\.field) == ["gallery", "pic"])
    #expect(references.allSatisfy { $0.obstacle != nil })
  }

  @Test func anUnpublishedFolderIsNamed() throws {
    let site = try TestSite(["pelicanconf.py": "STATIC_PATHS = ['images']", "content/a.md": "Title: a\n\nx"])
    var options = ScanOptions()
    options.variantFolder = "content/thumbs"
    let problem = try #require(try site.scan(options).problems.first)
    #expect(problem.code == .siteConfiguration)
    #expect(problem.file == "content/thumbs")
    options.variantFolder = "content/images/small"
    #expect(try site.scan(options).problems.isEmpty)
  }

  @Test func noSite() throws {
    #expect(throws: ScanError.unknownSite(folder: "site")) { try TestSite(["a.txt": ""]).scan() }
  }

  @Test func aBrokenConfigurationIsNamedWithItsLine() throws {
    let error = #expect(throws: ScanError.self) {
      try TestSite(["hugo.toml": "title = 'a'\nx = = 3\n"]).scan()
    }
    guard case .badConfiguration(let file, let line, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(file == "hugo.toml")
    #expect(line == 2)
  }
}
