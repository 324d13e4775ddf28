import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// The command line tool as a user runs it.
  @Suite struct CommandTests {
    /// A drawn site in a folder that goes away with it.
    private struct Scene {
      let folder = try? TemporaryFolder()
      let site: String
      let output: String

      init() throws {
        let folder = try #require(folder)
        try DrawnSite.write(to: folder)
        site = folder("site")
        output = folder("out")
      }
    }

    @Test func leavesTheSiteAsItIs() async throws {
      let scene = try Scene()
      let before = try TreeState.contents(of: scene.site)
      let stamps = try TreeState.stamps(of: scene.site)
      _ = try await Product.optimize(scene.site, "--output", scene.output)
      #expect(TreeState.differences(before, try TreeState.contents(of: scene.site)) == [])
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: scene.site)) == [])
    }

    @Test func writesTheSameTreeWhateverTheNumberOfWorkers() async throws {
      let scene = try Scene()
      let folder = try #require(scene.folder)
      var trees: [[String: String]] = []
      for jobs in 1...2 {
        // Without a cache, from which the second run would take everything.
        _ = try await Product.optimize(
          scene.site, "--output", folder("jobs\(jobs)"), "--jobs", "\(jobs)", "--no-cache")
        // The manifest names no output folder, so it belongs to what must be the same.
        trees.append(try TreeState.contents(of: folder("jobs\(jobs)")))
      }
      #expect(trees[0].keys.contains { $0.hasSuffix(".webp") })
      #expect(TreeState.differences(trees[0], trees[1]) == [])
    }

    @Test func writesNothingTheSecondTime() async throws {
      let scene = try Scene()
      let first = try await Product.optimize(scene.site, "--output", scene.output)
      let stamps = try TreeState.stamps(of: scene.output)
      let second = try await Product.optimize(scene.site, "--output", scene.output)
      #expect(first.summary.encoded > 0)
      #expect(second.summary.encoded == 0)
      #expect(second.summary.variants == first.summary.variants)
      #expect(TreeState.differences(stamps, try TreeState.stamps(of: scene.output)) == [])
    }

    @Test func hasNothingToDoWhereEveryImageIsRemote() async throws {
      let folder = try TemporaryFolder()
      let site = folder("site")
      try FileAccess.write(Data("title: remote\n".utf8), to: site + "/_config.yml")
      try FileAccess.write(
        Data("---\n---\n![a](https://example.org/a.png)\n".utf8), to: site + "/_posts/2024-01-02-a.md")
      let report = try await Product.optimize(site, "--output", folder("out"))
      #expect(report.summary.references == ["remote": 1])
      #expect(report.summary.variants == 0)
    }

    @Test func writesNothingInADryRun() async throws {
      let scene = try Scene()
      let before = try TreeState.stamps(of: scene.site)
      let report = try await Product.optimize(scene.site, "--dry-run")
      #expect(report.summary.variants > 0)
      #expect(report.summary.encoded == 0)
      _ = try await Product.optimize(scene.site, "--dry-run", "--output", scene.output)
      #expect(!FileManager.default.fileExists(atPath: scene.output))
      #expect(TreeState.differences(before, try TreeState.stamps(of: scene.site)) == [])
    }

    @Test func scansAsJSON() async throws {
      let scene = try Scene()
      let command = try await Product.run(["scan", scene.site, "--format", "json"])
      #expect(command.status == 0)
      let manifest = try AssetManifest(json: command.output)
      #expect(manifest.posts.map(\.path).contains("_posts/2026-01-03-바다.md"))
      #expect(manifest.references.count { $0.status == .missing } == 1)
      #expect(manifest.references.count { $0.status == .local } == 8)
      #expect(manifest.sources.map(\.path).contains("assets/images/바다 사진 (1).jpg"))
      #expect(manifest.variants.isEmpty)
    }

    @Test func goesOnPastABrokenImage() async throws {
      let scene = try Scene()
      let folder = try #require(scene.folder)
      let path = "assets/images/harbour.jpg"
      let whole = try FileAccess.read(scene.site + "/" + path)
      try folder.write(whole.prefix(whole.count / 3), to: "site/" + path)
      let command = try await Product.run([scene.site, "--output", scene.output, "--format", "json"])
      #expect(command.status == 1)
      let report = try JSONDecoder().decode(OptimizeReport.self, from: command.output)
      #expect(report.manifest.problems.contains { $0.severity == .error && $0.file == path })
      #expect(report.manifest.variants.allSatisfy { $0.source != path })
      #expect(Set(report.manifest.variants.map(\.source)).count == 3)
      let post = String(
        decoding: try FileAccess.read(scene.output + "/_posts/2026-01-02-harbour.md"), as: UTF8.self)
      #expect(post.contains("![The harbour](/assets/images/harbour.jpg)\n"))
      #expect(post.contains("image: /assets/images/harbour.jpg\n"))
      #expect(post.contains("srcset=\"../../assets/optimized/assets/images/screen-"))
      #expect(try FileAccess.read(scene.output + "/" + path) == whole.prefix(whole.count / 3))
    }

    /// Each way to fail, what it is told by, and the text that says so.
    enum Failure: String, CaseIterable, Sendable {
      case cacheInOutput, unknownOption, noJobs, bothPlaces, foreignOutput, forceAlone
      case noSite, noKind
      case outputBelowAFile
      case unknownKey, brokenYAML

      var status: Int32 {
        switch self {
        case .unknownOption, .noJobs, .bothPlaces, .foreignOutput, .forceAlone, .cacheInOutput: 64
        case .noSite, .noKind: 66
        case .outputBelowAFile: 74
        case .unknownKey, .brokenYAML: 78
        }
      }

      /// What the message must name, however it is worded.
      var name: String {
        switch self {
        case .unknownOption: "--bogus"
        case .noJobs: "--jobs"
        case .bothPlaces: "--in-place"
        case .foreignOutput: "out"
        case .forceAlone: "--force"
        case .cacheInOutput: "out/cache"
        case .noSite: "nowhere"
        case .noKind: "empty"
        case .outputBelowAFile: "a-file"
        case .unknownKey: "bad.yml:2"
        case .brokenYAML: "bad.yml"
        }
      }
    }

    @Test(arguments: Failure.allCases)
    func failsWithItsExitCode(failure: Failure) async throws {
      let scene = try Scene()
      let folder = try #require(scene.folder)
      var arguments = [scene.site, "--output", scene.output]
      switch failure {
      case .unknownOption: arguments.append("--bogus")
      case .noJobs: arguments += ["--jobs", "0"]
      case .bothPlaces: arguments.append("--in-place")
      case .foreignOutput: try folder.write("mine", to: "out/mine.txt")
      case .forceAlone: arguments.append("--force")
      case .cacheInOutput: arguments += ["--cache", scene.output + "/cache"]
      case .noSite: arguments[0] = folder("nowhere")
      case .noKind:
        try FileAccess.makeFolder(folder("empty"))
        arguments[0] = folder("empty")
      case .outputBelowAFile:
        // Tests may run as root, whom no permission stops; a path below a file stops everybody.
        try folder.write("", to: "a-file")
        arguments[2] = folder("a-file/out")
      case .unknownKey:
        try folder.write("jobs: 1\nmarkupp: picture\n", to: "bad.yml")
        arguments += ["--config", folder("bad.yml")]
      case .brokenYAML:
        try folder.write("jobs: [1\n", to: "bad.yml")
        arguments += ["--config", folder("bad.yml")]
      }
      let before = try TreeState.contents(of: scene.site)
      let command = try await Product.run(arguments)
      #expect(command.status == failure.status, "\(command.errors)")
      // The fault that a user made is named in the user's words, and in ours as the file has it.
      #expect(command.errors.contains(failure.name), "\(command.errors)")
      try Snapshot.expect(
        command.errors, "failures/\(failure.rawValue).txt", replacing: [folder.path: "FOLDER"])
      #expect(TreeState.differences(before, try TreeState.contents(of: scene.site)) == [])
      if failure == .foreignOutput {
        #expect(try TreeState.contents(of: scene.output).keys.sorted() == ["mine.txt"])
      }
    }

    @Test func saysItsExitCodesInItsHelp() async throws {
      let help = try await Product.run(["--help"])
      #expect(help.status == 0)
      for code in ["0 ", "1 ", "64 ", "65 ", "66 ", "74 ", "75 ", "78 "] {
        #expect(help.text.contains("\n  " + code))
      }
    }
  }
}
