import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import PageScanner

/// What may become of the images of a page: `kept`, `sized` (one file of the same size), `plain` (attributes alone) or
/// `picture`.
@Suite struct ImageRestrictionsTests {
  private static let hero = #"<main><img id="hero" src="/a.jpg"></main>"#

  @Test(
    arguments: [
      (hero, ["picture"]),
      // Frameworks' marks.
      (#"<div id="___gatsby">"# + hero + "</div>", ["kept"]),
      (#"<div id="__docusaurus">"# + hero + "</div>", ["kept"]),
      (hero + "<script>self.__next_f.push([1])</script>", ["kept"]),
      (hero + "<script>{ __sveltekit_1x = { base: '' } }</script>", ["kept"]),
      (#"<body data-sveltekit-preload-data="hover">"# + hero, ["kept"]),
      (hero + "<script>window.__VP_HASH_MAP__ = {}</script>", ["kept"]),
      (#"<div id="__nuxt">"# + hero + "</div>", ["kept"]),
      ("<astro-island>" + hero + #"</astro-island><img src="/a.jpg">"#, ["kept", "picture"]),
      (#"<img :src="chosen" src="/a.jpg"><img src="/a.jpg">"#, ["kept", "picture"]),
      // The site's own scripts.
      (hero + "<script>document.querySelector('#hero').src = x</script>", ["kept"]),
      (hero + "<script>document.querySelector('#other').src = x</script>", ["picture"]),
      (hero + #"<script src="/router.js"></script>"#, ["kept"]),
      (hero + #"<script type="module">import "/router.js"</script>"#, ["kept"]),
      (
        hero
          + #"<script type="importmap">{"imports":{"r":"/router.js"}}</script><script type="module">import "r"</script>"#,
        ["kept"]
      ),
      (hero + #"<script src="/chunks.js"></script>"#, ["kept"]),
      (hero + #"<script src="/jquery.js"></script>"#, ["picture"]),
      (hero + #"<script type="application/json">document.images[0].src = x</script>"#, ["picture"]),
      (#"<img src="/a.jpg" onclick="this.src = '/b.jpg'"><img src="/a.jpg">"#, ["kept", "picture"]),
      (#"<img src="/a.jpg" onerror="this.src = '/b.jpg'">"#, ["picture"]),
      // What a script does not name: what it selects, or else anything.
      (
        #"<p class="g"><img src="/a.jpg"></p><img src="/a.jpg"><script>d.querySelector('.g').onclick = e => e.target.src = x</script>"#,
        ["kept", "picture"]
      ),
      (hero + "<script>function show(i) { i.src = x }</script>", ["kept"]),
      (
        #"<p class="g"><img src="/a.jpg"></p><img src="/a.jpg"><script>history.pushState(0, 0, u); $('.g'); show = i => i.src = x</script>"#,
        ["kept", "kept"]
      ),
      // A lightbox.
      (
        hero + "<script>document.querySelector('#hero').onclick = e => show(e.target.currentSrc)</script>",
        ["sized"]
      ),
      (
        hero + "<script>document.querySelector('#hero').onclick = e => show(e.target.src)</script>",
        ["picture"]
      ),
      // What cannot be read.
      (hero + #"<script src="https://cdn.test/gallery.js"></script>"#, ["plain"]),
      (hero + #"<script src="https://www.googletagmanager.com/gtag/js"></script>"#, ["picture"]),
      (hero + #"<link rel="stylesheet" href="https://cdn.test/all.css">"#, ["plain"]),
      (hero + #"<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=X">"#, ["picture"]),
    ] as [(String, [String])])
  func tells(body: String, expected: [String]) throws {
    #expect(try Self.places(body) == expected, "\(body)")
  }

  /// Rules that could tell whether an image stands in a `<picture>`.
  @Test(arguments: [
    ("p { color: red } p img { width: 100% }", "picture"),
    ("p > img { width: 100% }", "plain"),
    (".other > img { width: 100% }", "picture"),
    ("img:first-child { float: left }", "plain"),
    ("img:only-child { display: block }", "picture"),
    ("p > :last-child { margin-bottom: 0 }", "picture"),
    ("p > :first-child { margin-bottom: 9px }", "plain"),
    ("img + em { display: block }", "plain"),
    ("img ~ em a { color: red }", "picture"),
    ("p:has(> img) { text-align: center }", "plain"),
    ("p:has(img) { text-align: center }", "picture"),
    ("p { display: flex }", "plain"),
    ("body { display: flex }", "picture"),
    ("* { box-sizing: border-box; margin: 0 }", "picture"),
    ("p > * { border: 1px solid }", "plain"),
    ("p * { border: 1px solid }", "plain"),
    ("picture { display: block }", "plain"),
    ("@media print { p > img { width: 100% } }", "picture"),
    (".dark p > img { opacity: 0.8 }", "plain"),
    ("p > img {}", "picture"),
  ])
  func readsTheRules(css: String, expected: String) throws {
    let found = try Self.places("<style>\(css)</style><div><p>x <img src=\"/a.jpg\"> <em>y</em></p></div>")
    #expect(found == [expected], "\(css)")
  }

  @Test(arguments: [
    ("for (const i of document.querySelectorAll('p img')) i.parentElement.classList.add('x')", "plain"),
    ("for (const i of document.querySelectorAll('p img')) i.classList.add('x')", "picture"),
    ("document.querySelectorAll('p > img')", "plain"),
    ("document.querySelector('nav').parentElement.remove()", "picture"),
  ])
  func readsTheScripts(script: String, expected: String) throws {
    let found = try Self.places("<script>\(script)</script><p><img src=\"/a.jpg\"></p>")
    #expect(found == [expected], "\(script)")
  }

  @Test func saysWhyOnceAKind() throws {
    let folder = try TemporaryFolder(["a.jpg": "x", "r.js": "document.querySelector('#hero').src = x"])
    for name in ["one", "two", "three"] {
      try folder.write(Self.hero + "<script src=/r.js></script>", to: "\(name).html")
    }
    let notes = try Self.scan(folder).problems.filter { $0.rule == .referenceKept }
    #expect(
      notes.map(\.message) == [
        "3 images on 3 pages keep their markup: r.js sets the src of such images"
      ])
    #expect(notes.map(\.file) == ["one.html"])
  }

  @Test(arguments: [
    (
      #"<img class="lazyload" src="/b.jpg" data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>"#,
      ["html-img /b.jpg kept", "html-source /a.jpg data-src", "html-source /a.jpg noscript"]
    ),
    (
      #"<img src="/b.jpg"><noscript><img src="/a.jpg"></noscript>"#,
      ["html-img /b.jpg -"]
    ),
    (#"<img src="/a.jpg" data-src="/a.jpg">"#, ["html-img /a.jpg -"]),
    (#"<div data-bg="/a.jpg"></div>"#, ["html-source /a.jpg data-bg"]),
    (#"<img src="/a.jpg" data-lazy="true">"#, ["html-img /a.jpg -"]),
    (
      "<img data-src=\"/a.jpg\" data-srcset=\"/b.jpg 640w,\n/a.jpg 1200w\">",
      ["html-source /b.jpg 640", "html-source /a.jpg 1200", "html-source /a.jpg data-src"]
    ),
  ])
  func readsLazyImages(body: String, expected: [String]) throws {
    let folder = try TemporaryFolder(["a.jpg": "x", "b.jpg": "x", "p.html": body])
    let found = try Self.scan(folder).references.map { reference in
      let what =
        reference.field ?? reference.page?.width.map(String.init)
        ?? (reference.keptBecause == nil ? "-" : "kept")
      return "\(reference.kind.rawValue) \(reference.url) \(what)"
    }
    #expect(found == expected)
  }

  @Test func anAMPImageTakesCandidatesAlone() throws {
    let folder = try TemporaryFolder([
      "a.jpg": "x", "p.html": "<!doctype html><html amp><amp-img src=\"/a.jpg\"></amp-img></html>",
    ])
    let found = try #require(try Self.scan(folder).references.first)
    #expect(found.kind == .htmlImage && found.page?.takesCandidatesAlone == true)
    #expect(found.page?.pictureObstacle != nil)
  }

  private static func places(_ body: String) throws -> [String] {
    let folder = try TemporaryFolder([
      "a.jpg": "x", "router.js": "export const go = () => { document.querySelector('#hero').src = x }",
      "p.html": body, "chunks.js": "load('router.js')",
      "jquery.js": "/*! jQuery v3.6.4 | (c) OpenJS Foundation */ function f(i) { i.src = x }",
    ])
    return try scan(folder).references.filter { $0.kind == .htmlImage }.map { reference in
      if reference.keptBecause != nil { return "kept" }
      if reference.page?.sizeReason != nil { return "sized" }
      return reference.page?.pictureObstacle == nil ? "picture" : "plain"
    }
  }

  private static func scan(_ folder: TemporaryFolder) throws -> PageScanner.Result {
    try PageScanner(
      root: SiteRoot(folder.path), site: Site(kind: .html, reason: "", root: folder.path), excluded: [],
      jobs: 1
    ).scan()
  }
}
