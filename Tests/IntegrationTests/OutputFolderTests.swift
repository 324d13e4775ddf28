import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// What lies in an output folder goes only where a run has written it, and nothing that a site brings can say otherwise.
  @Suite struct OutputFolderTests {
    private static let records = "/.optimize-assets/"

    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      return folder
    }

    private func optimize(_ folder: TemporaryFolder, site: String = "site") async throws -> Command {
      try await Product.run([folder(site), "--output", folder("out")])
    }

    /// A folder with somebody's work, and records that somebody else has made up for it.
    @Test(arguments: [
      "", "manifest.json", "files", "files of this site", "files with a wrong time", "link",
    ])
    func recordsThatAreMadeUpEmptyNothing(records: String) async throws {
      let folder = try site()
      try folder.write("years of work", to: "out/thesis.md")
      try folder.write("more", to: "out/style.css")
      let known = "optimize-assets copy 1\nsite ../site\n"
      let lines = ["thesis.md 13", "style.css 4"].map { line in
        let parts = line.split(separator: " ")
        return "\(parts[1]) 1700000000000000000 \(String(repeating: "0", count: 64)) \(parts[0])\n"
      }
      switch records {
      case "": try folder.write("", to: "out/.optimize-assets/x")
      case "manifest.json": try folder.write("{}", to: "out/.optimize-assets/manifest.json")
      case "files":
        try folder.write("optimize-assets copy 1\nsite ../other\n", to: "out/.optimize-assets/files")
      case "link":
        try folder.write(known, to: "records/files")
        try folder.link("out/.optimize-assets", to: "../records")
      case "files of this site": try folder.write(known, to: "out/.optimize-assets/files")
      default: try folder.write(known + lines.joined(), to: "out/.optimize-assets/files")
      }
      let run = try await optimize(folder)
      #expect(run.status == 64, "\(run.errors)")
      #expect(run.errors.contains("--output"), "\(run.errors)")
      #expect(try folder.text("out/thesis.md") == "years of work")
      #expect(try folder.text("out/style.css") == "more")
      #expect(try FileTree.files(below: folder("out")).count { !$0.path.hasPrefix(".") } == 2)
    }

    /// What lies in nobody's way stays, and is named.
    @Test func whatNoRunWroteStays() async throws {
      let folder = try site()
      #expect(try await optimize(folder).status == 0)
      try folder.write("years of work", to: "out/thesis.md")
      try folder.write("x", to: "out/node_modules/a/index.js")
      try FileManager.default.removeItem(atPath: folder("site/style.css"))
      for _ in 0..<2 {
        let run = try await optimize(folder)
        #expect(run.status == 0)
        #expect(run.errors.contains("a file that no run wrote, and that stays: thesis.md"), "\(run.errors)")
        #expect(try folder.text("out/thesis.md") == "years of work")
        #expect(FileManager.default.fileExists(atPath: folder("out/node_modules/a/index.js")))
        #expect(!FileManager.default.fileExists(atPath: folder("out/style.css")))
      }
      // In the way it is refused, before anything is written.
      try folder.write("---\n---\nnew", to: "site/thesis.md")
      let run = try await optimize(folder)
      #expect(run.status == 64)
      #expect(run.errors.contains("in the way that no run wrote: thesis.md"), "\(run.errors)")
      #expect(try folder.text("out/thesis.md") == "years of work")
    }

    /// A copy that was moved with its site, or checked out with other times, is known as one.
    @Test func aCopyIsKnownElsewhere() async throws {
      let folder = try site()
      #expect(try await optimize(folder).status == 0)
      let before = try TreeState.contents(of: folder("out"))
      for name in ["site", "out"] { try folder.copy(folder(name), to: "moved/" + name) }
      for file in try FileTree.files(below: folder("moved/out")) {
        FileCopy.setModified(1_700_000_000_000_000_000, of: folder("moved/out/" + file.path))
      }
      try folder.write("---\n---\nchanged\n", to: "moved/site/_posts/2026-01-02-harbour.md")
      let run = try await Product.run([folder("moved/site"), "--output", folder("moved/out")])
      #expect(run.status == 0, "\(run.errors)")
      #expect(!run.errors.contains("no run wrote"), "\(run.errors)")
      #expect(try folder.text("moved/out/_posts/2026-01-02-harbour.md") == "---\n---\nchanged\n")
      #expect(before.keys.contains("style.css"))
    }

    @Test func theCopyOfAnotherSiteIsRefused() async throws {
      let folder = try site()
      try DrawnSite.write(to: folder, name: "other")
      #expect(try await optimize(folder).status == 0)
      let run = try await optimize(folder, site: "other")
      #expect(run.status == 64)
      #expect(run.errors.contains("holds the copy of another site, ../site"), "\(run.errors)")
    }

    /// A link in the copy leads what is written below it elsewhere.
    @Test(arguments: ["_posts", "assets"]) func nothingIsWrittenThroughALink(name: String) async throws {
      let folder = try site()
      #expect(try await optimize(folder).status == 0)
      try FileAccess.makeFolder(folder("elsewhere"))
      try FileManager.default.removeItem(atPath: folder("out/" + name))
      try folder.link("out/" + name, to: "../elsewhere")
      let run = try await optimize(folder)
      #expect(run.status == 64, "\(run.errors)")
      #expect(folder.contents.contains("elsewhere"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder("elsewhere")).isEmpty)
    }
  }
}
