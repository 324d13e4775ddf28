import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import TestSupport
import Testing
import Vips

extension IntegrationTests {
  /// A framework's posts as each command sees them.
  @Suite struct MarkdownFolderCommandTests {
    let folder: TemporaryFolder
    var site: String { folder("site") }

    init() throws {
      folder = try TemporaryFolder([
        "site/package.json": "{}",
        "site/content/posts/hello.mdx":
          "---\ncover: /images/field.jpg\n---\nimport near from './near.jpg'\n\n![A field](/images/field.jpg)\n\n"
          + "<Photo src=\"/images/field.jpg\" alt=\"\" />\n",
        "site/content/posts/plain.md": "Text ![A field](/images/field.jpg) and ![near](near.jpg).\n",
      ])
      let picture = try DrawnSite.picture(900, 600, grain: 7).jpeg(quality: 96, chroma: .full)
      try folder.write(picture, to: "site/public/images/field.jpg")
      try folder.write(picture + Data([0]), to: "site/content/posts/near.jpg")
    }

    @Test func scanNamesTheReasonAndTheRoots() async throws {
      let command = try await Product.run(["scan", site])
      #expect(command.status == 0, "\(command.errors)")
      #expect(
        command.text.contains(
          "Folder of posts \(site) (content/posts/hello.mdx and pictures, but no generator whose posts are read; files are those"
            + " beside the post and below public)"), "\(command.text)")
      #expect(command.text.contains("references  6 local"), "\(command.text)")
    }

    @Test func checkWeighsThePosts() async throws {
      try folder.write("budgets:\n  - image: {bytes: 1 kB}\n", to: "site/optimize-assets.yml")
      let command = try await Product.run(["check", site])
      #expect(command.status == 1)
      #expect(command.text.contains("2 pages"), "\(command.text)")
      #expect(
        command.text.contains("content/posts/hello.mdx:2:8: error: public/images/field.jpg has "),
        "\(command.text)")
      try folder.write("budgets:\n  - image: {bytes: 9 MB}\n", to: "site/optimize-assets.yml")
      #expect(try await Product.run(["check", site]).status == 0)
    }

    @Test func reportShowsThem() async throws {
      let command = try await Product.run(["report", site, "--output", folder("report.html")])
      #expect(command.status == 0, "\(command.errors)")
      #expect(try folder.text("report.html").contains("content/posts/hello.mdx"))
    }

    @Test func optimizeSaysWhatCanBeDone() async throws {
      let command = try await Product.run([site, "--output", folder("out")])
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.text.contains("how the posts are rendered is not known"), "\(command.text)")
      #expect(command.text.contains("Where it does, write markdown: {html: true} into optimize-assets.yml."))
      for post in ["hello.mdx", "plain.md"] {
        #expect(try folder.text("out/content/posts/" + post) == folder.text("site/content/posts/" + post))
      }
    }

    @Test func optimizeWritesWhereTheAuthorSaysHow() async throws {
      try folder.write(
        "markdown: {html: true}\nmarkup: picture\nwidths: [300, 600]\n", to: "site/optimize-assets.yml")
      let report = try await Product.optimize(site, "--output", folder("out"))
      #expect(report.summary.referencesRewritten == 1)
      let text = try folder.text("out/content/posts/plain.md")
      #expect(
        text.hasPrefix("Text <picture><source type=\"image/avif\" srcset=\"/assets/optimized/"), "\(text)")
      #expect(text.hasSuffix(" and ![near](near.jpg).\n"))
      #expect(
        try folder.text("out/content/posts/hello.mdx") == folder.text("site/content/posts/hello.mdx"))
      for variant in report.manifest.variants {
        #expect(variant.path.hasPrefix("public/assets/optimized/"))
        #expect(access(folder("out/" + variant.path), F_OK) == 0)
      }
      // In place, and back.
      let before = try TreeState.contents(of: site)
      #expect(try await Product.run([site, "--in-place"]).status == 0)
      #expect(try folder.text("site/content/posts/plain.md").contains("<picture>"))
      #expect(try await Product.run(["restore", site]).status == 0)
      #expect(try TreeState.contents(of: site) == before)
    }

    @Test func shrinkNamesThePostsThatShowAPictureAtItsOwnSize() async throws {
      let command = try await Product.run(["shrink", site, "--dry-run", "--max", "300"])
      #expect(command.status == 0, "\(command.errors)")
      #expect(
        command.errors.contains(
          "content/posts/hello.mdx:6:1: warning: shows public/images/field.jpg at its own size"),
        "\(command.errors)")
    }

    @Test func imagesRootLeadsNowhereElse() async throws {
      try folder.write("imagesRoot: ../elsewhere\n", to: "site/optimize-assets.yml")
      let command = try await Product.run(["scan", site])
      #expect(command.status == 78)
      #expect(command.errors.contains("imagesRoot must name folders inside the site"), "\(command.errors)")
    }

    @Test func postsOfOtherFormatsAreReadToo() async throws {
      try folder.write("= A\n\nimage::gone.jpg[]\n", to: "site/content/posts/a.adoc")
      let command = try await Product.run(["check", site])
      #expect(command.text.contains("content/posts/a.adoc:3:1: "), "\(command.text)")
    }
  }
}
