import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import ThemeAnalysis

/// What the scripts of a site's sources mean for the images of its posts.
@Suite struct ThemeScriptTests {
  private static let css = "main { max-width: 700px; margin: 0 auto } img { max-width: 100% }"

  /// - Parameters:
  ///   - head: what the layout of a Jekyll site has in its head.
  ///   - files: other files.
  private func fit(
    head: String = "", _ files: [String: String] = [:], post: String = "![a](a.png)",
    attributes: Set<[String: String]> = [[:], ["class": "zoom"]]
  ) throws -> ThemeFit {
    let site = [
      "_layouts/post.html":
        "<head><link rel=stylesheet href=/s.css>\(head)</head><body><main class=post>{{ content }}</main><div id=box><img id=big></div></body>",
      "s.css": Self.css, "_posts/2020-01-01-a.md": "---\nlayout: post\nscript: x\n---\n\(post)\n",
    ]
    return try answer(.jekyll, site.merging(files) { $1 }, "_posts/2020-01-01-a.md", "post", attributes)
  }

  private func answer(
    _ kind: Site.Kind, _ files: [String: String], _ post: String, _ layout: String?,
    _ attributes: Set<[String: String]> = [[:]]
  ) throws -> ThemeFit {
    let folder = try TemporaryFolder(files)
    let site = Site(kind: kind, reason: "", root: folder.path)
    return ThemeStyles(root: try SiteRoot(folder.path), site: site).fit(
      [.init(path: post, layout: layout, url: "/a/")], attributes: attributes)
  }

  /// Why an image of the post keeps its markup.
  private func reason(_ fit: ThemeFit, class name: String? = nil, in context: [Reference.Context] = [])
    -> String?
  {
    var reference = Reference(
      post: "_posts/2020-01-01-a.md", kind: .markdownInline, range: ByteRange(0, 1),
      urlRange: ByteRange(0, 1), line: 1,
      column: 1,
      url: "a.png", status: .local)
    reference.attributes = name.map { ["class": $0] } ?? [:]
    reference.context = context
    let post = Post(
      path: "_posts/2020-01-01-a.md", dialect: .kramdown, url: "/a/", layout: "post", bytes: 0, sha256: "")
    return fit.scriptReason(reference, in: post)
  }

  /// A script that sets the `src` of the images of posts, or of others.
  @Test(
    arguments: [
      ("document.querySelectorAll('.post img').forEach(i => i.src = i.alt)", true),
      ("document.images[0].src = u", true), ("$('main p > img').attr('src', u)", true),
      ("document.querySelector('#big').src = u", false),
      ("document.querySelectorAll('#box img').forEach(i => i.src = u)", false),
      ("const i = new Image(); i.src = u", false),
      // A function that is given an image may be given any of those that the script looks for.
      ("f = i => { i.src = u }; document.querySelectorAll('img').forEach(f)", true),
      ("f = i => { i.src = u }; document.querySelectorAll('#big').forEach(f)", false),
      ("function show(image) { image.src = u }", true), ("frame.src = 'javascript:'", false),
      ("window.x = document.querySelector('.post img').src", false),
    ])
  func imagesThatAScriptGivesAnotherSourceKeepTheirMarkup(script: String, isKept: Bool) throws {
    let own = try fit(head: "<script>\n\(script)</script>")
    #expect((reason(own) != nil) == isKept, "\(script): \(own.scripted)")
    let file = try fit(
      head: "<script src=\"{{ '/js/a.js' | relative_url }}\" defer></script>", ["js/a.js": "\n\(script)"])
    #expect((reason(file) != nil) == isKept)
    if isKept { #expect(reason(file)?.hasPrefix("js/a.js:2 sets the src of images") == true) }
  }

  @Test func aScriptConcernsTheImagesThatItFinds() throws {
    let byClass = try fit(
      head: "<script>document.querySelectorAll('img.zoom').forEach(i => i.src = u)</script>")
    #expect(reason(byClass, class: "zoom") != nil)
    #expect(reason(byClass) == nil)
    let byLink = try fit(
      head: "<script>document.querySelectorAll('a > img').forEach(i => i.src = u)</script>")
    #expect(reason(byLink, in: [.link]) != nil)
    #expect(reason(byLink, in: [.heading]) == nil)
  }

  /// A script that goes from an image to what stands around it, or asks for it, meets a `<picture>`.
  @Test(
    arguments: [
      ("document.querySelectorAll('.post img').forEach(i => i.parentNode.classList.add('x'))", ".post img"),
      ("document.querySelectorAll('p > img')", "p > img"), ("document.querySelectorAll('source')", "source"),
      ("document.querySelectorAll('#box img').forEach(i => i.parentNode.remove())", nil),
      ("document.querySelectorAll('.post img').forEach(i => i.title = 'x')", nil),
    ] as [(String, String?)])
  func aPictureMisleadsNoScript(script: String, selector: String?) throws {
    let fit = try fit(head: "<script src=/a.js></script>", ["a.js": "\n\n\(script)"])
    #expect(fit.form == (selector == nil ? .picture : .srcset), "\(fit.reason)")
    #expect(fit.avoidsPicture == (selector != nil))
    if let selector {
      #expect(fit.reason.contains("`\(selector)`") && (fit.file, fit.line) == ("a.js", 3), "\(fit.reason)")
    }
    // Images stay responsive, and the column is known.
    #expect(fit.scripted.isEmpty && fit.columns["post"] != nil)
  }

  /// What a script does that cannot be read, nobody knows: no `<picture>`, and the rest as it was.
  @Test(
    arguments: [
      ("<script src=https://x.org/own.js></script>", "https://x.org/own.js is on another host"),
      ("<script src=/gone.js></script>", "gone.js is not in the site"),
      ("<script src='{{ page.script }}'></script>", "whose address is template code is not in"),
      ("<script src=https://cdn.x.org/jquery-3.7.1.min.js></script>", nil),
      ("<script src=https://cdn.x.org/bootstrap@5/bootstrap.bundle.min.js></script>", nil),
      ("<script src=//www.googletagmanager.com/gtag/js?id=1></script>", nil),
      ("<script type=application/json src=/gone.json></script>", nil),
      ("{% if site.chat %}<script src=/gone.js></script>{% endif %}", nil),
      ("{% for s in site.scripts %}<script src='{{ s }}'></script>{% endfor %}", nil),
    ] as [(String, String?)])
  func scriptsThatCannotBeRead(head: String, reason: String?) throws {
    let fit = try fit(
      head: head, ["_config.yml": "scripts: [/b.js]", "b.js": "go()"])
    #expect(fit.form == (reason == nil ? .picture : .srcset), "\(fit.reason)")
    if let reason { #expect(fit.reason.contains(reason), "\(fit.reason)") }
    #expect(!fit.avoidsPicture && fit.columns["post"] != nil)
  }

  /// A script in a post concerns that post alone, and one in a block of code none.
  @Test func scriptsOfPosts() throws {
    let script = "<script>\n    document.querySelector('img').src = u\n</script>"
    let own = try fit(post: "![a](a.png)\n\n\(script)")
    #expect(
      reason(own)?.hasPrefix("_posts/2020-01-01-a.md:8 sets the src of images") == true, "\(own.scripted)")
    #expect(own.form == .picture)
    for shown in [
      "```html\n\(script)\n```", "~~~~\n\(script)\n~~~~",
      "{% highlight html %}\n\(script)\n{% endhighlight %}",
    ] {
      #expect(try reason(fit(post: shown)) == nil, "\(shown)")
    }
  }

  /// Of generators whose layouts are not read, each script of the sources counts that a page may run, for what may stand around
  /// a post: no template has what a script makes itself.
  @Test(
    arguments: [
      ("static/js/a.js", "document.querySelectorAll('.content img').forEach(i => i.src = u)", true),
      ("assets/js/a.ts", "document.querySelectorAll('.content img').forEach(i => i.src = u)", true),
      ("static/js/a.js", "b.className = 'box'; document.querySelector('.box img').src = u", false),
      ("static/js/a.js", "document.querySelector('header img').src = u", false),
      (
        "static/js/a.js", "document.querySelector('.content').classList.add('c'); f = i => { i.src = u }",
        true
      ),
      ("layouts/partials/a.html", "{{ x }}<script>document.images[0].src = u</script>", true),
      ("gulpfile.js", "document.images[0].src = u", false),
      ("static/js/chart.js", "document.images[0].src = u", false),
      ("content/slides/reveal.js", "document.images[0].src = u", false),
    ])
  func sourcesOfOtherGenerators(file: String, script: String, isKept: Bool) throws {
    let fit = try answer(
      .hugo,
      [
        file: script, "config.toml": "[params]\nscripts = ['js/a.js']",
        "layouts/_default/single.html":
          "<div class=content>{{ .Content }}</div>{{ resources.Get 'js/a.ts' }}",
        "content/a.md": "![a](a.png)",
      ], "content/a.md", nil)
    #expect(fit.scripted.isEmpty != isKept, "\(fit.scripted)")
  }

  /// A script of the site that one post names is that post's.
  @Test func scriptsThatAPostNames() throws {
    let script = "document.images[0].src = u"
    for link in ["/js/chart.js?v=1", "chart.js"] {
      let fit = try answer(
        .hugo,
        [
          "static/js/chart.js": script, "content/posts/chart.js": script,
          "content/posts/a.md": "![a](a.png)\n<script src=\"\(link)\"></script>",
          "layouts/a.html": "{{ .Content }}",
        ], "content/posts/a.md", nil)
      #expect(fit.scripted.keys.allSatisfy { $0.hasPrefix("content/posts/a.md\n") } && !fit.scripted.isEmpty)
    }
  }

  /// Where the site is built, its pages say which scripts run.
  @Test func pagesOfABuiltSite() throws {
    let script = "document.querySelectorAll('.content img').forEach(i => i.src = u)"
    func scripted(_ page: String) throws -> Bool {
      try !answer(
        .hugo, ["public/a/index.html": page, "public/b.js": script, "static/c.js": script], "content/a.md",
        nil
      ).scripted.isEmpty
    }
    #expect(try scripted("<div class=content><script src=/b.js></script></div>"))
    #expect(try scripted("<div class=content><script src=../b.js></script></div>"))
    #expect(try !scripted("<div class=content></div>"))
  }
}
