import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// The figures at the end of a build, and what is made of budgets.
  @Suite struct BuildFiguresTests {
    private struct Output: Decodable {
      struct Page: Decodable, Equatable {
        var path: String
        var downloads: [String: Int]
      }

      var isHeldBack: Bool
      var heaviest: [Page]
      var findings: [Diagnostic]
      var summary: Summary
    }

    private struct Weight: Decodable {
      struct Page: Decodable {
        var path: String
        var downloads: [String: Int]
      }

      var downloads: [String: Int]
    }

    private func output(_ command: Command) throws -> Output {
      try JSONDecoder().decode(Output.self, from: command.output)
    }

    @Test func figuresAreThoseOfCheckAndTheSameWhenNothingChanged() async throws {
      let site = try ScriptedGenerator()
      let first = try output(await site.build("--format", "json"))
      let most = first.heaviest.map { $0.downloads.values.max() ?? 0 }
      #expect(first.heaviest.count == 2 && most == most.sorted(by: >), "\(first.heaviest)")
      let sum = first.heaviest.reduce(0) { $0 + ($1.downloads["desktop"] ?? 0) }
      #expect(sum > 0 && sum == first.summary.downloads?["desktop"])
      let check = try await Product.run([
        "check", site.folder("site/_site"), "--format", "json", "--no-cache",
      ])
      #expect(try JSONDecoder().decode(Weight.self, from: check.output).downloads == first.summary.downloads)
      let again = try output(await site.build("--format", "json"))
      #expect(again.heaviest == first.heaviest)
      let text = try await site.build().text
      for words in ["phone", "all pages, before", "all pages, now", "  index.html\n", "  about.html\n"] {
        #expect(text.contains(words), "\(text)")
      }
    }

    /// The pages that are served stay, because those that came out are too heavy.
    @Test(arguments: [("10 B", 1), ("9 MB", 0)]) func checkHoldsBackWhatIsOverItsBudget(
      _ limit: String, _ status: Int32
    ) async throws {
      let site = try ScriptedGenerator(settings: "budgets:\n  - page: {total: \(limit)}\n")
      let told = try await site.build()
      #expect(told.status == 0, "a budget alone fails nothing: \(told.errors)")
      #expect(told.errors.contains("over the budget of") == (status == 1), "\(told.errors)")
      let served = try site.folder.text("site/_site/index.html")
      try site.folder.write("<!doctype html><p>New <img src=about.jpg>", to: "site/pages/index.html")
      let checked = try await site.build("--check")
      #expect(checked.status == status, "\(checked.errors)")
      #expect(checked.text.contains("because of --check") == (status == 1), "\(checked.text)")
      #expect((try site.folder.text("site/_site/index.html") == served) == (status == 1))
      // What holds back says so each time, from the record too.
      #expect(try await site.build("--check").status == status)
      let check = try await Product.run([
        "check", site.folder("site/_site"), "--config", site.folder("site/optimize-assets.yml"),
      ])
      #expect(check.status == status, "\(check.text)")
    }

    @Test func otherBudgetsCountAlthoughNothingChanged() async throws {
      let site = try ScriptedGenerator()
      #expect(try await site.build("--check").status == 0)
      try site.folder.write(
        "build: [sh, generate.sh, \"{destination}\"]\n\(ScriptedGenerator.images)budgets:\n  - site: {total: 1 B}\n",
        to: "site/optimize-assets.yml")
      #expect(try await site.build("--check").status == 1)
    }

    /// The markup that a post's own generator finishes, beside what its pages gain.
    @Test func postsAreRewrittenBeforeTheBuildWhereThatIsAsked() async throws {
      let script = """
        mkdir -p "$1" && cp photo.jpg "$1" && { cp -r assets "$1" 2>/dev/null || true; }
        { echo '<!doctype html><main>'; sed '/^---$/d' _posts/2020-01-02-a.md; } > "$1/index.html"
        """
      let site = try ScriptedGenerator(script)
      let post = "---\n---\n\n<img src=\"/photo.jpg\" alt=\"A harbour\">\n"
      try site.folder.write("title: A\n", to: "site/_config.yml")
      try site.folder.write(post, to: "site/_posts/2020-01-02-a.md")
      try site.folder.copy(site.folder("site/pages/index.jpg"), to: "site/photo.jpg")
      let command = try await site.build("--sources")
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.errors.contains("--sources: 1 post rewritten"), "\(command.errors)")
      // What the post itself made screens download is what its win is told by.
      let before = try output(await site.build("--sources", "--format", "json")).summary.downloadsBefore
      #expect(try before["phone"] == FileAccess.read(site.folder("site/photo.jpg")).count, "\(before)")
      #expect(try site.folder.text("site/_site/index.html").contains("srcset"))
      #expect(try site.folder.text("site/_posts/2020-01-02-a.md") == post)
    }

    @Test func sourcesThatAreNotReadAreBuiltAsTheyAre() async throws {
      let site = try ScriptedGenerator()
      let command = try await site.build("--sources")
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.errors.contains("--sources: the site is built as it is"), "\(command.errors)")
    }

    @Test(.needsBrowser) func whatIsMeasuredIsConfiguredAndUsed() async throws {
      let site = try ScriptedGenerator()
      for name in ["index", "about"] {
        let page = ScriptedGenerator.page(name, style: "width: calc(20vw + var(--x, 3px))")
        try site.folder.write(page, to: "site/pages/\(name).html")
      }
      let first = try await site.build("--measure")
      #expect(first.status == 0, "\(first.errors)")
      let settings = try site.folder.text("site/optimize-assets.yml")
      #expect(settings.contains("layouts:"), "\(settings) \(first.errors)")
      #expect(first.errors.contains("measured in"), "\(first.errors)")
      // There are slots now.
      let again = try await site.build("--measure")
      #expect(!again.errors.contains("--measure"), "\(again.errors)")
      #expect(again.text.contains("where nothing changed"), "\(again.text)")
    }

    @Test func aMachineWithoutABrowserBuildsAllTheSame() async throws {
      let site = try ScriptedGenerator()
      let command = try await site.build("--measure", environment: ["CHROME_PATH": "/nowhere/chromium"])
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.errors.contains("nothing was measured, the build goes on without"), "\(command.errors)")
      #expect(try site.folder.text("site/_site/index.html").contains("srcset"))
    }
  }
}
