import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// Sites that a stranger made: nothing of theirs runs, nothing outside is read or written, and the message says why.
  @Suite struct StrangersSiteTests {
    /// A Jekyll site with a picture, in a folder that goes with the value.
    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      return folder
    }

    private func commit(_ folder: String) async throws {
      let git = try #require(Programs.git)
      try await Command.succeed(git, ["init", "-q", folder])
      try await Command.succeed(git, ["-C", folder, "add", "-A"])
      try await Command.succeed(
        git, ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"])
    }

    private func journal(naming path: String) -> String {
      """
      {"version":1,"folders":[],"posts":[{"path":"\(path)","sha256":"00","spans":[{"old":"a","new":"b"}]}],
      "sources":[],"others":[]}
      """
    }

    @Test(arguments: [".git/config", "sub/.GIT/hooks/x", ".github/workflows/ci.yml", "notes.txt"])
    func aJournalNamesPostsAlone(path: String) async throws {
      let folder = try site()
      try folder.write("b", to: "site/" + path)
      try folder.write(journal(naming: path), to: "site/optimize-assets.lock.json")
      let run = try await Product.run(["restore", folder("site")])
      #expect(run.status == 65)
      #expect(run.errors.contains("the journal names \(path)"), "\(run.errors)")
      #expect(try folder.text("site/" + path) == "b")
    }

    @Test(.needsGit) func aFolderThatLooksLikeARepositoryIsNone() async throws {
      let folder = try site()
      let pwned = folder("pwned")
      for name in ["objects/keep", "refs/keep"] { try folder.write("", to: "site/" + name) }
      try folder.write("ref: refs/heads/main\n", to: "site/HEAD")
      try folder.write(
        """
        [core]
        \tbare = false
        \trepositoryformatversion = 1
        [extensions]
        \tpartialClone = origin
        [remote "origin"]
        \turl = .
        \tuploadpack = "touch \(pwned); git-upload-pack"

        """, to: "site/config")
      try await commit(folder.path)
      let run = try await Product.run(["check", folder("site"), "--baseline-ref", "HEAD"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: pwned))
    }

    @Test(.needsGit) func programsThatARepositoryNamesAreNotRun() async throws {
      let folder = try site()
      let git = try #require(Programs.git)
      let site = folder("site")
      try await commit(site)
      try await Command.succeed(git, ["-C", site, "config", "core.fsmonitor", "touch \(folder("a")); false"])
      try await Command.succeed(git, ["-C", site, "config", "filter.x.clean", "touch \(folder("b")); cat"])
      try folder.write("* filter=x\n", to: "site/.git/info/attributes")
      // What has another time is compared with what is committed.
      for post in try FileManager.default.contentsOfDirectory(atPath: site + "/_posts") {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
          ofItemAtPath: site + "/_posts/" + post)
      }
      let run = try await Product.run([site, "--in-place"])
      #expect(run.status == 0, "\(run.errors)")
      for name in ["a", "b"] { #expect(!FileManager.default.fileExists(atPath: folder(name)), "\(name)") }
    }

    @Test(arguments: ["../home", "/tmp/optimize-assets-elsewhere", ".git/x", "."])
    func aConfigurationsOutputIsInTheSite(output: String) async throws {
      let folder = try site()
      try folder.write("output: \(output)\n", to: "site/optimize-assets.yml")
      let run = try await Product.run([folder("site")])
      #expect(run.status == 78)
      #expect(run.errors.contains("output must name a folder inside the site"), "\(run.errors)")
    }

    @Test func anOutputFolderThatIsALinkOutOfTheSiteIsRefused() async throws {
      let folder = try site()
      try FileManager.default.createDirectory(atPath: folder("outside"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: folder("site/_optimized"), withDestinationPath: "../outside")
      let run = try await Product.run([folder("site")])
      #expect(run.status == 64)
      #expect(run.errors.contains("_optimized leads out of the site"), "\(run.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder("outside")).isEmpty)
    }

    @Test(.needsGit) func theRepositoryInAnOutputFolderStays() async throws {
      let folder = try site()
      try folder.write("[core]\n", to: "out/.git/config")
      for _ in 0..<2 {
        let run = try await Product.run([folder("site"), "--output", folder("out")])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try folder.text("out/.git/config") == "[core]\n")
      }
    }

    @Test(arguments: ["scan", "check"]) func controlCharactersOfNamesAreSpelledOut(command: String)
      async throws
    {
      let folder = try TemporaryFolder([
        "_config.yml": "",
        "_posts/2020-01-01-a.md": "---\n---\n![a](/n.jpg%0a::stop-commands::tok) ![b](/x%1b]52;c.png)\n",
      ])
      let run = try await Product.run([command, folder.path])
      let lines = (run.text + run.errors).split(separator: "\n")
      #expect(!lines.contains { $0.hasPrefix("::") })
      #expect(!(run.text + run.errors).unicodeScalars.contains("\u{1B}"))
    }

    @Test(arguments: ["optimize-assets.yml", "optimize-assets.lock.json"])
    func aPipeInAFilesPlaceIsRefused(name: String) async throws {
      let folder = try site()
      #expect(mkfifo(folder("site/" + name), 0o600) == 0)
      let run = try await Product.run(["restore", folder("site")], seconds: 20)
      #expect(run.status == 74)
      #expect(run.errors.contains("\(name): it is not a regular file"), "\(run.errors)")
    }

    @Test func aConfigurationOutsideIsNotRead() async throws {
      let folder = try site()
      try folder.write("secret: 1\n", to: "outside.yml")
      try FileManager.default.createSymbolicLink(
        atPath: folder("site/optimize-assets.yml"), withDestinationPath: "../outside.yml")
      let run = try await Product.run(["scan", folder("site")])
      #expect(run.status == 78)
      #expect(!run.errors.contains("secret"), "\(run.errors)")
      #expect(run.errors.contains("leads out of the site"), "\(run.errors)")
    }

    @Test func newImagesOfPagesStayInTheSite() async throws {
      let folder = try site()
      let image = try #require(
        FileManager.default.enumerator(atPath: folder("site"))?.compactMap { $0 as? String }
          .first { $0.hasSuffix(".jpg") || $0.hasSuffix(".png") })
      try folder.write(
        try Data(contentsOf: URL(fileURLWithPath: folder("site/" + image))),
        to: "built/img/a." + image.suffix(3))
      try folder.write(
        "<!doctype html><title>x</title><img src=\"img/a.\(image.suffix(3))\">", to: "built/index.html")
      try FileManager.default.createDirectory(atPath: folder("outside"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: folder("built/assets"), withDestinationPath: "../outside")
      let run = try await Product.run([folder("built"), "--in-place"])
      #expect(run.status == 75)
      #expect(run.errors.contains("leads out of the site"), "\(run.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder("outside")).isEmpty)
    }

    @Test(.needsJekyll) func theCommandIsToldBeforeItRuns() async throws {
      let folder = try site()
      try folder.write("build: [\"false\", \"{destination}\"]\n", to: "site/optimize-assets.yml")
      let run = try await Product.run(["verify", folder("site")])
      #expect(run.errors.contains("building a copy of the site: false {destination}\n"), "\(run.errors)")
    }
  }
}
