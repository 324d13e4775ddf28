import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// A built site whose pages are edited where they stand, or in a copy: what can be undone, and what is left where it is
  /// published.
  @Suite struct BuiltPagesTests {
    private static let journal = "optimize-assets.lock.json"

    private static func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try DrawnPages.write(to: folder)
      return folder
    }

    @discardableResult
    private static func run(_ folder: TemporaryFolder, _ arguments: String...) async throws -> OptimizeReport
    {
      let run = try await Product.run(
        [folder("site")] + arguments + ["--config", folder("quick.yml"), "--format", "json", "--quiet"])
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      return try JSONDecoder().decode(OptimizeReport.self, from: run.output)
    }

    private static func restore(_ folder: TemporaryFolder) async throws -> Command {
      try await Product.run(["restore", folder("site")])
    }

    // MARK: In place

    @Test func everyByteComesBack() async throws {
      let folder = try Self.site()
      let before = try TreeState.contents(of: folder("site"))
      let first = try await Self.run(folder, "--in-place")
      #expect(first.summary.postsRewritten == 2 && first.summary.pagesProven == 2)
      #expect(first.summary.referencesRewritten == 5)
      let edited = try TreeState.stamps(of: folder("site"))
      #expect(edited[Self.journal] != nil && !edited.keys.contains { $0.contains("manifest") })
      let second = try await Self.run(folder, "--in-place")
      #expect(TreeState.differences(edited, try TreeState.stamps(of: folder("site"))) == [])
      #expect(second.summary.postsRewritten == 0 && second.summary.pagesProven == 0)
      // What screens download is that of the pages as they were, and as they are.
      #expect(second.summary.downloadsBefore == first.summary.downloadsBefore)
      #expect(second.summary.downloads == first.summary.downloads)
      let restored = try await Self.restore(folder)
      #expect(restored.status == 0 && restored.errors.isEmpty, "\(restored.errors)")
      #expect(String(decoding: restored.output, as: UTF8.self).contains("pages       2 restored"))
      #expect(TreeState.differences(before, try TreeState.contents(of: folder("site"))) == [])
    }

    @Test func anotherConfigurationUpdatesTheSamePages() async throws {
      let folder = try Self.site()
      let before = try TreeState.contents(of: folder("site"))
      try await Self.run(folder, "--in-place")
      try folder.write(DrawnPages.settings.replacing("160, 320", with: "200"), to: "quick.yml")
      try await Self.run(folder, "--in-place")
      let page = try folder.text("site/posts/a/index.html")
      #expect(page.contains("200w") && !page.contains("160w"))
      #expect(try FileTree.files(below: folder("site")).allSatisfy { !$0.path.contains("-160w-") })
      _ = try await Self.restore(folder)
      #expect(TreeState.differences(before, try TreeState.contents(of: folder("site"))) == [])
    }

    @Test func anEditByHandSurvives() async throws {
      let folder = try Self.site()
      let path = "site/posts/a/index.html"
      let author = try folder.text(path)
      try await Self.run(folder, "--in-place")
      try folder.write(try folder.text(path).replacing(" two", with: " three"), to: path)
      let edited = try folder.text(path)
      try await Self.run(folder, "--in-place")
      #expect(try folder.text(path) == edited)
      let restored = try await Self.restore(folder)
      #expect(restored.status == 0, "\(restored.errors)")
      #expect(try folder.text(path) == author.replacing(" two", with: " three"))
    }

    /// A generator that builds into the same folder takes the edits away with its pages, and says nothing of the journal.
    @Test func pagesThatAreBuiltAnewAreEditedAnew() async throws {
      let folder = try Self.site()
      let before = try TreeState.contents(of: folder("site"))
      try await Self.run(folder, "--in-place")
      try DrawnPages.write(to: folder)
      try FileManager.default.removeItem(atPath: folder("site/posts/b"))
      let again = try await Self.run(folder, "--in-place")
      #expect(again.summary.postsRewritten == 1 && again.summary.encoded == 0)
      #expect(again.manifest.problems.allSatisfy { $0.rule != .authorEdit }, "\(again.manifest.problems)")
      _ = try await Self.restore(folder)
      let gone = TreeState.differences(before, try TreeState.contents(of: folder("site")))
      #expect(gone == ["posts/b/index.html"])
    }

    /// Pages as an author writes them in an old encoding, with a byte order mark or the line ends of Windows.
    @Test(arguments: [
      [UInt8]("\u{FEFF}<p>\r\n<img src=/img/a.jpg>\r\n".utf8),
      [0xE9] + Array("<p><img src=/img/a.jpg alt=".utf8) + [0xE9]
        + Array("><IMG SRC=/img/b.jpg>".utf8), Array("<img src=/img/a.jpg/>".utf8),
    ])
    func oddPagesComeBack(page: [UInt8]) async throws {
      let folder = try Self.site()
      try folder.write(Data(page), to: "site/odd.html")
      try await Self.run(folder, "--in-place")
      #expect(try FileAccess.read(folder("site/odd.html")) != Data(page))
      try await Self.run(folder, "--in-place")
      _ = try await Self.restore(folder)
      #expect(try FileAccess.read(folder("site/odd.html")) == Data(page))
    }

    // MARK: A copy

    /// A copy is published as it is: nothing of ours lies in it but images.
    @Test(arguments: [true, false]) func recordsLieBesideACopy(isInside: Bool) async throws {
      let folder = try Self.site()
      let output = folder(isInside ? "site/_optimized" : "public")
      let arguments = isInside ? [] : ["--output", output]
      let quick = ["--config", folder("quick.yml"), "--quiet"]
      for round in 1...2 {
        let run = try await Product.run([folder("site")] + arguments + quick)
        #expect(run.status == 0 && run.errors.isEmpty, "\(round): \(run.errors)")
      }
      let files = try FileTree.files(below: output).map(\.path)
      #expect(files.count > 8 && files.allSatisfy { !$0.contains("optimize-assets") }, "\(files)")
      #expect(!files.contains { $0.hasSuffix("manifest.json") })
      let records = isInside ? "site/._optimized.optimize-assets" : ".public.optimize-assets"
      for name in ["files", "manifest.json"] {
        #expect(FileManager.default.fileExists(atPath: folder("\(records)/\(name)")), "\(name)")
      }
    }

    /// Those of an earlier version are taken along.
    @Test func recordsInsideACopyAreMovedOut() async throws {
      let folder = try Self.site()
      try await Self.run(folder, "--output", folder("public"))
      try FileManager.default.moveItem(
        atPath: folder(".public.optimize-assets"), toPath: folder("public/.optimize-assets"))
      let state = try TreeState.contents(of: folder("public"), except: [".optimize-assets"])
      try await Self.run(folder, "--output", folder("public"))
      #expect(TreeState.differences(state, try TreeState.contents(of: folder("public"))) == [])
    }

    @Test func aFolderOfOthersIsNotFilled() async throws {
      let folder = try Self.site()
      try folder.write("mine", to: "public/index.html")
      let run = try await Product.run([folder("site"), "--output", folder("public")])
      #expect(run.status == 64)
      #expect(run.errors.contains("is not empty and was not made by optimize-assets"), "\(run.errors)")
      #expect(try folder.text("public/index.html") == "mine")
      #expect(folder.contents == ["public", "quick.yml", "site"])
    }

    /// The ladder may end at the width that the picture's own file is narrower than.
    @Test func noListNamesAFileTwice() async throws {
      let folder = try Self.site()
      try await Self.run(folder, "--output", folder("public"))
      let page = try folder.text("public/posts/b/index.html")
      let lists = page.components(separatedBy: "srcset=\"").dropFirst()
      #expect(lists.count > 4)
      for list in lists {
        let candidates = list.prefix { $0 != "\"" }.components(separatedBy: ", ")
        #expect(Set(candidates).count == candidates.count, "\(candidates)")
      }
    }

    // MARK: The summary

    @Test func theSummarySpeaksOfPages() async throws {
      let folder = try Self.site()
      let run = try await Product.run(
        [folder("site"), "--output", folder("public"), "--config", folder("quick.yml")])
      let text = String(decoding: run.output, as: UTF8.self)
      #expect(text.contains("  pages       3 read, 2 rewritten; 2 read again"), "\(text)")
      // The generator's own <picture> and list have gained candidates.
      #expect(!text.contains("  left "), "\(text)")
      #expect(text.contains("  downloads   phone: "), "\(text)")
      #expect(!text.contains("post"), "\(text)")
    }
  }
}
