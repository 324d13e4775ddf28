import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `check` as a user runs it.
  @Suite struct CheckTests {
    static let post = "_posts/2026-01-02-first.md"
    static let image = "assets/first.png"

    /// A small Jekyll site: a post, and its image of 50 000 bytes.
    struct Scene {
      let folder: TemporaryFolder
      let site: String

      init(below: String = "site") throws {
        folder = try TemporaryFolder()
        site = folder(below)
        try folder.write("title: weighed\n", to: below + "/_config.yml")
        try write(
          "---\ntitle: First\ntags: [a]\n---\n\nText.\n\n![one](/\(CheckTests.image))\n", to: CheckTests.post)
        try writeImage(CheckTests.image, bytes: 50_000)
      }

      func write(_ text: String, to path: String) throws {
        try FileAccess.write(Data(text.utf8), to: site + "/" + path)
      }

      /// Writes a picture whose file is padded to a length: decoders stop where a PNG says that it ends.
      func writeImage(_ path: String, bytes: Int, seed: Int = 1) throws {
        let picture = try DrawnSite.picture(120, 80, grain: seed).png()
        try #require(picture.count <= bytes)
        try FileAccess.write(picture + Data(count: bytes - picture.count), to: site + "/" + path)
      }

      func check(_ arguments: String..., environment: [String: String] = [:]) async throws -> Command {
        try await Product.run(["check", site] + arguments, environment: environment)
      }
    }

    // MARK: Exit codes

    enum Outcome: String, CaseIterable, Sendable {
      case within, over, unreadable, unreadableAndOver
      case badBudget, badConfiguration, badBaseline, noBudgetFile, bothBaselines, noSite, nothing

      var status: Int32 {
        switch self {
        case .within: 0
        case .over: 1
        case .unreadable, .unreadableAndOver: 2
        case .bothBaselines: 64
        case .noSite, .nothing: 66
        case .noBudgetFile: 74
        case .badBudget, .badConfiguration, .badBaseline: 78
        }
      }

      /// Words of standard output or standard error.
      var message: String {
        switch self {
        case .within: "Within budget."
        case .over: ": error: assets/first.png has 50.0 kB, over its budget of 40 kB (make it smaller"
        case .unreadable, .unreadableAndOver: "assets/broken.png: error: "
        case .badBudget: "budget.yml:4:14: error: budgets.image.bytes"
        case .badConfiguration: "optimize-assets.yml:2:5: error: unknown key 'imago'"
        case .badBaseline: "baseline.json: error: is no baseline"
        case .noBudgetFile: "absent.yml"
        case .bothBaselines: "exclude each other"
        case .noSite: "no such site"
        case .nothing: "no site of a known kind"
        }
      }
    }

    @Test(arguments: Outcome.allCases)
    func endsWithItsExitCode(outcome: Outcome) async throws {
      let scene = try Scene()
      var arguments = ["check", scene.site]
      try scene.folder.write(
        "budgets:\n  - image:\n      bytes: \(outcome == .within ? 60 : 40) kB\n", to: "budget.yml")
      switch outcome {
      case .within, .over: arguments += ["--budget", scene.folder("budget.yml")]
      case .unreadable, .unreadableAndOver:
        try scene.write("no picture", to: "assets/broken.png")
        try scene.write("---\n---\n![b](/assets/broken.png)\n", to: "_posts/2026-01-03-b.md")
        if outcome == .unreadableAndOver { arguments += ["--budget", scene.folder("budget.yml")] }
      case .badBudget:
        try scene.folder.write("budgets:\n  - glob: a\n    image:\n      bytes: heavy\n", to: "budget.yml")
        arguments += ["--budget", scene.folder("budget.yml")]
      case .badConfiguration: try scene.write("budgets:\n  - imago: {}\n", to: "optimize-assets.yml")
      case .badBaseline:
        try scene.folder.write("{}", to: "baseline.json")
        arguments += ["--baseline", scene.folder("baseline.json")]
      case .noBudgetFile: arguments += ["--budget", scene.folder("absent.yml")]
      case .bothBaselines: arguments += ["--baseline", "a", "--baseline-ref", "b"]
      case .noSite: arguments[1] = scene.folder("nowhere")
      case .nothing:
        try FileAccess.makeFolder(scene.folder("nothing"))
        arguments[1] = scene.folder("nothing")
      }
      let command = try await Product.run(arguments)
      #expect(command.status == outcome.status, "\(command.errors)")
      #expect((command.text + command.errors).contains(outcome.message), "\(command.text) \(command.errors)")
    }

    @Test func hasNothingToSayOfASiteWithoutImages() async throws {
      let folder = try TemporaryFolder()
      try folder.write("title: empty\n", to: "site/_config.yml")
      let empty = try await Product.run(["check", folder("site"), "--allow-empty"])
      #expect(empty.status == 0)
      #expect(empty.text.contains("There is no image in the site."))

      try folder.write("---\n---\n![a](https://example.org/a.png)\n", to: "site/" + Self.post)
      let remote = try await Product.run(["check", folder("site")])
      #expect(remote.status == 0)
      #expect(remote.text.contains("No image is a file of the site"))
      #expect(remote.text.contains("1 page, 0 image files of 0 B: 0 errors"))
    }

    // MARK: What it leaves alone

    @Test(.needsGit) func onlyReads() async throws {
      let scene = try Scene()
      let repository = try await Repository(scene.site)
      let (contents, stamps) = (try TreeState.contents(of: scene.site), try TreeState.stamps(of: scene.site))
      let caches = scene.folder("caches")
      let temporary = scene.folder("temporary")
      try FileAccess.makeFolder(temporary)
      let environment = ["XDG_CACHE_HOME": caches, "TMPDIR": temporary]
      for format in ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"] {
        let command = try await scene.check(
          "--no-cache", "--baseline-ref", "HEAD", "--format", format, environment: environment)
        #expect(command.status == 0, "\(command.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: caches))
      #expect(try await scene.check("--baseline-ref", "HEAD", environment: environment).status == 0)
      #expect(FileManager.default.fileExists(atPath: caches))
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
      #expect(TreeState.differences(contents, try TreeState.contents(of: repository.path)) == [])
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: repository.path)) == [])
    }

    // MARK: Baselines from git

    @Test(.needsGit, arguments: ["site", "repository/blogs/마을 blog"])
    func failsForAHeavyImage(below: String) async throws {
      let scene = try Scene(below: below)
      let repository = try await Repository(scene.folder(below == "site" ? "site" : "repository"))
      #expect(try await scene.check("--baseline-ref", "HEAD").status == 0)
      try scene.writeImage("assets/heavy.png", bytes: 3_000_000)
      let text = String(decoding: try FileAccess.read(scene.site + "/" + Self.post), as: UTF8.self)
      try scene.write(text + "\n![heavy](/assets/heavy.png)\n", to: Self.post)
      // Staged, changed again since, and not staged: all of it stays so.
      try await repository.git("add", scene.site + "/" + Self.post)
      try scene.write(text + "\n![heavy](/assets/heavy.png) and more\n", to: Self.post)
      try scene.write("A draft.\n", to: "untracked.txt")
      let status = try await repository.git("status", "--porcelain", "--untracked-files=all")
      let state = try TreeState.contents(of: repository.path)
      for reference in ["HEAD", "main", "main@{0}"] {
        let command = try await scene.check("--baseline-ref", reference)
        #expect(command.status == 1, "\(reference): \(command.errors)")
        #expect(command.text.contains("\(Self.post):10:1: error: "), "\(command.text)")
        #expect(
          command.text.contains("3.0 MB more than the 50.0 kB before (make /assets/heavy.png lighter"),
          "\(command.text)")
        #expect(command.text.contains("[baseline-page]"))
        #expect(command.text.contains("[baseline-site]"))
      }
      #expect(TreeState.differences(state, try TreeState.contents(of: repository.path)) == [])
      #expect(try await repository.git("status", "--porcelain", "--untracked-files=all") == status)
      #expect(try await scene.check("--baseline-ref", "HEAD", "--allowed-growth", "3MB").status == 0)
    }

    @Test(.needsGit, arguments: ["absent", "--all", "HEAD:_config.yml", "HEAD^{tree}"])
    func namesARefThatIsNoCommit(reference: String) async throws {
      let scene = try Scene()
      _ = try await Repository(scene.site)
      let command = try await scene.check("--baseline-ref=" + reference)
      #expect(command.status == 78)
      #expect(command.errors.contains("git knows no commit '\(reference)' here"), "\(command.errors)")
    }

    @Test(.needsGit) func saysWhyGitCannotLook() async throws {
      let scene = try Scene()
      let command = try await scene.check("--baseline-ref", "HEAD")
      #expect(command.status == 78)
      #expect(
        command.errors.contains("git cannot look for commit 'HEAD': fatal: not a git repository"),
        "\(command.errors)")
    }

    @Test(.needsGit) func holdsNothingAgainstASiteThatTheCommitLacks() async throws {
      let scene = try Scene(below: "repository/site")
      let site = scene.site
      try FileManager.default.moveItem(atPath: site, toPath: scene.folder("aside"))
      _ = try await Repository(scene.folder("repository"))
      try FileManager.default.moveItem(atPath: scene.folder("aside"), toPath: site)
      let command = try await scene.check("--baseline-ref", "HEAD")
      #expect(command.status == 1)
      #expect(command.text.contains("50.0 kB more than nothing: the page is new"), "\(command.text)")
    }

    /// The second check needs none of the commit's files: what the commit weighed is known.
    @Test(.needsGit) func keepsWhatACommitWeighed() async throws {
      let scene = try Scene()
      let repository = try await Repository(scene.site)
      try scene.writeImage(Self.image, bytes: 80_000)
      let arguments = ["--baseline-ref", "HEAD", "--format", "json"]
      let first = try await Product.run(["check", scene.site] + arguments)
      #expect(first.status == 1)
      let commit = try await repository.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
      let objects = scene.site + "/.git/objects"
      for entry in try FileTree.files(below: objects)
      where entry.path != "\(commit.prefix(2))/\(commit.dropFirst(2))" {
        try FileManager.default.removeItem(atPath: objects + "/" + entry.path)
      }
      let second = try await Product.run(["check", scene.site] + arguments)
      #expect(second.status == 1, "\(second.errors)")
      #expect(second.text == first.text)
      let without = try await Product.run(["check", scene.site, "--no-cache"] + arguments)
      #expect(without.status == 78)
      #expect(without.errors.contains("git cannot read commit \(commit)"), "\(without.errors)")
    }

    /// What Git LFS keeps of an image is a pointer, and not what its readers downloaded.
    @Test(.needsGit) func readsThePointersOfLFS() async throws {
      let scene = try Scene()
      try scene.write(
        "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0", count: 64))\nsize 50000\n",
        to: Self.image)
      _ = try await Repository(scene.site)
      try scene.writeImage(Self.image, bytes: 50_000)
      let same = try await scene.check("--baseline-ref", "HEAD")
      #expect(same.status == 0, "\(same.text)")
      try scene.writeImage(Self.image, bytes: 50_001)
      #expect(try await scene.check("--baseline-ref", "HEAD").status == 1)
    }

    /// What a page shows through links weighs what they lead to, then as now.
    @Test(.needsGit) func followsLinksInsideTheSite() async throws {
      let scene = try Scene()
      try scene.write(
        "---\n---\n![a](/linked.png) ![b](/folder/first.png)\n", to: "_posts/2026-01-03-links.md")
      for (path, text) in [
        ("linked.png", "assets/first.png"), ("folder", "./assets"), ("unused.png", "assets/first.png"),
        ("outside", "/etc"), ("above.png", "../../secret.png"),
      ] {
        try FileManager.default.createSymbolicLink(atPath: scene.site + "/" + path, withDestinationPath: text)
      }
      _ = try await Repository(scene.site)
      let same = try await scene.check("--baseline-ref", "HEAD")
      #expect(same.status == 0, "\(same.text)")
      try scene.writeImage(Self.image, bytes: 50_001)
      let heavier = try await scene.check("--baseline-ref", "HEAD", "--format", "json")
      let report = try #require(JSONSerialization.jsonObject(with: heavier.output) as? [String: Any])
      let page = try #require((report["pages"] as? [[String: Any]])?.last)
      #expect(page["path"] as? String == "_posts/2026-01-03-links.md")
      // Each path is a file of its own to a browser.
      #expect((page["before"] as? [String: Int])?["phone"] == 100_000)
      #expect((page["totals"] as? [String: Int])?["phone"] == 100_002)
    }

    /// A tree that git itself would not make: a link, and below its path another one.
    @Test(.needsGit) func writesNothingThroughLinks() async throws {
      let scene = try Scene()
      let repository = try await Repository(scene.site)
      try FileAccess.makeFolder(scene.folder("victim"))
      let blob = try await repository.git("hash-object", "-w", "_config.yml").trimmingCharacters(
        in: .newlines)
      try scene.folder.write(scene.folder("victim"), to: "text")
      let link = try await repository.git("hash-object", "-w", scene.folder("text"))
        .trimmingCharacters(in: .newlines)
      func tree(_ entries: String) async throws -> String {
        try scene.folder.write(entries, to: "entries")
        let git = try #require(Programs.git)
        let script = "'\(git)' -C '\(scene.site)' mktree < '\(scene.folder("entries"))'"
        return try await Command.succeed("/bin/sh", ["-c", script]).text.trimmingCharacters(in: .newlines)
      }
      let inner = try await tree("120000 blob \(link)\tlink\n100644 blob \(blob)\tfile.md\n")
      let top = try await tree(
        "100644 blob \(blob)\t_config.yml\n120000 blob \(link)\ta\n040000 tree \(inner)\ta\n120000 blob \(link)\tb\n"
      )
      let commit = try await repository.git("commit-tree", "-m", "hostile", top).trimmingCharacters(
        in: .newlines)
      let command = try await scene.check("--no-cache", "--baseline-ref", commit)
      #expect(command.status == 1, "\(command.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder("victim")) == [])
    }

    /// A signal that comes while git is asked: the temporary folder goes.
    @Test(.needsGit, arguments: [SIGINT, SIGTERM])
    func leavesNoTemporaryFolder(signal: Int32) async throws {
      let scene = try Scene()
      _ = try await Repository(scene.site)
      let git = try #require(Programs.git)
      let (temporary, asked, go) = (scene.folder("temporary"), scene.folder("asked"), scene.folder("go"))
      try FileAccess.makeFolder(temporary)
      try scene.folder.write(
        """
        #!/bin/sh
        case " $* " in *" cat-file "*)
          : > '\(asked)'
          while ! [ -e '\(go)' ]; do sleep 0.05; done
        esac
        exec '\(git)' "$@"

        """, to: "bin/git")
      chmod(scene.folder("bin/git"), 0o755)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Product.program))
      process.arguments = ["check", scene.site, "--no-cache", "--baseline-ref", "HEAD"]
      process.environment = ProcessInfo.processInfo.environment.merging([
        "TMPDIR": temporary,
        "PATH": scene.folder("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
      ]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      for _ in 0..<1_200 where process.isRunning && !FileManager.default.fileExists(atPath: asked) {
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary).count == 1)
      kill(process.processIdentifier, signal)
      try scene.folder.write("", to: "go")
      for _ in 0..<1_200 where process.isRunning { try await Task.sleep(for: .milliseconds(50)) }
      try #require(!process.isRunning)
      // Where the machine is busy the run may be done before it hears of the signal.
      #expect([0, 128 + signal].contains(process.terminationStatus))
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
    }

    // MARK: Some files

    @Test func speaksOnlyOfTheFilesThatAreNamed() async throws {
      let scene = try Scene()
      try scene.write("---\n---\n![two](/assets/second.png)\n", to: "_posts/2026-01-03-second.md")
      try scene.writeImage("assets/second.png", bytes: 60_000, seed: 2)
      try scene.write("no picture", to: "assets/broken.png")
      try scene.folder.write(
        "budgets:\n  - image: {bytes: 40 kB}\n    site: {total: 1 kB}\n", to: "budget.yml")
      try scene.folder.write("x", to: "elsewhere.png")
      let budget = ["--budget", scene.folder("budget.yml"), "--format", "github"]
      func check(_ files: String..., below folder: String) async throws -> (Int32, String) {
        let site = folder == scene.site ? "." : "site"
        let command = try await Product.run(["check", site] + budget + ["--only"] + files, in: folder)
        return (command.status, command.text)
      }
      let base = scene.folder.path
      let all = try await Product.run(["check", "site"] + budget, in: base)
      // The broken one is shown by no page, and is a warning.
      #expect(all.status == 1)
      for id in ["budget-site-total", "first.png", "second.png"] { #expect(all.text.contains(id)) }
      #expect(all.errors.contains("assets/broken.png: warning: "), "\(all.errors)")

      for (files, folder) in [
        (["_posts/2026-01-02-first.md"], scene.site), (["_posts/2026-01-02-first.md"], base),
        (["site/_posts/2026-01-02-first.md"], base), (["site/assets/first.png", "site/_config.yml"], base),
        (
          [scene.site + "/assets/first.png", "/etc/hostname", "elsewhere.png", "absent.md", "--format"], base
        ),
      ] {
        let command = try await Product.run(
          ["check", folder == base ? "site" : "."] + budget + ["--only"] + files, in: folder)
        #expect(command.status == 1, "\(files): \(command.text) \(command.errors)")
        #expect(
          command.text.hasPrefix(
            "::error file=_posts/2026-01-02-first.md,line=8,col=1,title=budget-image-bytes::"))
        #expect(command.text.split(separator: "\n").count == 1, "\(command.text)")
        #expect(command.errors == "")
      }
      #expect(try await check("elsewhere.png", "site/_config.yml", below: base) == (0, ""))
      let (status, text) = try await check("assets/broken.png", below: scene.site)
      #expect(status == 2)
      #expect(text.hasPrefix("::error file=assets/broken.png,title=undecodable::"), "\(text)")
    }
  }
}
