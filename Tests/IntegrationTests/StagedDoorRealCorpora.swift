import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// Staged copies of Astro and Eleventy sites, built by the real generators: these give images candidates by a plugin of the
  /// copy's configuration, and the posts are the author's.
  @Suite(.tags(.realCorpora), .needsRealCorpora("tools/generator", "generators"), .endsAtLast)
  struct StagedDoorRealCorpora {
    private static let cache = [
      "XDG_CACHE_HOME": (ProcessInfo.processInfo.environment["HOME"] ?? "") + "/.cache"
    ]

    private static func site(_ base: GeneratorSite, _ more: [String: String]) -> GeneratorSite {
      var site = base
      site.files.merge(more) { $1 }
      return site
    }

    private static func only(_ files: [String: String]) -> GeneratorSite {
      var site = GeneratorSite.buildableEleventy
      site.files = files
      return site
    }

    private static let onePost = "![Alone](/img/tree.png)\n\n<img src=\"/img/tree.png\" alt=\"raw\">\n"

    /// A configuration, and how many images of posts gain candidates.
    private static let sites: [(site: GeneratorSite, images: Int)] = [
      (
        site(
          .buildableEleventy,
          [
            "src/posts/walk/index.md":
              "---\ntitle: A walk\ndate: 2024-01-02\n---\n{% if title %}![Beside](hill.png){% endif %}\n\n![in *a*](/img/tree.png \"t\")\n\n"
              + "<p><img src=\"/img/tree.png\" alt=\"raw\"></p>\n\n<!-- <img src=\"/img/tree.png\"> -->\n",
            "src/posts/short.md":
              "---\ntitle: Short\ndate: 2024-01-03\n---\n![Relative](../../img/tree.png)\n",
            "src/feed.njk": """
            ---
            permalink: /feed.xml
            ---
            <feed>{% for p in collections.all %}{% if p.data.title %}<entry><![CDATA[{{ p.templateContent | safe }}]]>
            <c>{{ p.templateContent | escape }}</c><j>{{ p.templateContent | dump }}</j></entry>{% endif %}{% endfor %}</feed>
            """,
            "src/list.njk": """
            ---
            permalink: /list/
            ---
            <!doctype html><html><body>{% for p in collections.all %}{% if p.data.title %}{{ p.templateContent | safe }}
            <script type="application/json">{{ p.templateContent | dump | safe }}</script>{% endif %}{% endfor %}</body></html>
            """,
          ]), 4
      ),
      (
        only([
          "package.json": "{}",
          ".eleventy.js": "module.exports = async function (c) { c.addPassthroughCopy('img') }\n",
          "img/tree.png": "x",
          "_includes/a.njk": "<!doctype html><html><body>{{ content | safe }}</body></html>",
          "one.md": "---\nlayout: a.njk\n---\n" + onePost,
        ]), 2
      ),
      (site(.buildableAstro, [:]), 10),
      (
        site(
          .buildableAstro,
          [
            "astro.config.mjs":
              "import('x').catch(() => {})\nexport default { integrations: [], site: 'https://example.org' }\n",
            "src/content/blog/part.mdx": "---\ntitle: Parts\n---\n",
            "src/content/blog/walk/index.md": "---\ntitle: A walk\n---\n" + onePost,
            "src/content.config.ts": GeneratorSite.buildableAstro.files["src/content.config.ts"]?
              .replacing("{md,mdx}", with: "md") ?? "",
          ]), 2
      ),
    ]

    @Test(arguments: sites.indices) func pagesGainCandidatesAndNothingElse(_ index: Int) async throws {
      let (site, images) = Self.sites[index]
      let folder = try TemporaryFolder()
      let picture = try DrawnSite.picture(900, 600, grain: 5).heavyPNG()
      try site.write(to: folder, name: "site") { _ in picture }
      let report = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--effort", "fast")
      #expect(report.summary.door?.contains("candidates itself, by") == true, "\(report.summary)")
      #expect(report.summary.referencesRewritten >= images)
      for (name, from) in ["before": "site", "after": "staged"] {
        let run = try await Command.run(
          RealCorpora.path("tools/generator"), [site.name, folder(from), folder(name)],
          environment: Self.cache, seconds: 300)
        try #require(run.status == 0, "\(run.text.suffix(2_000)) \(run.errors.suffix(2_000))")
      }
      let same = try SiteComparison(before: folder("before"), after: folder("after"))
      #expect(same.isSame, "\(same.changed) \(same.missing) \(same.gone) \(same.added)")
      #expect(same.responsive >= images, "\(same)")
      for file in try FileTree.files(below: folder("after")) {
        let isText = [".html", ".xml"].contains { file.path.hasSuffix($0) }
        let text = isText ? try folder.text("after/" + file.path) : ""
        #expect(!text.contains("data-optimize-assets"), "\(file.path)")
        if file.path.hasSuffix(".xml") { #expect(try text == folder.text("before/" + file.path)) }
      }
      // Posts that say how large an HTML image is gain its candidates themselves.
      for (path, text) in site.files where path.hasSuffix(".md") && !text.contains("width=") {
        #expect(try folder.text("staged/" + path) == text, "\(path)")
      }
      // Where the configuration is the author's again, so is the copy's.
      try folder.write("export default 1\n", to: "site/optimize-assets.author.js")
      let again = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--effort", "fast")
      #expect(again.summary.door?.hasPrefix("none of") == true)
      let configuration =
        site.files.keys.first { $0.contains("eleventy.") || $0.contains("astro.config") } ?? ""
      #expect(try folder.text("staged/" + configuration) == site.files[configuration])
      #expect(!FileManager.default.fileExists(atPath: folder("staged/" + DoorFiles.pictures)))
    }
  }
}
