import Foundation
import Manifest
import SiteFiles
import TOML
import Testing
import Yams

extension IntegrationTests {
  /// The files for build services: their shape, and their commands run on the sample blog.
  @Suite(.enabled(if: Tools.product != nil, "optimize-assets is not built beside the tests"))
  struct CITemplateTests {
    private static func text(_ path: String) throws -> String {
      String(decoding: try FileAccess.read(Tools.project + "/" + path), as: UTF8.self)
    }

    private static func yaml(_ path: String) throws -> [String: Any] {
      try #require(Yams.load(yaml: text(path)) as? [String: Any], "\(path)")
    }

    /// A checkout with the sample blog in `blog`, and a folder of programs with the built product.
    private struct Checkout {
      let folder: TemporaryFolder
      var workspace: String { folder("checkout") }
      var blog: String { folder("checkout/blog") }
      var path: String {
        folder("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      }

      init() throws {
        folder = try TemporaryFolder()
        try folder.copy(Tools.project + "/Assets/sample-blog", to: "checkout/blog")
        try FileAccess.makeFolder(folder("bin"))
        try FileManager.default.createSymbolicLink(
          atPath: folder("bin/optimize-assets"), withDestinationPath: #require(Tools.product))
      }

      /// Adds an image to a post; the file is padded to a length.
      func addHeavyImage() throws {
        let picture = try DrawnSite.picture(120, 80, grain: 9).png()
        try folder.write(
          picture + Data(count: 3_000_000 - picture.count), to: "checkout/blog/assets/images/heavy.png")
        let post = blog + "/_posts/2026-03-14-sea-walk.md"
        try FileAccess.write(
          FileAccess.read(post) + Data("\n![heavy](/assets/images/heavy.png)\n".utf8), to: post)
      }

      /// Puts a program on the path.
      func install(_ name: String, _ script: String) throws {
        try folder.write("#!/bin/sh\n" + script, to: "bin/" + name)
        chmod(folder("bin/" + name), 0o755)
      }

      func shell(_ script: String, in place: String? = nil, _ environment: [String: String] = [:])
        async throws
        -> Command
      {
        try await Command.run(
          "/bin/bash", ["-c", script], in: place ?? workspace,
          environment: ["PATH": path].merging(environment) { $1 },
          seconds: 300)
      }
    }

    // MARK: The GitHub action

    @Test func theActionHasTheShapeOfACompositeAction() throws {
      let action = try Self.yaml("action.yml")
      #expect(action["name"] is String && action["description"] is String)
      let runs = try #require(action["runs"] as? [String: Any])
      #expect(runs["using"] as? String == "composite")
      let inputs = try #require(action["inputs"] as? [String: [String: Any]])
      #expect(inputs.values.allSatisfy { $0["description"] is String })
      for step in try #require(runs["steps"] as? [[String: Any]]) {
        let name = try #require(step["name"] as? String)
        if let script = step["run"] as? String {
          #expect(step["shell"] as? String == "bash", "\(name)")
          #expect(script.hasPrefix("set -euo pipefail\n"), "\(name)")
          // Text that is put into a script is run; what comes through the environment is not.
          #expect(!script.contains("${{"), "\(name)")
        } else {
          // A moved branch of somebody else's would be run with no look at it.
          let uses = try #require(step["uses"] as? String)
          #expect(uses.wholeMatch(of: #/actions\/[a-z\-]+@v\d+/#) != nil, "\(uses)")
        }
      }
    }

    @Test func noTemplateAsksForMoreThanReading() throws {
      for name in ["github-actions.yml", "github-check.yml"] {
        let workflow = try Self.yaml("Config/ci/\(name)")
        // YAML 1.1 reads the key `on` as true.
        let events = try #require((workflow["on"] ?? workflow["true"]) as? [String: Any])
        #expect(!events.keys.contains("pull_request_target"))
        let permissions = try #require(workflow["permissions"] as? [String: String], "\(name)")
        #expect(permissions == ["contents": "read"])
      }
    }

    /// Where the program is not on the path, what it is built from names the program that is kept. The steps that install and
    /// build it are not run here: they are `make deps` and `make build`, and the cache is an action of GitHub's.
    @Test(.needsGit) func theActionNamesWhatItWouldBuild() async throws {
      let checkout = try Checkout()
      var keys: Set<String> = []
      for _ in 0..<2 {
        let run = try ActionRun(
          Self.yaml("action.yml"), inputs: [:], workspace: checkout.workspace,
          path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        try await run.run { $0 != "Find the program" }
        #expect(run.status == 0, "\(run.log)")
        guard run.output("find", "installed") == "false" else {
          print("skipped: the key of the program, because optimize-assets is installed")
          return
        }
        keys.insert(run.output("find", "key"))
      }
      #expect(keys.count == 1)
      #expect(keys.first?.wholeMatch(of: #/[0-9a-f]{40,64}-[0-9a-f]{40,64}/#) != nil, "\(keys)")
    }

    @Test(.needsGit) func theActionChecks() async throws {
      let checkout = try Checkout()
      let repository = try await Repository(checkout.workspace)
      let action = try Self.yaml("action.yml")
      let hasReport = try await Product.run(["help", "report"]).text.contains("USAGE: optimize-assets report")
      if !hasReport { print("skipped: the step of the HTML report, a command that there is not yet") }
      func run(_ inputs: [String: String]) async throws -> ActionRun {
        let run = try ActionRun(
          action, inputs: inputs, workspace: checkout.workspace, path: checkout.path)
        try await run.run { $0 == "Write the HTML report" && !hasReport }
        return run
      }

      let within = try await run(["site": "blog", "baseline-ref": "HEAD"])
      #expect(within.status == 0, "\(within.log)")
      #expect(within.output("run", "status") == "0")
      #expect(try within.summary.hasPrefix("## Image weight: within budget\n"))
      // What is there already is neither installed nor built.
      #expect(!within.ran.contains("Install libraries") && !within.ran.contains("Build the program"))
      #expect(within.ran.contains("Prune the cache"))

      try checkout.addHeavyImage()
      let over = try await run(["site": "blog/", "baseline-ref": "main", "allowed-growth": "1MB"])
      #expect(over.status == 1)
      #expect(over.output("run", "status") == "1")
      #expect(over.log.contains("\n::error file=blog/_posts/2026-03-14-sea-walk.md,line="), "\(over.log)")
      #expect(try over.summary.contains("## Image weight: over budget\n"))
      // The reports are there although the step failed.
      let reports = over.output("find", "reports")
      for name in ["check.markdown", "check.sarif", "check.junit", "check.json"] {
        #expect(try !FileAccess.read(reports + "/" + name).isEmpty, "\(name)")
      }
      if hasReport {
        #expect(FileManager.default.fileExists(atPath: reports + "/report.html"), "\(over.log)")
      }
      #expect(over.ran.last == "Prune the cache")
      let state = try await repository.git("status", "--porcelain", "--untracked-files=all")
      #expect(state == " M blog/_posts/2026-03-14-sea-walk.md\n?? blog/assets/images/heavy.png\n")

      let allowed = try await run(["site": "blog", "baseline-ref": "HEAD", "allowed-growth": "4MB"])
      #expect(allowed.status == 0, "\(allowed.log)")
      let wrong = try await run(["site": "blog", "args": "--format\n\nloud"])
      #expect(wrong.status == 64, "\(wrong.log)")
      let unknown = try await run(["site": "blog", "command": "publish"])
      #expect(unknown.status == 64)
    }

    /// A checkout of one commit lacks the one that the pull request starts from.
    @Test(.needsGit) func theActionFetchesTheBaseline() async throws {
      let checkout = try Checkout()
      let repository = try await Repository(checkout.workspace)
      try await repository.git("checkout", "--quiet", "-b", "change")
      try checkout.addHeavyImage()
      try await repository.commit()
      let clone = checkout.folder("clone")
      try await Command.succeed(
        #require(Tools.git),
        ["clone", "--quiet", "--depth=1", "--branch=change", "file://" + checkout.workspace, clone])
      let run = try ActionRun(
        Self.yaml("action.yml"), inputs: ["site": "blog", "baseline-ref": "origin/main"], workspace: clone,
        path: checkout.path)
      try await run.run { $0 == "Write the HTML report" }
      #expect(run.status == 1, "\(run.log)")
      #expect(run.log.contains("title=baseline-page"), "\(run.log)")
    }

    /// Inputs may hold what a stranger wrote, a branch's name say: nothing of it is run.
    @Test(arguments: ["site", "budget", "baseline-ref", "allowed-growth", "args", "output", "command"])
    func theActionRunsNothingOfItsInputs(input: String) async throws {
      let checkout = try Checkout()
      for text in ["-$(touch pwned)`touch pwned`", "'; touch pwned; \"; touch pwned; #"] {
        var inputs = ["site": "blog"]
        inputs[input] = text
        if input == "output" { inputs.merge(["command": "optimize", "args": "--dry-run"]) { $1 } }
        let run = try ActionRun(
          Self.yaml("action.yml"), inputs: inputs, workspace: checkout.workspace, path: checkout.path)
        try await run.run { $0 == "Write the HTML report" }
        #expect(run.ran.contains("Run"))
        // Options of a single letter can be valid, -h say.
        if !["output", "args"].contains(input) { #expect(run.status != 0, "\(input) \(text)") }
        for place in [checkout.workspace, checkout.blog] {
          #expect(!FileManager.default.fileExists(atPath: place + "/pwned"), "\(input) \(text)")
        }
      }
    }

    @Test func theActionOptimizes() async throws {
      let checkout = try Checkout()
      let run = try ActionRun(
        Self.yaml("action.yml"),
        inputs: ["site": "blog", "command": "optimize", "output": "staged", "args": "--effort\nfast"],
        workspace: checkout.workspace, path: checkout.path)
      try await run.run()
      #expect(run.status == 0, "\(run.log)")
      #expect(try run.summary.hasPrefix("```\n"))
      #expect(run.ran == ["Find the program", "Run", "Prune the cache"])
      #expect(
        try FileTree.files(below: checkout.folder("checkout/staged")).contains { $0.path.hasSuffix(".webp") })
    }

    // MARK: GitLab

    @Test(.needsGit) func gitLabChecks() async throws {
      let checkout = try Checkout()
      let repository = try await Repository(checkout.workspace)
      let base = try await repository.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
      try checkout.addHeavyImage()
      try await repository.commit()
      let job = try #require(try Self.yaml("Config/ci/gitlab-check.yml")["image-weight"] as? [String: Any])
      let artifacts = try #require(job["artifacts"] as? [String: Any])
      #expect(artifacts["when"] as? String == "always")
      let reports = try #require(artifacts["reports"] as? [String: String])
      var variables = try #require(job["variables"] as? [String: String])
      variables["SITE"] = "blog"
      variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base
      let script = try #require(job["script"] as? [String]).joined(separator: "\n")
      let over = try await checkout.shell(script, variables)
      #expect(over.status == 1, "\(over.errors)")
      #expect(over.text.contains("[baseline-page]"))
      let quality = try FileAccess.read(checkout.workspace + "/" + #require(reports["codequality"]))
      let issues = try #require(JSONSerialization.jsonObject(with: quality) as? [[String: Any]])
      let paths = issues.compactMap { ($0["location"] as? [String: Any])?["path"] as? String }
      #expect(paths.contains("blog/_posts/2026-03-14-sea-walk.md"))
      let junit = try FileAccess.read(checkout.workspace + "/" + #require(reports["junit"]))
      #expect(String(decoding: junit, as: UTF8.self).contains("<failure type=\"baseline-page\""))

      variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "HEAD"
      #expect(try await checkout.shell(script, variables).status == 0)
      // What cannot be checked at all fails with its own exit code, and not with that of a report.
      variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "absent"
      #expect(try await checkout.shell(script, variables).status == 78)
    }

    // MARK: pre-commit

    private static func hook() throws -> [String: Any] {
      try #require(try (Yams.load(yaml: text(".pre-commit-hooks.yaml")) as? [[String: Any]])?.first)
    }

    @Test func theHookSeesPostsAndImagesAlone() throws {
      let pattern = try NSRegularExpression(pattern: #require(Self.hook()["files"] as? String))
      func isSeen(_ path: String) -> Bool {
        pattern.firstMatch(in: path, range: NSRange(path.startIndex..., in: path)) != nil
      }
      for ending in ImageFormat.allCases.flatMap(\.fileExtensions) where !["pjpeg", "pjp"].contains(ending) {
        #expect(isSeen("a/b." + ending) && isSeen("B." + ending.uppercased()), "\(ending)")
      }
      for path in ["_posts/a.md", "a.markdown", "index.html", "docs/바다.mdx", "a.qmd"] {
        #expect(isSeen(path), "\(path)")
      }
      for path in ["_config.yml", "style.css", "a.md.bak", "png", "amd", "a.js"] {
        #expect(!isSeen(path), "\(path)")
      }
    }

    @Test(.needsGit) func theHookChecksStagedFiles() async throws {
      let checkout = try Checkout()
      let hook = try Self.hook()
      #expect(hook["language"] as? String == "system" && hook["require_serial"] as? Bool == true)
      let entry = try #require(hook["entry"] as? String)
      let arguments = try #require(hook["args"] as? [String])
      try checkout.folder.write(
        "budgets:\n  - image: {bytes: 1 MB}\n", to: "checkout/blog/optimize-assets.yml")
      _ = try await Repository(checkout.blog)
      func run(_ files: String) async throws -> Command {
        try await checkout.shell("\(entry) \(arguments.joined(separator: " ")) \(files)", in: checkout.blog)
      }
      #expect(try await run("_posts/2026-03-14-sea-walk.md").status == 0)
      try checkout.addHeavyImage()
      for files in ["assets/images/heavy.png", "_posts/2026-03-14-sea-walk.md index.html"] {
        let command = try await run(files)
        #expect(command.status == 1, "\(command.errors)")
        #expect(command.text.contains("assets/images/heavy.png has 3.0 MB, over its budget of 1.0 MB"))
      }
      #expect(try await run("_posts/2026-05-20-reading-screens.md").status == 0)
    }

    // MARK: Recipes that build the site

    /// One after the other on one copy, so that each but the first takes all images from the cache that it keeps.
    @Test func recipesBuildTheSample() async throws {
      let checkout = try Checkout()
      // What builds the pages is not what is tested, and not every machine has it.
      try checkout.install(
        "bundle", "[ \"$1 $2 $3 $4\" = \"exec jekyll build -s\" ] && cp -R \"$5\" \"$7\"\n")
      try FileAccess.makeFolder(checkout.blog + "/node_modules/.bin")
      try checkout.folder.write(
        "#!/bin/sh\n[ -d _posts ] && mkdir -p _site\n", to: "checkout/blog/node_modules/.bin/eleventy")
      chmod(checkout.blog + "/node_modules/.bin/eleventy", 0o755)

      let workflow = try Self.yaml("Config/ci/github-actions.yml")
      let job = try #require((workflow["jobs"] as? [String: Any])?["build"] as? [String: Any])
      let gitHub = try #require(job["steps"] as? [[String: Any]]).compactMap { $0["run"] as? String }
      let pages = try #require(try Self.yaml("Config/ci/gitlab-ci.yml")["pages"] as? [String: Any])
      let netlify = try TOMLTable(Self.text("Config/ci/netlify.toml"))
      let recipes = [
        ("GitHub Actions", gitHub.joined(separator: "\n"), "public"),
        ("GitLab", try #require(pages["script"] as? [String]).joined(separator: "\n"), "public"),
        ("Netlify", try #require(netlify["build"]?["command"]?.string), "public"),
        ("Cloudflare Pages", try Self.text("Config/ci/cloudflare-pages.sh"), "staged/_site"),
      ]
      for (name, script, published) in recipes {
        for folder in ["staged", "public"] {
          try? FileManager.default.removeItem(atPath: checkout.blog + "/" + folder)
        }
        let command = try await checkout.shell("set -e\n" + script, in: checkout.blog)
        #expect(command.status == 0, "\(name): \(command.errors)")
        #expect(FileManager.default.fileExists(atPath: checkout.blog + "/" + published), "\(name)")
        let staged = try FileTree.files(below: checkout.blog + "/staged").map(\.path)
        #expect(staged.contains { $0.hasSuffix(".webp") }, "\(name)")
        #expect(!staged.contains { $0.hasPrefix(".cache") || $0.hasPrefix("public") }, "\(name)")
      }
    }

    /// A file for a build service that no test here knows would go untested.
    @Test func everyTemplateHasATest() throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: Tools.project + "/Config/ci").sorted()
      #expect(
        files == [
          "cloudflare-pages.sh", "github-actions.yml", "github-check.yml", "gitlab-check.yml",
          "gitlab-ci.yml",
          "netlify.toml",
        ])
    }
  }
}
