import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `action.yml`, run step by step as GitHub does.
  @Suite(.enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
  struct ActionTests {
    @Test func theActionHasTheShapeOfACompositeAction() throws {
      let action = try ProjectFile.yaml("action.yml")
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
          // A tag of somebody else's can be moved to what nobody has looked at.
          let uses = try #require(step["uses"] as? String)
          #expect(uses.wholeMatch(of: #/actions\/[a-z\-]+@[0-9a-f]{40}/#) != nil, "\(uses)")
        }
      }
    }

    @Test(.needsGit) func theActionCommitsLighterPictures() async throws {
      let checkout = try Checkout()
      let repository = try await Repository(checkout.workspace)
      let base = try await repository.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
      let remote = checkout.folder("remote.git")
      try await repository.git("init", "--quiet", "--bare", remote)
      try await repository.git("remote", "add", "origin", remote)
      // What git would send to the server: the token alone, also where the checkout left a header of its own.
      let header = "http.http://127.0.0.1:1/.extraheader"
      try await repository.git("config", header, "AUTHORIZATION: basic left-by-checkout")
      let hook = checkout.workspace + "/.git/hooks/pre-push"
      try FileAccess.write(
        Data("#!/bin/sh\ngit config --get-all '\(header)' >'\(checkout.folder("headers"))'\n".utf8), to: hook)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
      let picture = "blog/assets/images/heavy.jpg"
      try FileAccess.write(
        DrawnSite.picture(400, 300, grain: 7).jpeg(quality: 98, chroma: .full),
        to: checkout.workspace + "/" + picture)
      try await repository.commit()
      let action = try ProjectFile.yaml("action.yml")
      func run(branch: String) async throws -> ActionRun {
        let run = try ActionRun(
          action, inputs: ["command": "shrink", "baseline-ref": base, "branch": branch],
          workspace: checkout.workspace,
          path: checkout.path)
        try await run.run()
        return run
      }

      // Of a fork nothing is changed.
      let state = try TreeState.contents(of: checkout.workspace, except: [".git"])
      let fork = try await run(branch: "")
      #expect(fork.status == 1, "\(fork.log)")
      #expect(fork.log.contains("::error file=\(picture),title=heavy-original::"), "\(fork.log)")
      #expect(try fork.summary.contains("| \(picture) |"))
      #expect(try TreeState.contents(of: checkout.workspace, except: [".git"]) == state)

      let own = try await run(branch: "topic")
      #expect(own.status == 0, "\(own.log)")
      let changed = try await repository.git("diff", "--name-only", "HEAD^", "HEAD")
      #expect(changed == "\(RecordFiles.originals)\n\(picture)\n")
      let pushed = try await repository.git("--git-dir", remote, "rev-parse", "topic")
      #expect(try await repository.git("rev-parse", "HEAD") == pushed)
      let basic = Data("x-access-token:\(ActionRun.token)".utf8).base64EncodedString()
      let headers = try String(decoding: FileAccess.read(checkout.folder("headers")), as: UTF8.self)
      // The empty line takes back what stands before it.
      #expect(headers.hasSuffix("left-by-checkout\n\nAUTHORIZATION: basic \(basic)\n"), "\(headers)")
      // What was pushed starts the workflow again, which then has nothing to do.
      let again = try await run(branch: "topic")
      #expect(again.status == 0)
      #expect(try await repository.git("rev-parse", "HEAD") == pushed)
    }

    @Test(.needsGit) func theActionChecks() async throws {
      let checkout = try Checkout()
      let repository = try await Repository(checkout.workspace)
      let action = try ProjectFile.yaml("action.yml")
      func run(_ inputs: [String: String]) async throws -> ActionRun {
        let run = try ActionRun(
          action, inputs: inputs, workspace: checkout.workspace, path: checkout.path)
        try await run.run()
        return run
      }

      let within = try await run(["site": "blog", "baseline-ref": "HEAD"])
      #expect(within.status == 0, "\(within.log)")
      #expect(within.output("run", "status") == "0")
      #expect(try within.summary.hasPrefix("## Image weight: within budget\n"))
      // What is there already is neither installed nor built.
      #expect(within.ran == ["Find the program", "Run", "Prune the cache"])

      try checkout.addHeavyImage()
      let over = try await run(["site": "blog/", "baseline-ref": "main", "allowed-growth": "1MB"])
      #expect(over.status == 1)
      #expect(over.output("run", "status") == "1")
      #expect(over.log.contains("::error file=blog/_posts/2026-03-14-sea-walk.md,line="), "\(over.log)")
      #expect(try over.summary.contains("## Image weight: over budget\n"))
      // The reports are there although the step failed.
      let reports = over.output("find", "reports")
      for name in ["check.markdown", "check.sarif", "check.junit", "check.json", "check.html"] {
        #expect(try !FileAccess.read(reports + "/" + name).isEmpty, "\(name)")
      }
      #expect(over.ran.last == "Prune the cache")
      let state = try await repository.git("status", "--porcelain", "--untracked-files=all")
      #expect(state == " M blog/_posts/2026-03-14-sea-walk.md\n?? blog/assets/images/heavy.png\n")

      let allowed = try await run(["site": "blog", "baseline-ref": "HEAD", "allowed-growth": "4MB"])
      #expect(allowed.status == 0, "\(allowed.log)")
      let wrong = try await run(["site": "blog", "args": "--format\n\nloud"])
      #expect(wrong.status == 64, "\(wrong.log)")
      #expect(try wrong.summary.isEmpty)
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
        #require(Programs.git),
        ["clone", "--quiet", "--depth=1", "--branch=change", "file://" + checkout.workspace, clone])
      let run = try ActionRun(
        ProjectFile.yaml("action.yml"), inputs: ["site": "blog", "baseline-ref": "origin/main"],
        workspace: clone,
        path: checkout.path)
      try await run.run()
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
          ProjectFile.yaml("action.yml"), inputs: inputs, workspace: checkout.workspace, path: checkout.path)
        try await run.run()
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
        ProjectFile.yaml("action.yml"),
        inputs: ["site": "blog", "command": "optimize", "output": "staged", "args": "--effort\nfast"],
        workspace: checkout.workspace, path: checkout.path)
      try await run.run()
      #expect(run.status == 0, "\(run.log)")
      #expect(try run.summary.hasPrefix("```\n"))
      #expect(run.ran == ["Find the program", "Run", "Prune the cache"])
      #expect(
        try FileTree.files(below: checkout.folder("checkout/staged")).contains { $0.path.hasSuffix(".webp") })
    }
  }
}
