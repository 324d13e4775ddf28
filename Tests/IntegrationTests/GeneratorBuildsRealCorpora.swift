import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// The project's own sample sources, built by the real generators before and after.
  @Suite(.tags(.realCorpora), .needsRealCorpora("tools/generator", "generators"), .endsAtLast)
  struct GeneratorBuildsRealCorpora {
    /// The unpacked packages are this machine's, and are not unpacked for every test.
    private static let cache = [
      "XDG_CACHE_HOME": (ProcessInfo.processInfo.environment["HOME"] ?? "") + "/.cache",
      "DOCUSAURUS_NO_PERSISTENT_CACHE": "true",
    ]

    private static func build(_ name: String, _ site: String, to folder: String) async throws {
      let run = try await Command.run(
        RealCorpora.path("tools/generator"), [name, site, folder],
        environment: cache, seconds: 300)
      try #require(run.status == 0, "\(run.text.suffix(2_000)) \(run.errors.suffix(2_000))")
    }

    private static func write(_ site: GeneratorSite, to folder: TemporaryFolder) throws {
      let picture = try DrawnSite.picture(900, 600, grain: 5).heavyPNG()
      try site.write(to: folder, name: "site") { _ in picture }
    }

    @Test(arguments: GeneratorSite.buildable) func pagesAndFeedsAreTheSame(site: GeneratorSite) async throws {
      let folder = try TemporaryFolder()
      try Self.write(site, to: folder)
      let report = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--effort", "fast")
      try await Self.build(site.name, folder("site"), to: folder("before"))
      try await Self.build(site.name, folder("staged"), to: folder("after"))
      let described = report.manifest.site
      let publication = PageAddress.Publication(baseurl: described.baseurl, url: described.url)
      let same = try SiteComparison(
        before: folder("before"), after: folder("after"), publication: publication)
      if described.kind == .docusaurus {
        // Each of its builds names the scripts anew. Its posts stay as they are.
        #expect(report.summary.postsRewritten == 0)
        #expect(same.missing.isEmpty && same.gone.isEmpty && same.added.isEmpty, "\(same)")
      } else {
        #expect(same.isSame, "\(same.changed) \(same.missing) \(same.gone) \(same.added)")
      }
      let made = report.manifest.references.count { $0.isBodyImage && $0.obstacle == nil }
      #expect(same.responsive >= made && (made > 0 || site.name == "docusaurus"))
      try expectRecall(report.manifest, folder("before"))
      try expectFeeds(folder("after"))
    }

    /// Each post names as many images as its page shows.
    private func expectRecall(_ manifest: AssetManifest, _ built: String) throws {
      for post in manifest.posts {
        let images = manifest.references.count { $0.post == post.path && $0.isBodyImage }
        let path = built + post.url + (post.url.hasSuffix("/") ? "index.html" : "")
        guard images > 0 else { continue }
        let page = try #require(RenderedPage([UInt8](FileAccess.read(path))), "\(path)")
        #expect(PageImages(page).pictures.count == images, "\(post.path)")
      }
    }

    /// A reader of a feed resolves whole addresses, and paths where the feed says where they start.
    private func expectFeeds(_ built: String) throws {
      for file in try FileTree.files(below: built) where file.path.hasSuffix("atom.xml") {
        let feed = String(decoding: try FileAccess.read(built + "/" + file.path), as: UTF8.self)
          .replacing("&#x2F;", with: "/")
        let hasBase = feed.contains("xml:base")
        for match in feed.matches(of: #/(?:src|srcset)=&quot;(?<url>[^ &]*)/#) {
          let url = match.output.url
          #expect(url.hasPrefix("http") || hasBase && url.hasPrefix("/"), "\(file.path): \(url)")
        }
      }
    }

    /// Boxes, layout shift and a reader's way through both builds, in three windows.
    @Test(
      .needsBrowser,
      arguments: [
        GeneratorSite.buildableAstro, .buildableEleventy, .buildableHexo, .buildableZola,
      ])
    func verifySeesNoDifference(site: GeneratorSite) async throws {
      let folder = try TemporaryFolder()
      try Self.write(site, to: folder)
      let unpacked = try await Command.succeed(
        RealCorpora.path("tools/generator"), ["path", site.name], environment: Self.cache)
      let packages = unpacked.text.trimmingCharacters(in: .whitespacesAndNewlines)
      var environment = Self.cache
      if site.name == "zola" {
        environment["PATH"] = packages + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
      } else {
        try folder.link("site/node_modules", to: packages + "/node_modules")
      }
      let run = try await Product.run(
        ["verify", folder("site"), "--browser", "--effort", "fast", "--no-cache"], environment: environment)
      #expect(run.status == 0 && run.text.contains("all the same"), "\(run.text) \(run.errors)")
    }

    /// A generator whose sources are read as a folder of Markdown, and never rewritten.
    @Test func vitePressIsReadWhereItIsBuilt() async throws {
      let folder = try TemporaryFolder()
      try Self.write(.buildableVitePress, to: folder)
      let staged = try await Product.run([folder("site"), "--output", folder("staged")])
      #expect(
        staged.status == 66 && staged.errors.contains("sources of VitePress"),
        "\(staged.text) \(staged.errors)")
      try await Self.build("vitepress", folder("site"), to: folder("before"))
      try await Product.optimize(folder("before"), "--output", folder("after"), "--effort", "fast")
      let same = try SiteComparison(before: folder("before"), after: folder("after"))
      #expect(same.isSame && same.images == 2, "\(same)")
    }
  }
}
