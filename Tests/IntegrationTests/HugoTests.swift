import Foundation
import Manifest
import RenderedHTML
import Testing

extension IntegrationTests {
  /// A Hugo site, built before and after, with raw HTML allowed and not, and with a `figure` of Hugo's and of its own.
  @Suite(.needsHugo) struct HugoTests {
    @Test(arguments: [(true, false), (false, false), (true, true)])
    func keepsEveryPage(allowsHTML: Bool, hasOwnFigure: Bool) async throws {
      let folder = try TemporaryFolder()
      try write(to: folder, allowsHTML: allowsHTML, hasOwnFigure: hasOwnFigure)
      try await build(folder("site"), to: folder("before"))
      let report = try await Product.optimize(folder("site"), "--output", folder("staged"))
      #expect(report.manifest.site.kind == .hugo)
      try await build(folder("staged"), to: folder("after"))

      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      #expect(
        comparison.isSame,
        "\(comparison.changed) \(comparison.gone) \(comparison.added) \(comparison.missing)")
      let candidates = try CandidateCheck(tree: folder("after"))
      #expect(candidates.faults.isEmpty, "\(candidates.faults.joined(separator: "\n"))")
      let page = try String(contentsOfFile: folder("after") + "/posts/first/index.html", encoding: .utf8)
      #expect(page.contains("<img src=\"/assets/optimized/static/images/wide-1000w-") != hasOwnFigure)
      #expect(page.contains("srcset="))
    }

    private func build(_ site: String, to output: String) async throws {
      try await Command.succeed(
        #require(Tools.hugo), ["--quiet", "--source", site, "--destination", output], in: site, seconds: 120)
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
