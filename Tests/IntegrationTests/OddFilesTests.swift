import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// Sites with files that are no plain files, or cannot be read: the rest is done, and what is not is a warning.
  @Suite struct OddFilesTests {
    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      return folder
    }

    private func posts(in folder: TemporaryFolder) throws -> [String] {
      try FileTree.files(below: folder("out/_posts")).map(\.path)
    }

    /// What a run without a word to it has to do whatever lies in the site.
    private func optimize(_ folder: TemporaryFolder) async throws -> Command {
      let run = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(run.status == 0, "\(run.errors)")
      #expect(try posts(in: folder).count == 2)
      return run
    }

    private func write(_ text: String, atBytes path: String) {
      var bytes = path.utf8.map { CChar(bitPattern: $0 == UInt8(ascii: "?") ? 0xE9 : $0) }
      bytes.append(0)
      let file = fopen(bytes, "w")
      fputs(text, file)
      if let file { fclose(file) }
    }

    private func names(_ folder: String) -> [String] {
      (try? FileTree.list(below: folder))?.unnamed.map(\.entry.path) ?? []
    }

    @Test func namesThatAreNoTextAreCopied() async throws {
      let folder = try site()
      try FileAccess.makeFolder(folder("site/old"))
      write("1", atBytes: folder("site/caf?.txt"))
      write("---\n---\n", atBytes: folder("site/old/caf?.md"))
      try #require(names(folder("site")) == ["caf\\xE9.txt", "old/caf\\xE9.md"])
      let run = try await optimize(folder)
      #expect(names(folder("out")) == names(folder("site")))
      #expect(run.errors.contains("old/caf\\xE9.md: warning: left as it is: its name is not valid UTF-8"))
      // A second run neither complains nor copies, and what is gone goes.
      #expect(!(try await optimize(folder)).errors.contains("no run wrote"))
      try FileManager.default.removeItem(atPath: folder("site/old"))
      _ = try await optimize(folder)
      #expect(names(folder("out")) == ["caf\\xE9.txt"])
    }

    @Test(arguments: ["store/pictures", "/absolute"]) func aFolderOfPicturesCanBeALink(target: String)
      async throws
    {
      let folder = try site()
      try FileAccess.makeFolder(folder("site/store"))
      try FileManager.default.moveItem(atPath: folder("site/assets"), toPath: folder("site/store/pictures"))
      let text = target.hasPrefix("/") ? folder("site/store/pictures") : target
      try folder.link("site/assets", to: text)
      for _ in 0..<2 {
        _ = try await optimize(folder)
        let links = try FileTree.files(below: folder("out")).filter { $0.kind != .file }
        #expect(links.map(\.path) == ["assets"])
        #expect(links.first?.kind == .link("store/pictures"))
        let made = try FileTree.files(below: folder("out/store/pictures/optimized")).map(\.path)
        #expect(made.contains { $0.hasSuffix(".webp") })
      }
      // Nothing is written through a link into the site itself.
      #expect(!FileManager.default.fileExists(atPath: folder("site/store/pictures/optimized")))
    }

    @Test func aLinkOutOfTheSiteTakesNoNewImages() async throws {
      let folder = try site()
      try FileManager.default.moveItem(atPath: folder("site/assets"), toPath: folder("outside"))
      try folder.link("site/assets", to: "../outside")
      let run = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(run.status == 75)
      #expect(run.errors.contains("assets leads out of the site"), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder("outside/optimized")))
    }

    @Test func pipesAreLeftOutWithAWarning() async throws {
      let folder = try site()
      try #require(mkfifo(folder("site/assets/queue"), 0o600) == 0)
      try folder.link("site/dangling", to: "nowhere")
      let run = try await optimize(folder)
      #expect(run.errors.contains("assets/queue: warning: is a pipe, a socket or a device"), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder("out/assets/queue")))
      let link = try FileTree.files(below: folder("out")).first { $0.path == "dangling" }
      #expect(link?.kind == .link("nowhere"))
    }

    /// A site with a post, a page, a folder and a picture that cannot be read.
    private func closed() throws -> TemporaryFolder {
      let folder = try site()
      try folder.write("---\n---\n![a](/assets/images/screen.png)\n", to: "site/_posts/2026-01-04-closed.md")
      try folder.write("text", to: "site/drawer/notes.txt")
      try folder.write("x", to: "site/locked.txt")
      for name in ["_posts/2026-01-04-closed.md", "drawer", "locked.txt"] {
        try #require(chmod(folder("site/" + name), 0) == 0)
      }
      return folder
    }

    /// They are open again, so that they can be removed.
    private func open(_ folder: TemporaryFolder) { chmod(folder("site/drawer"), 0o755) }

    private func expectOneWarningEach(_ names: [String], _ run: Command) {
      for name in names {
        let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix(name) }
        #expect(lines.count == 1, "\(name): \(run.errors)")
        #expect(lines.first?.contains("cannot be read") == true, "\(run.errors)")
      }
    }

    @Test(.needsOrdinaryUser) func whatCannotBeReadIsLeftOut() async throws {
      let folder = try closed()
      defer { open(folder) }
      for _ in 0..<2 {
        let run = try await OrdinaryUser.run([folder("site"), "--output", folder("out")], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        expectOneWarningEach(["_posts/2026-01-04-closed.md", "drawer", "locked.txt"], run)
        #expect(try posts(in: folder).count == 2)
      }
    }

    @Test(.needsOrdinaryUser, arguments: [["scan"], ["check"], ["--in-place", "--force"]])
    func theRestIsLookedAt(command: [String]) async throws {
      let folder = try closed()
      defer { open(folder) }
      let run = try await OrdinaryUser.run(command + [folder("site")], in: folder)
      #expect(run.status == (command == ["check"] ? 2 : 0), "\(run.errors)")
      expectOneWarningEach(["_posts/2026-01-04-closed.md", "drawer"], run)
    }
  }
}
