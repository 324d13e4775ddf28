import AssetModel
import Foundation
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// A Hugo site, built before and after, with raw HTML allowed and not, and with a `figure` of Hugo's and of its own.
  @Suite(.needsHugo) struct HugoTests {
    @Test(arguments: [(true, false), (false, false), (true, true)])
    func keepsEveryPage(allowsHTML: Bool, hasOwnFigure: Bool) async throws {
      let folder = try TemporaryFolder()
      try write(to: folder, allowsHTML: allowsHTML, hasOwnFigure: hasOwnFigure)
      try await Hugo.build(folder("site"), to: folder("before"))
      let report = try await Product.optimize(folder("site"), "--output", folder("staged"))
      #expect(report.manifest.site.kind == .hugo)
      try await Hugo.build(folder("staged"), to: folder("after"))

      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      #expect(
        comparison.isSame,
        "\(comparison.changed) \(comparison.gone) \(comparison.added) \(comparison.missing)")
      let candidates = try CandidateCheck(tree: folder("after"))
      #expect(candidates.faults.isEmpty, "\(candidates.faults.joined(separator: "\n"))")
      let page = try String(contentsOfFile: folder("after") + "/posts/first/index.html", encoding: .utf8)
      let figure = try #require(page.firstRange(of: /(?s)<figure.*?<\/figure>/).map { page[$0] })
      #expect(figure.contains("src=\"/assets/optimized/static/images/wide-1000w-") != hasOwnFigure)
      #expect(page.contains("srcset="))
      try await expectSameDownloads(folder)
    }

    /// Sites without raw HTML, in each of which something decides about Markdown images: whether a hook of ours may, and
    /// what the pages show then.
    enum Decider: String, CaseIterable, Sendable {
      case hugo, subpath, ownHook, wildHook, languages, mounts, missingTheme, backslash

      /// Whether posts' Markdown images get candidates.
      var isResponsive: Bool { self == .hugo || self == .subpath }
      /// Whether lighter files take their place otherwise.
      var isLighter: Bool { self != .wildHook }

      var configuration: String {
        switch self {
        case .subpath: "baseURL = \"https://example.org/blog/\""
        case .languages:
          "baseURL = \"https://example.org/\"\n[languages.en]\nweight = 1\n[languages.ko]\nweight = 2"
        case .mounts:
          """
          baseURL = "https://example.org/"
          [[module.mounts]]
          source = "content"
          target = "content"
          [[module.mounts]]
          source = "layouts"
          target = "layouts"
          [[module.mounts]]
          source = "static"
          target = "static"
          """
        default: "baseURL = \"https://example.org/\""
        }
      }

      var hook: String? {
        switch self {
        case .ownHook: "<figure><img src=\"{{ .Destination | safeURL }}\" alt=\"{{ .PlainText }}\"></figure>"
        case .wildHook: "<img src=\"{{ .Destination | safeURL }}?v={{ now.Year }}\" alt=\"{{ .PlainText }}\">"
        default: nil
        }
      }
    }

    /// What stands above a divider is printed by lists and feeds, whose URLs have other folders.
    @Test(arguments: [true, false])
    func listsAndFeedsNameNoCandidateThatIsNotThere(allowsHTML: Bool) async throws {
      let html = "<!doctype html><title>x</title>"
      let folder = try TemporaryFolder([
        "site/hugo.toml":
          "baseURL = 'https://walks.example/'\n[markup.goldmark.renderer]\nunsafe = \(allowsHTML)\n",
        "site/layouts/_default/single.html": html + "{{ .Content }}",
        "site/layouts/_default/list.html": html + "{{ range .Site.RegularPages }}{{ .Summary }}{{ end }}",
        "site/content/posts/walk/index.md":
          "---\ntitle: A walk\ndate: 2024-01-01\n---\nAbove ![a](above.jpg) ![a](/a.jpg)\n\n<!--more-->\n\nBelow ![b](below.jpg)\n",
      ])
      for (path, grain) in [
        ("content/posts/walk/above", 5), ("content/posts/walk/below", 7), ("static/a", 9),
      ] {
        let picture = try DrawnSite.picture(900, 600, grain: grain).jpeg(quality: 97, chroma: .full)
        try folder.write(picture, to: "site/\(path).jpg")
      }
      let report = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--effort", "fast")
      #expect(report.manifest.references.count { $0.keptBecause?.contains("above <!--more-->") == true } == 1)
      try await Hugo.build(folder("staged"), to: folder("after"))
      for list in ["index.html", "posts/index.html", "index.xml"] {
        let text = try folder.text("after/\(list)")
        #expect(text.contains("above.jpg") && !text.contains("../") && !text.contains("above-"), "\(text)")
      }
      let page = try folder.text("after/posts/walk/index.html")
      #expect(page.contains("below-") && page.contains("/a-") && !page.contains("above-"), "\(page)")
    }

    @Test(arguments: Decider.allCases) func leavesPostsAloneWhereHTMLIsDropped(decider: Decider) async throws
    {
      let folder = try TemporaryFolder()
      try folder.write(decider.configuration + "\n", to: "site/config.toml")
      if decider == .missingTheme {
        // Hugo itself does not build without it, so that the posts alone are looked at.
        try folder.write("theme = \"not-there\"\n" + decider.configuration + "\n", to: "site/config.toml")
      }
      if let hook = decider.hook {
        try folder.write(hook, to: "site/layouts/_default/_markup/render-image.html")
      }
      try folder.write("<!DOCTYPE html><main>{{ .Content }}</main>", to: "site/layouts/_default/single.html")
      try folder.write("<!DOCTYPE html><main>{{ .Content }}</main>", to: "site/layouts/_default/list.html")
      let post = """
        ---
        title: First
        ---
        ![It's "so" & <so>](photo.jpg "The 'title' & \"more\"") and ![*bold*][ref]

        ![again](photo.jpg)\(decider == .backslash ? " ![a \\* b](/images/wide.jpg)" : "")

        [ref]: /images/wide.jpg
        """
      try folder.write(post, to: "site/content/posts/first/index.md")
      for (path, grain) in ["static/images/wide.jpg": 7, "content/posts/first/photo.jpg": 3] {
        let photograph = try DrawnSite.picture(1000, 600, grain: grain).jpeg(quality: 92, chroma: .full)
        try folder.write(photograph, to: "site/" + path)
      }
      if decider != .missingTheme { try await Hugo.build(folder("site"), to: folder("before")) }
      try await Product.optimize(folder("site"), "--output", folder("staged"))
      let staged = try String(
        contentsOfFile: folder("staged") + "/content/posts/first/index.md", encoding: .utf8)
      #expect((staged == post) == (decider.isResponsive || !decider.isLighter), "\(staged)")
      guard decider != .missingTheme else { return }
      try await Hugo.build(folder("staged"), to: folder("after"))
      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      #expect(comparison.isSame, "\(comparison.changed) \(comparison.missing)")
      #expect(try CandidateCheck(tree: folder("after")).faults.isEmpty)
      let page = try String(contentsOfFile: folder("after") + "/posts/first/index.html", encoding: .utf8)
      #expect(page.contains("srcset=") == decider.isResponsive, "\(page)")
      #expect(page.contains("/assets/optimized/") == decider.isLighter, "\(page)")
      try await expectSameDownloads(folder)
    }

    /// What a post of the staged copy makes devices download, through a hook or not, is what its page does.
    private func expectSameDownloads(_ folder: TemporaryFolder) async throws {
      let posts = try await DownloadTests.check(folder("staged")).pages
      let pages = try await DownloadTests.check(folder("after")).pages
      let post = try #require(posts.first { $0.path == "content/posts/first/index.md" })
      let page = try #require(pages.first { $0.path == "posts/first/index.html" })
      #expect(post.bytes == page.bytes && !post.bytes.isEmpty)
    }

    private func write(to folder: TemporaryFolder, allowsHTML: Bool, hasOwnFigure: Bool) throws {
      let site = [
        "config.toml": """
        baseURL = "https://example.org/"
        title = "t"
        disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
        [markup.goldmark.renderer]
        unsafe = \(allowsHTML)
        """,
        "layouts/_default/baseof.html": "<!DOCTYPE html><title>t</title><main>{{ .Content }}</main>",
        "layouts/_default/single.html":
          "<!DOCTYPE html><title>{{ .Title }}</title><main>{{ .Content }}</main>",
        "layouts/_default/list.html": "<!DOCTYPE html><title>l</title><main>{{ .Content }}</main>",
        "content/posts/first/index.md": """
        +++
        title = "First"
        +++
        ![A harbour](photo.jpg "In the evening")

        {{< figure src="/images/wide.jpg" alt="Wide" caption="As far as one sees" >}}

        Text with ![one](/images/wide.jpg) in it.
        """,
      ]
      for (path, text) in site { try folder.write(text, to: "site/" + path) }
      if hasOwnFigure {
        try folder.write(
          "<figure data-name=\"{{ .Get `src` }}\"><img src=\"{{ .Get `src` }}\"></figure>",
          to: "site/layouts/shortcodes/figure.html")
      }
      for (path, grain) in ["static/images/wide.jpg": 7, "content/posts/first/photo.jpg": 3] {
        let photograph = try DrawnSite.picture(1000, 600, grain: grain).jpeg(quality: 92, chroma: .full)
        try folder.write(photograph, to: "site/" + path)
      }
    }
  }
}
