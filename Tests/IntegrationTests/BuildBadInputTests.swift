import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// Generators that do not build, and destinations that are not to be replaced: what is served stays, and the message says
  /// what to do.
  @Suite struct BuildBadInputTests {
    struct Case: Sendable, CustomStringConvertible {
      var name: String
      var script: String
      var settings = ""
      var words: [String]

      var description: String { name }
    }

    static let cases = [
      Case(
        name: "hangs", script: "echo waiting; sleep 300", settings: "buildSeconds: 1\n",
        words: ["was stopped after 1 s", "buildSeconds:"]),
      Case(
        name: "asks and takes no answer for one", script: "printf 'Overwrite? (y/N) '; read answer || exit 4",
        words: ["status 4", "it asks, and nobody answers", "build:"]),
      Case(
        name: "asks and waits for a terminal", script: "echo 'Send statistics?'; sleep 300",
        settings: "buildSeconds: 1\n", words: ["was stopped after 1 s", "it asks, and nobody answers"]),
      Case(
        name: "starts what is not installed", script: "no-such-renderer-of-pages",
        words: ["status 127", "is not installed (see the lines above)"]),
      Case(
        name: "makes no page", script: "mkdir -p \"$1\" && echo x > \"$1/style.css\"",
        words: ["made no HTML page", "{destination}"]),
      Case(
        name: "writes elsewhere", script: "mkdir -p elsewhere && echo '<p>x' > elsewhere/index.html",
        words: ["made no HTML page", "{destination}"]),
      Case(name: "is killed", script: "kill -9 $$", words: ["the site's generator failed with status 9"]),
    ]

    @Test(arguments: cases) func whatIsServedStays(_ example: Case) async throws {
      let site = try ScriptedGenerator(example.script, settings: example.settings)
      try site.folder.write("served", to: "site/_site/index.html")
      let command = try await site.build()
      #expect(command.status == 69, "\(command.errors)")
      for words in example.words + ["what was published before is untouched"] {
        #expect(command.errors.contains(words), "\(command.errors)")
      }
      #expect(try FileTree.files(below: site.folder("site/_site")).map(\.path) == ["index.html"])
      #expect(try site.folder.text("site/_site/index.html") == "served")
      let left = try FileManager.default.contentsOfDirectory(atPath: site.folder("cache/build"))
      #expect(left.allSatisfy { !$0.hasPrefix("optimize-assets-") }, "\(left)")
    }

    /// A script of `package.json` is not told where to write, so it writes into a copy of the site, in which pages of an
    /// earlier build are not taken for new ones.
    @Test(.enabled(if: Programs.find("npm") != nil, "npm is not installed"))
    func aScriptThatIsNotDirectedRunsInACopy() async throws {
      let script = "rm -rf out && mkdir out && cp -r pages/. out"
      let site = try ScriptedGenerator(script)
      try FileManager.default.removeItem(atPath: site.folder("site/optimize-assets.yml"))
      try site.folder.write(#"{"scripts": {"build": "sh generate.sh"}}"#, to: "site/package.json")
      try site.folder.write("<p>old", to: "site/dist/index.html")
      try site.folder.write("<p>old", to: "site/out/index.html")
      let command = try await site.build()
      #expect(command.status == 0, "\(command.errors)")
      #expect(try site.folder.text("site/out/index.html").contains("srcset"))
      #expect(try site.folder.text("site/dist/index.html") == "<p>old")
    }

    /// The copy that the command without a name makes lies in the site.
    @Test func aCopyThatLiesInTheSiteIsNotBuiltWithIt() async throws {
      let folder = try TemporaryFolder([
        "site/.eleventy.js": "", "site/index.html": "<p>A", "site/_optimized/a.html": "<p>B",
      ])
      try folder.write(
        "#!/bin/sh\nmkdir -p ${1#--output=} && cp -r *.html _* ${1#--output=}\n", to: "bin/eleventy")
      try folder.write("<p>C", to: "site/_includes/c.html")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("bin/eleventy"))
      let command = try await Product.run(
        ["build", folder("site"), "--cache", folder("cache")],
        environment: ["PATH": "\(folder("bin")):/usr/bin:/bin"])
      #expect(command.status == 0, "\(command.errors)")
      #expect(
        try FileTree.files(below: folder("site/_site")).map(\.path) == ["_includes/c.html", "index.html"])
    }

    /// Eleventy reads every folder but the one that it writes to, which is another one here.
    @Test(arguments: ["_site", "web"])
    func thePagesOfAnEarlierBuildAreNotBuiltAgain(_ name: String) async throws {
      let folder = try TemporaryFolder(["site/.eleventy.js": "", "site/index.html": "<p>A"])
      try folder.write(
        "#!/bin/sh\nmkdir -p ${1#--output=} && cp -r $(ls | grep -v node_modules) ${1#--output=}\n",
        to: "bin/eleventy")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("bin/eleventy"))
      let output = folder("site/" + name)
      for _ in 0..<2 {
        let more = name == "_site" ? [] : ["--output", output]
        let command = try await Product.run(
          ["build", folder("site"), "--cache", folder("cache")] + more,
          environment: ["PATH": "\(folder("bin")):/usr/bin:/bin"])
        #expect(command.status == 0, "\(command.errors)")
        #expect(try FileTree.files(below: output).map(\.path) == ["index.html"])
      }
    }

    /// As GitHub Pages publishes sites from `docs`.
    @Test(.needsJekyll) func aFolderThatJekyllIsToldToWriteToIsNoSource() async throws {
      let folder = try TemporaryFolder([
        "site/_config.yml": "destination: docs\n", "site/index.html": "---\n---\n<p>A</p>\n",
      ])
      for _ in 0..<2 {
        let command = try await Product.run(["build", folder("site"), "--cache", folder("cache")])
        #expect(command.status == 0, "\(command.errors)")
        #expect(try FileTree.files(below: folder("site/docs")).map(\.path) == ["index.html"])
      }
    }

    @Test func aCommandThatIsNotDirectedIsRefused() async throws {
      let command = try await ScriptedGenerator(words: "make, site").build()
      #expect(command.status == 78 && command.errors.contains("{destination}"), "\(command.errors)")
    }

    @Test func aFolderOfSomebodyElseStays() async throws {
      let site = try ScriptedGenerator()
      try site.folder.write("years of work", to: "web/thesis.txt")
      let command = try await site.build("--output", site.folder("web"))
      #expect(command.status == 64, "\(command.errors)")
      #expect(command.errors.contains("choose an empty folder with --output"), "\(command.errors)")
      #expect(try FileTree.files(below: site.folder("web")).map(\.path) == ["thesis.txt"])
    }

    /// The folders of a build are its own: what somebody has changed in them is made again, without a word.
    @Test(arguments: [nil, "more"]) func aFileAlteredInTheBuildsOwnFolderIsMadeAgain(
      _ folderInItsPlace: String?
    ) async throws {
      let site = try ScriptedGenerator()
      #expect(try await site.build().status == 0)
      let pages = try TreeState.contents(of: site.folder("site/_site"))
      let altered = site.folder("cache/build/optimized/index.html")
      try #require(unlink(altered) == 0)
      try site.folder.write(
        "other", to: "cache/build/optimized/index.html" + (folderInItsPlace.map { "/" + $0 } ?? ""))
      let command = try await site.build("--quiet")
      #expect(command.status == 0 && command.errors.isEmpty, "\(command.errors)")
      #expect(try TreeState.contents(of: site.folder("site/_site")) == pages)
    }

    @Test func secondBuildAtOnceIsTurnedAway() async throws {
      let site = try ScriptedGenerator()
      try FileAccess.makeFolder(site.folder("cache/build"))
      let lock = try FolderLock(site.folder("cache/build"))
      let command = try await site.build()
      #expect(command.status == 75, "\(command.errors)")
      let words = "another build of this site is running (wait for it"
      #expect(command.errors.contains(words), "\(command.errors)")
      withExtendedLifetime(lock) {}
    }

    @Test func nodeThatIsNotThereIsNamed() async throws {
      let folder = try TemporaryFolder(["site/astro.config.mjs": "", "site/package-lock.json": "{}"])
      let missing = try await Product.run(["build", folder("site"), "--cache", folder("cache")])
      #expect(missing.status == 69)
      #expect(missing.errors.contains("astro is not installed"), "\(missing.errors)")
      #expect(missing.errors.contains("run npm ci in the site first"), "\(missing.errors)")
      let program = folder("site/node_modules/.bin/astro")
      try folder.write("#!/usr/bin/env node\n", to: "site/node_modules/.bin/astro")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let command = try await Product.run(
        ["build", folder("site"), "--cache", folder("cache")], environment: ["PATH": folder("bin")])
      #expect(command.status == 69)
      #expect(command.errors.contains("node is not installed"), "\(command.errors)")
      #expect(command.errors.contains("install Node.js"), "\(command.errors)")
    }
  }
}
