import DataFormats
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// The files for build services: their shape, and their commands run on the sample blog.
  @Suite(.enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
  struct CITemplateTests {
    @Test func noTemplateAsksForMoreThanReading() throws {
      for name in ["github-actions.yml", "github-check.yml"] {
        let workflow = try ProjectFile.yaml("Config/ci/\(name)")
        let events = try #require(workflow["on"] as? [String: Any])
        #expect(!events.keys.contains("pull_request_target"))
        let permissions = try #require(workflow["permissions"] as? [String: String], "\(name)")
        #expect(permissions == ["contents": "read"])
      }
    }

    /// The one that commits pictures asks for the right to, which pull requests from forks are not given.
    @Test func theTemplateThatCommitsAsksForNothingElse() throws {
      let workflow = try ProjectFile.yaml("Config/ci/github-shrink.yml")
      #expect((workflow["on"] as? [String: Any])?.keys.sorted() == ["pull_request"])
      #expect(workflow["permissions"] as? [String: String] == ["contents": "write"])
      let jobs = try #require(workflow["jobs"] as? [String: [String: Any]])
      let steps = try #require(jobs["shrink"]?["steps"] as? [[String: Any]])
      let inputs = try #require(steps.last?["with"] as? [String: String])
      #expect(inputs["command"] == "shrink")
      #expect(
        inputs["branch"]?.contains("head.repo.full_name == github.repository && github.head_ref || ''")
          == true)
    }

    /// What whoever copies a template is asked to fill in: where releases are, and which one to use.
    private static func variables(_ release: Release, _ checkout: Checkout) -> [String: String] {
      ["RELEASES": release.address, "VERSION": release.version, "HOME": checkout.folder("home")]
    }

    // MARK: GitLab

    @Test(.needsGit, .needsRelease) func gitLabChecks() async throws {
      let checkout = try Checkout(hasProgram: false)
      try checkout.add(installerTo: "checkout")
      let release = try await Release()
      defer { withExtendedLifetime(release) {} }
      let repository = try await Repository(checkout.workspace)
      let base = try await repository.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
      try checkout.addHeavyImage()
      try await repository.commit()
      let job = try #require(
        try ProjectFile.yaml("Config/ci/gitlab-check.yml")["image-weight"] as? [String: Any])
      let artifacts = try #require(job["artifacts"] as? [String: Any])
      #expect(artifacts["when"] as? String == "always")
      let reports = try #require(artifacts["reports"] as? [String: String])
      var variables = try #require(job["variables"] as? [String: String])
      #expect(variables["RELEASES"] != nil && variables["VERSION"] != nil)
      variables.merge(Self.variables(release, checkout)) { $1 }
      variables["SITE"] = "blog"
      variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base
      let install = try #require(job["before_script"] as? [String])
      let script = try (["set -e"] + install + #require(job["script"] as? [String])).joined(separator: "\n")
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

    // MARK: Recipes that build the site

    /// One after the other on one copy, so that each but the first takes all images from the cache that it keeps.
    @Test(.needsRelease) func recipesBuildTheSample() async throws {
      let checkout = try Checkout(hasProgram: false)
      try checkout.add(installerTo: "checkout/blog")
      let release = try await Release()
      defer { withExtendedLifetime(release) {} }
      let variables = Self.variables(release, checkout)
      // What builds the pages is not what is tested, and not every machine has it.
      try checkout.install(
        "bundle", "[ \"$1 $2 $3 $4\" = \"exec jekyll build -s\" ] && cp -R \"$5\" \"$7\"\n")
      try FileAccess.makeFolder(checkout.blog + "/node_modules/.bin")
      try checkout.folder.write(
        "#!/bin/sh\n[ -d _posts ] && mkdir -p _site\n", to: "checkout/blog/node_modules/.bin/eleventy")
      chmod(checkout.blog + "/node_modules/.bin/eleventy", 0o755)

      let pages = try #require(try ProjectFile.yaml("Config/ci/gitlab-ci.yml")["pages"] as? [String: Any])
      let gitLab = try #require(pages["before_script"] as? [String]) + #require(pages["script"] as? [String])
      let netlify = try TOMLTable(ProjectFile.text("Config/ci/netlify.toml"))
      let recipes = [
        ("GitLab", gitLab.joined(separator: "\n"), "public"),
        ("Netlify", try #require(netlify["build"]?["command"]?.string), "public"),
        ("Cloudflare Pages", try ProjectFile.text("Config/ci/cloudflare-pages.sh"), "staged/_site"),
      ]
      for (name, script, published) in recipes {
        for folder in ["staged", "public"] {
          try? FileManager.default.removeItem(atPath: checkout.blog + "/" + folder)
        }
        let command = try await checkout.shell("set -e\n" + script, in: checkout.blog, variables)
        #expect(command.status == 0, "\(name): \(command.errors)")
        #expect(FileManager.default.fileExists(atPath: checkout.blog + "/" + published), "\(name)")
        let staged = try FileTree.files(below: checkout.blog + "/staged").map(\.path)
        #expect(staged.contains { $0.hasSuffix(".webp") }, "\(name)")
        #expect(!staged.contains { $0.hasPrefix(".cache") || $0.hasPrefix("public") }, "\(name)")
      }
    }

    @Test func theWorkflowBuildsTheSample() async throws {
      let checkout = try Checkout()
      try checkout.install("bundle", "cp -R \"$5\" \"$7\"\n")
      let workflow = try ProjectFile.yaml("Config/ci/github-actions.yml")
      let job = try #require((workflow["jobs"] as? [String: Any])?["build"] as? [String: Any])
      let steps = try #require(job["steps"] as? [[String: Any]])
      let action = try #require(
        steps.first { ($0["uses"] as? String)?.contains("/optimize-assets@") == true })
      let inputs = try #require(action["with"] as? [String: String])
      let run = try ActionRun(
        ProjectFile.yaml("action.yml"), inputs: inputs.merging(["args": "--effort\nfast"]) { $1 },
        workspace: checkout.blog, path: checkout.path)
      try await run.run()
      #expect(run.status == 0, "\(run.log)")
      let build = try await checkout.shell(#require(steps.last?["run"] as? String), in: checkout.blog)
      #expect(build.status == 0, "\(build.errors)")
      let published = try FileTree.files(below: checkout.blog + "/public").map(\.path)
      #expect(published.contains { $0.hasSuffix(".webp") })
    }

    /// A file for a build service that no test here knows would go untested.
    @Test func everyTemplateHasATest() throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: Project.root + "/Config/ci").sorted()
      #expect(
        files == [
          "cloudflare-pages.sh", "github-actions.yml", "github-check.yml", "github-shrink.yml",
          "gitlab-check.yml", "gitlab-ci.yml", "install-optimize-assets.sh", "netlify.toml",
        ])
    }
  }
}
