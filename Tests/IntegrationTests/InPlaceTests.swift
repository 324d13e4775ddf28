import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// Posts edited where they stand, and given back.
  @Suite struct InPlaceTests {
    private static let harbour = "_posts/2026-01-02-harbour.md"
    private static let sea = "_posts/2026-01-03-바다.md"
    private static let journal = "optimize-assets.lock.json"

    /// A drawn site with posts of every shape that a file can have.
    private struct Scene {
      let folder: TemporaryFolder
      let site: String
      /// What the site held before the first run.
      let before: [String: String]

      init(_ configuration: String = "") throws {
        folder = try TemporaryFolder()
        try DrawnSite.write(to: folder)
        site = folder("site")
        try folder.write(
          "widths: [200, 400]\nquality: fixed\n" + configuration, to: "site/optimize-assets.yml")
        let body = "---\r\nlayout: default\r\n---\r\nOne ![a](/assets/images/screen.png)\r\n\r\ntwo"
        try folder.write(body, to: "site/_posts/2026-01-04-crlf.md")
        try folder.write("\u{FEFF}" + body.replacing("\r\n", with: "\n"), to: "site/_posts/2026-01-05-bom.md")
        let own = body.replacing("\r\n", with: "\n") + " ![b](/assets/images/locked.jpg)\n"
        try folder.write(own, to: "site/_posts/2026-01-06-locked.md")
        try folder.write(
          DrawnSite.picture(600, 400, grain: 5).jpeg(quality: 92, chroma: .full),
          to: "site/assets/images/locked.jpg")
        chmod(folder("site/_posts/2026-01-06-locked.md"), 0o444)
        try folder.write(body, to: "site/_posts/2026-01-07-mode.md")
        chmod(folder("site/_posts/2026-01-07-mode.md"), 0o640)
        before = try TreeState.contents(of: site)
      }

      func text(_ path: String) throws -> String {
        String(decoding: try FileAccess.read(site + "/" + path), as: UTF8.self)
      }

      func write(_ text: String, to path: String) throws { try folder.write(text, to: "site/" + path) }

      @discardableResult
      func run(_ arguments: String..., status: Int32 = 0) async throws -> OptimizeReport {
        let command = try await Product.run([site, "--in-place", "--format", "json", "--quiet"] + arguments)
        try #require(command.status == status, "exit code \(command.status): \(command.errors)")
        return try JSONDecoder().decode(OptimizeReport.self, from: command.output)
      }

      @discardableResult
      func restore(_ arguments: String..., status: Int32 = 0) async throws -> Restoration {
        let command = try await Product.run(["restore", site, "--format", "json", "--quiet"] + arguments)
        try #require(command.status == status, "exit code \(command.status): \(command.errors)")
        return try JSONDecoder().decode(Restoration.self, from: command.output)
      }

      /// The files that differ from those before the first run.
      func differences() throws -> [String] {
        TreeState.differences(before, try TreeState.contents(of: site))
      }

      func variants() throws -> [String] {
        try TreeState.contents(of: site).keys.filter { $0.hasPrefix("assets/optimized/") }.sorted()
      }
    }

    @Test(arguments: [
      "", "markup: picture\n", "apply: [{glob: '**', crop: square}]\n", "folder: assets/mine\n",
    ])
    func editsAndGivesBackEveryByte(configuration: String) async throws {
      let scene = try Scene(configuration)
      let untouched = try TreeState.stamps(of: scene.site)
      let report = try await scene.run("--force")
      #expect(report.summary.postsRewritten == 6)
      let changed = Set(try scene.differences())
      let posts = changed.filter { $0.hasPrefix("_posts/") }
      #expect(posts.count == 6)
      let folder = configuration.contains("mine") ? "assets/mine/" : "assets/optimized/"
      #expect(changed.subtracting(posts).allSatisfy { $0.hasPrefix(folder) || $0 == InPlaceTests.journal })
      #expect(changed.count { $0.hasPrefix(folder) } == report.manifest.variants.count)

      // Lines end as they did, the mark and the modes are there still, and no end of a line came to the last line.
      let crlf = try scene.text("_posts/2026-01-04-crlf.md")
      #expect(
        crlf.utf8.count { $0 == 0x0A } == 5 && crlf.utf8.count { $0 == 0x0D } == 5 && crlf.hasSuffix("two"))
      #expect(try scene.text("_posts/2026-01-05-bom.md").utf8.starts(with: [0xEF, 0xBB, 0xBF]))
      #expect(FileAccess.mode(of: scene.site + "/_posts/2026-01-06-locked.md") == 0o444)
      #expect(FileAccess.mode(of: scene.site + "/_posts/2026-01-07-mode.md") == 0o640)

      let stamps = try TreeState.stamps(of: scene.site)
      let second = try await scene.run("--force")
      #expect(second.summary.postsRewritten == 0 && second.summary.encoded == 0)
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: scene.site)) == [])
      #expect(second.manifest.variants == report.manifest.variants)

      let account = try await scene.restore()
      #expect(account.restored.count == 6 && account.isComplete && account.problems == [])
      #expect(account.removed.count == report.manifest.variants.count)
      #expect(try scene.differences() == [])
      #expect(!FileManager.default.fileExists(atPath: scene.site + "/assets/optimized"))
      let after = try TreeState.stamps(of: scene.site)
      #expect(Set(TreeState.differences(untouched, after)) == posts)
      #expect(try await scene.restore().isComplete)
    }

    @Test func leavesReadOnlyPostsUnlessForced() async throws {
      let scene = try Scene()
      let report = try await scene.run()
      #expect(report.summary.postsRewritten == 5)
      #expect(report.manifest.problems.contains { $0.rule == .postSkipped && $0.file.hasSuffix("locked.md") })
      #expect(!(try scene.differences().contains("_posts/2026-01-06-locked.md")))
      #expect(!(try scene.variants().contains { $0.contains("locked") }))
      #expect(try await scene.run("--force").summary.postsRewritten == 1)
      try await scene.restore()
      #expect(try scene.differences() == [])
    }

    @Test func saysWhatItWouldDoAndWritesNothing() async throws {
      let scene = try Scene()
      let stamps = try TreeState.stamps(of: scene.site)
      #expect(try await scene.run("--dry-run").summary.variants > 0)
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: scene.site)) == [])
      try await scene.run()
      let edited = try TreeState.stamps(of: scene.site)
      #expect(try await scene.run("--dry-run").summary.variants == 0)
      let account = try await scene.restore("--dry-run")
      #expect(account.restored.count == 5 && account.isDry)
      #expect(try account.removed == scene.variants())
      #expect(TreeState.differences(edited, try TreeState.stamps(of: scene.site)) == [])
    }

    @Test func updatesTheSameSpans() async throws {
      let scene = try Scene()
      try await scene.run()
      let first = try scene.variants()
      let old = try scene.text(Self.harbour)
      // A source is replaced, and the settings change.
      try scene.folder.write(
        try DrawnSite.picture(900, 500, grain: 5).jpeg(quality: 92, chroma: .full),
        to: "site/assets/images/harbour.jpg")
      let second = try await scene.run()
      #expect(second.summary.postsRewritten == 1)
      let new = try scene.text(Self.harbour)
      #expect(new != old && new.contains("width=\"900\""))
      // What nothing names any more is gone.
      #expect(Set(try scene.variants()) == Set(second.manifest.variants.map(\.path)))
      #expect(Set(first).isDisjoint(with: try scene.variants().filter { $0.contains("harbour") }))

      try scene.write("widths: [300]\nquality: fixed\nmarkup: picture\n", to: "optimize-assets.yml")
      let third = try await scene.run()
      #expect(third.summary.postsRewritten == 5)
      #expect(try scene.text(Self.harbour).contains("<picture>"))
      #expect(Set(try scene.variants()) == Set(third.manifest.variants.map(\.path)))
      try await scene.restore()
      let changed: Set = ["assets/images/harbour.jpg", "optimize-assets.yml"]
      #expect(Set(try scene.differences()) == changed)
    }

    @Test func keepsWhatTheAuthorChanged() async throws {
      let scene = try Scene()
      try await scene.run()
      let edited = try scene.text(Self.harbour)
      // Text beside the images, an image more, and one attribute inside what was written.
      let changed = edited.replacing(
        "At seven in the morning", with: "At *eight*\n\n![new](/assets/images/cut-out.png)\n\n"
      )
      .replacing("A screen\"){: srcset=", with: "A screen\"){: id=\"own\" srcset=")
      try #require(changed != edited && changed.contains("id=\"own\""))
      try scene.write(changed, to: Self.harbour)
      let report = try await scene.run()
      #expect(report.summary.postsRewritten == 1)
      let warnings = report.manifest.problems.filter { $0.rule == .authorEdit }
      let line =
        1 + changed[..<(try #require(changed.range(of: "id=\"own\""))).lowerBound].count { $0 == "\n" }
      #expect(warnings.map(\.line) == [line] && warnings.first?.severity == .warning)
      let text = try scene.text(Self.harbour)
      #expect(text.contains("![new](/assets/images/cut-out.png){: srcset="))
      #expect(text.contains("At *eight*") && text.contains("{: id=\"own\" srcset="))
      // It is said once, and the run after that has nothing to do.
      let stamps = try TreeState.stamps(of: scene.site)
      #expect(try await scene.run().manifest.problems.allSatisfy { $0.rule != .authorEdit })
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: scene.site)) == [])
      // The files that the author's own markup names stay, and the journal with them.
      let account = try await scene.restore(status: 1)
      #expect(!account.isComplete)
      let restored = try scene.text(Self.harbour)
      #expect(
        restored.contains("![new](/assets/images/cut-out.png)\n")
          && restored.contains("{: id=\"own\" srcset="))
      for path in try scene.variants() { #expect(path.contains("screen")) }
    }

    @Test func saysWhatCannotBeGivenBack() async throws {
      let scene = try Scene()
      try await scene.run()
      let edited = try scene.text(Self.harbour)
      try scene.write(
        edited.replacing("A screen\"){: srcset=", with: "A screen\"){: id=\"own\" srcset="), to: Self.harbour)
      let account = try await scene.restore(status: 1)
      #expect(account.remaining == [Self.harbour])
      #expect(
        account.problems.contains { $0.rule == .authorEdit && $0.file == Self.harbour && $0.line != nil })
      #expect(try scene.text(Self.harbour).contains("image: /assets/images/harbour.jpg\n"))
      // Once the author has put it back, the rest goes.
      let left = try scene.text(Self.harbour)
      try scene.write(left.replacing("{: id=\"own\" srcset=", with: "{: srcset="), to: Self.harbour)
      #expect(try await scene.restore().isComplete)
      #expect(try scene.differences() == [])
    }

    @Test func leavesFilesThatBesideTheTextNothingNames() async throws {
      let scene = try Scene()
      try await scene.run()
      let path = try #require(try scene.variants().first)
      // A variant that somebody changed is somebody's.
      try scene.write("mine", to: path)
      let account = try await scene.restore()
      #expect(account.problems.map(\.rule) == [.variantChanged])
      #expect(try scene.differences() == [path])
      #expect(account.isComplete)
    }

    @Test func keepsAnImageWhoseSourceIsGone() async throws {
      let scene = try Scene()
      try await scene.run()
      let edited = try scene.text(Self.harbour)
      let variants = try scene.variants()
      try FileManager.default.removeItem(atPath: scene.site + "/assets/images/harbour.jpg")
      try await scene.run()
      #expect(try scene.text(Self.harbour) == edited)
      #expect(try scene.variants() == variants)
      try await scene.restore()
      #expect(try scene.differences() == ["assets/images/harbour.jpg"])
    }

    @Test func followsPostsThatMoveAndForgetsThoseThatGo() async throws {
      let scene = try Scene()
      try await scene.run()
      let file = FileManager.default
      try file.moveItem(
        atPath: scene.site + "/" + Self.harbour, toPath: scene.site + "/_posts/2026-02-02-moved.md")
      try file.removeItem(atPath: scene.site + "/" + Self.sea)
      let report = try await scene.run()
      #expect(report.summary.postsRewritten == 0)
      #expect(report.manifest.problems.contains { $0.rule == .authorEdit && $0.file == Self.sea })
      let left = try scene.variants()
      #expect(left.allSatisfy { !$0.contains("cut-out") })
      try await scene.restore()
      #expect(try scene.differences() == [Self.harbour, Self.sea, "_posts/2026-02-02-moved.md"].sorted())
      #expect(
        try TreeState.contents(of: scene.site)["_posts/2026-02-02-moved.md"] == scene.before[Self.harbour])
    }

    @Test func restoresOnlyWhatIsAskedFor() async throws {
      let scene = try Scene()
      try await scene.run()
      let account = try await scene.restore("--only", "*harbour*")
      #expect(account.restored == [Self.harbour] && !account.isComplete && account.remaining.count == 4)
      #expect(try TreeState.contents(of: scene.site)[Self.harbour] == scene.before[Self.harbour])
      // Every variant that a page still asks for is there.
      let texts = try account.remaining.map { try scene.text($0) }.joined()
      for path in try scene.variants() {
        #expect(texts.contains(path.split(separator: "-").suffix(2).joined(separator: "-")), "\(path)")
      }
      try await scene.restore()
      #expect(try scene.differences() == [])
    }

    @Test func makesLostVariantsAgain() async throws {
      let scene = try Scene()
      try await scene.run()
      let after = try TreeState.contents(of: scene.site)
      let path = try #require(try scene.variants().first)
      try FileManager.default.removeItem(atPath: scene.site + "/" + path)
      try await scene.run()
      #expect(TreeState.differences(after, try TreeState.contents(of: scene.site)) == [])
      try scene.write("damaged", to: path)
      let report = try await scene.run()
      #expect(report.manifest.problems.contains { $0.rule == .variantChanged && $0.file == path })
      #expect(TreeState.differences(after, try TreeState.contents(of: scene.site)) == [])
    }

    @Test func refusesToReplaceWhatIsNotOurs() async throws {
      let scene = try Scene()
      try await scene.run()
      let path = try #require(try scene.variants().first)
      try await scene.restore()
      try scene.write("mine", to: path)
      let before = try TreeState.contents(of: scene.site)
      let command = try await Product.run([scene.site, "--in-place", "--force"])
      #expect(command.status == 75 && command.errors.contains(path), "\(command.errors)")
      #expect(TreeState.differences(before, try TreeState.contents(of: scene.site)) == [])
    }

    @Test func writesNothingOutsideTheSite() async throws {
      let scene = try Scene("folder: assets/out\n")
      try FileAccess.makeFolder(scene.folder("elsewhere"))
      try FileManager.default.createSymbolicLink(
        atPath: scene.site + "/assets/out", withDestinationPath: scene.folder("elsewhere"))
      // A post that is a link to another post, and one whose target is outside the site.
      try FileManager.default.createSymbolicLink(
        atPath: scene.site + "/_posts/2026-03-01-link.md", withDestinationPath: "2026-01-02-harbour.md")
      try scene.folder.write("---\n---\n![x](/assets/images/screen.png)\n", to: "elsewhere.md")
      try FileManager.default.createSymbolicLink(
        atPath: scene.site + "/_posts/2026-03-02-out.md", withDestinationPath: scene.folder("elsewhere.md"))
      let before = try TreeState.contents(of: scene.folder.path)
      let command = try await Product.run([scene.site, "--in-place"])
      #expect(command.status == 75 && command.errors.contains("assets/out"), "\(command.errors)")
      #expect(TreeState.differences(before, try TreeState.contents(of: scene.folder.path)) == [])
      // With a folder inside the site, the link's target is edited once, and nothing outside.
      try scene.write("widths: [200]\nquality: fixed\n", to: "optimize-assets.yml")
      try await scene.run()
      let after = try TreeState.contents(of: scene.folder.path)
      let changed = TreeState.differences(before, after).filter { !$0.hasPrefix("site/assets/optimized/") }
      #expect(!changed.contains("elsewhere.md") && !changed.contains { $0.contains("2026-03") })
      #expect(changed.contains("site/" + Self.harbour))
      #expect(try scene.text(Self.harbour).components(separatedBy: "fetchpriority").count == 2)
    }

    @Test(arguments: ["not JSON", "{\"version\": 9}"])
    func stopsAtADamagedJournal(text: String) async throws {
      let scene = try Scene()
      try scene.write(text, to: Self.journal)
      let before = try TreeState.contents(of: scene.site)
      for arguments in [[scene.site, "--in-place"], ["restore", scene.site]] {
        let command = try await Product.run(arguments)
        #expect(command.status == 65 && command.errors.contains(Self.journal), "\(command.errors)")
      }
      #expect(TreeState.differences(before, try TreeState.contents(of: scene.site)) == [])
    }

    @Test func warnsWhereTheJournalWouldBePublished() async throws {
      let scene = try Scene()
      let warned = try await scene.run().manifest.problems.filter { $0.message.contains(Self.journal) }
      #expect(warned.map(\.file) == ["_config.yml"])
      let configuration = try scene.text("_config.yml")
      try scene.write(configuration + "\nexclude: [\(Self.journal)]\n", to: "_config.yml")
      #expect(try await scene.run().manifest.problems.allSatisfy { !$0.message.contains(Self.journal) })
    }

    /// The journal belongs to the site and not to a copy of it.
    @Test func leavesTheJournalOutOfCopies() async throws {
      let scene = try Scene()
      try await scene.run()
      _ = try await Product.optimize(scene.site, "--output", scene.folder("out"))
      let copy = try TreeState.contents(of: scene.folder("out"))
      let site = try TreeState.contents(of: scene.site)
      #expect(copy[Self.journal] == nil)
      #expect(copy[Self.harbour] == site[Self.harbour])
    }

    /// The generator judges the posts as their author has them, whatever a run has written into them.
    @Test(.needsJekyll) func hasTheAuthorsTextJudged() async throws {
      let scene = try Scene()
      let first = try await scene.run("--oracle", "generator")
      #expect(first.summary.postsRewritten >= 4)
      let stamps = try TreeState.stamps(of: scene.site)
      let second = try await scene.run("--oracle", "generator")
      #expect(second.manifest.references == first.manifest.references)
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: scene.site)) == [])
      try await scene.restore()
      #expect(try scene.differences() == [])
    }

    @Test func letsOneRunAtATimeWrite() async throws {
      let scene = try Scene()
      let lock = try #require(try FolderLock(scene.site))
      for arguments in [[scene.site, "--in-place"], ["restore", scene.site]] {
        let command = try await Product.run(arguments)
        #expect(command.status == 75 && command.errors.contains("another run"), "\(command.errors)")
      }
      withExtendedLifetime(lock) {}
    }

    @Test(.needsGit) func leavesUncommittedChangesAlone() async throws {
      let scene = try Scene()
      try await Git.commitAll(scene.site)
      try await scene.run()
      let status = try await Git.status(scene.site)
      let allowed = status.allSatisfy {
        $0.hasPrefix(" M _posts/") || $0.replacing("\"", with: "").hasPrefix("?? assets/optimized/")
          || $0 == "?? " + Self.journal
      }
      #expect(allowed && status.count { $0.hasPrefix(" M") } == 5, "\(status)")
      // What a run left is no change of the author's: it may be updated and undone before it is committed.
      try scene.write("widths: [300]\nquality: fixed\n", to: "optimize-assets.yml")
      #expect(try await scene.run().summary.postsRewritten == 5)
      try await Git.commitAll(scene.site)
      try scene.write(try scene.text(Self.harbour) + "more\n", to: Self.harbour)
      #expect(try await scene.run().summary.postsRewritten == 0)
      try scene.write("widths: [200]\nquality: fixed\n", to: "optimize-assets.yml")
      let before = try TreeState.contents(of: scene.site, except: [".git"])
      let refused = try await Product.run([scene.site, "--in-place"])
      #expect(refused.status == 75 && refused.errors.contains(Self.harbour), "\(refused.errors)")
      #expect(!refused.errors.contains("바다"))
      #expect(TreeState.differences(before, try TreeState.contents(of: scene.site, except: [".git"])) == [])
      // The read-only post is the sixth.
      #expect(try await scene.run("--force").summary.postsRewritten == 6)
    }

    @Test(.needsGit) func restoresWhatGitHolds() async throws {
      let scene = try Scene()
      try await Git.commitAll(scene.site)
      try await scene.run()
      try await scene.restore()
      #expect(try await Git.status(scene.site) == [])
    }
  }
}

/// A site in a git repository of its own.
private enum Git {
  static func commitAll(_ folder: String) async throws {
    let git = try #require(Programs.git)
    if !FileManager.default.fileExists(atPath: folder + "/.git") {
      try await Command.succeed(git, ["init", "-q", folder])
    }
    try await Command.succeed(git, ["-C", folder, "add", "--all"])
    try await Command.succeed(
      git, ["-C", folder, "-c", "user.name=n", "-c", "user.email=n@n.example", "commit", "-q", "-m", "all"])
  }

  /// A line for each file that a commit would change.
  static func status(_ folder: String) async throws -> [String] {
    try await Command.succeed(
      #require(Programs.git),
      ["-C", folder, "-c", "core.quotePath=false", "status", "--porcelain", "--untracked-files=all"]
    ).text.split(separator: "\n").map(String.init)
  }
}
