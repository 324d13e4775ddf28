import AssetModel
import SiteFiles
import TestSupport
import Testing

@testable import PageScanner

/// Libraries whose files lost their banner in a bundler, and a theme's bundle of them.
@Suite struct LibraryFileTests {
  private static let sets = "function f(i) { i.src = x }; document.querySelectorAll('img')"

  @Test(arguments: [
    ("lib/fancybox/fancybox.umd.js", "var c='fancybox__slide';", false),
    ("fancybox-4.0.31.min.js", "'fancybox__x'", false),
    ("jquery.fancybox.min.js", "'fancybox-bg'", false), ("js/photoswipe.5f2a10c3.js", "'pswp__bg'", false),
    ("fancybox.umd.js", "", true), ("fancybox-gallery.js", "'fancybox__x'", true),
    ("site.js", "'fancybox__x'", true),
    ("jquery.gallery.js", "jQuery", true), ("jquery-3.6.4.min.js", "jQuery", false),
    ("lib/es5/tex-mml-chtml.js", "MathJax", false), ("raphael-2.2.7.min.js", "Raphael", false),
    ("main.min.js", "/*!\n * Minimal Mistakes Jekyll Theme 4.24.0 by Michael Rose\n */", false),
  ])
  func areKnownByNameAndCode(name: String, code: String, isKept: Bool) throws {
    let folder = try TemporaryFolder([
      "a.jpg": "x", name: code + Self.sets,
      "p.html": "<p><img src=\"/a.jpg\"></p><script src=\"/\(name)\"></script>",
    ])
    let references = try PageScanner(
      root: SiteRoot(folder.path), site: Site(kind: .html, reason: "", root: folder.path), excluded: [],
      jobs: 1
    ).scan().references.filter { $0.kind == .htmlImage }
    #expect(references.map { $0.keptBecause != nil } == [isKept], "\(name)")
  }
}
