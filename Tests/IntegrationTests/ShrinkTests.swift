import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import TestSupport
import Testing

extension IntegrationTests {
  /// `shrink` as a user runs it in a repository.
  @Suite(.needsGit) struct ShrinkTests {
    /// A repository with pictures that can be made lighter, and one that cannot.
    struct Scene {
      let folder: TemporaryFolder
      let path: String
      let repository: Repository

      static let pictures = ["img/a.jpg", "img/b.png", "img/c.webp"]

      init(also: (TemporaryFolder) throws -> Void = { _ in }) async throws {
        folder = try TemporaryFolder()
        path = folder("repository")
        try folder.write(
          DrawnSite.picture(400, 300, grain: 7).jpeg(quality: 98, chroma: .full), to: "repository/img/a.jpg")
        try folder.write(DrawnSite.picture(200, 150, grain: 3).heavyPNG(), to: "repository/img/b.png")
        try folder.write(
          DrawnSite.picture(400, 300, grain: 5).webp(quality: 98, effort: 2, sharpChroma: false),
          to: "repository/img/c.webp")
        try folder.write("text", to: "repository/README.md")
        try also(folder)
        repository = try await Repository(path)
      }

      func shrink(
        _ arguments: String..., in inner: String = "", cache: String = "cache", fails: Bool = false
      ) async throws -> Command {
        let command = try await Product.run(
          ["shrink"] + arguments, in: inner.isEmpty ? path : path + "/" + inner,
          environment: ["OPTIMIZE_ASSETS_CACHE": folder(cache)])
        if !fails { #expect(command.status == 0, "\(command.errors)") }
        return command
      }

      /// What `--format json` says.
      func account(_ arguments: String..., cache: String = "cache") async throws -> ShrinkAccount {
        let command = try await Product.run(
          ["shrink", "--format", "json", "-q"] + arguments, in: path,
          environment: ["OPTIMIZE_ASSETS_CACHE": folder(cache)])
        struct Document: Decodable { var account: ShrinkAccount }
        return try JSONDecoder().decode(Document.self, from: command.output).account
      }

      func restore(_ arguments: String..., cache: String = "cache") async throws -> Command {
        try await Product.run(
          ["restore", path] + arguments, environment: ["OPTIMIZE_ASSETS_CACHE": folder(cache)])
      }

      func data(_ name: String) throws -> Data { try FileAccess.read(path + "/" + name) }
      func write(_ data: Data, to name: String) throws { try folder.write(data, to: "repository/" + name) }
      func state() throws -> [String: String] { try TreeState.contents(of: path) }
      var hasLedger: Bool { access(path + "/" + RecordFiles.originals, F_OK) == 0 }
    }

    // MARK: What it does

    @Test func picturesBecomeLighterAndComeBack() async throws {
      let scene = try await Scene()
      chmod(scene.path + "/img/a.jpg", 0o600)
      let before = try scene.state()
      let account = try await scene.account()
      #expect(account.lighter.map(\.path) == Scene.pictures)
      for picture in account.lighter {
        let data = try scene.data(picture.path)
        #expect(data.count == picture.after && picture.after < picture.before * 95 / 100)
        #expect(picture.score >= 85)
      }
      #expect(FileAccess.mode(of: scene.path + "/img/a.jpg") == 0o600)
      #expect(scene.hasLedger)

      let restored = try await scene.restore()
      #expect(restored.status == 0, "\(restored.errors)")
      #expect(restored.text.contains("originals   3 restored"))
      #expect(try scene.state() == before)
      #expect(FileAccess.mode(of: scene.path + "/img/a.jpg") == 0o600)
    }

    @Test func aDryRunAndACheckWriteNothing() async throws {
      let scene = try await Scene()
      let before = try scene.state()
      let dry = try await scene.shrink("--dry-run")
      #expect(dry.text.contains("img/a.jpg: "))
      let check = try await scene.shrink("--check", fails: true)
      #expect(check.status == 1)
      #expect(check.text.contains("img/a.jpg: error: could have "))
      #expect(check.text.contains("(optimize-assets shrink img/a.jpg) [heavy-original]"))
      #expect(try scene.state() == before)
      _ = try await scene.shrink()
      #expect(try await scene.shrink("--check").status == 0)
    }

    @Test(arguments: ["markdown", "json", "github", "gitlab", "sarif", "junit"])
    func aCheckIsWrittenInEachFormat(_ format: String) async throws {
      let scene = try await Scene()
      let check = try await scene.shrink("--check", "--format", format, fails: true)
      #expect(check.status == 1)
      #expect(check.text.contains("img/a.jpg"))
      if format == "markdown" { #expect(check.text.contains("| File | Before | After | Change | Score |")) }
    }

    @Test func aFileStaysThatWouldSaveTooLittle() async throws {
      let scene = try await Scene()
      let account = try await scene.account("--dry-run", "--min-saving", "99%")
      #expect(account.lighter.isEmpty && account.pictures == 3)
      #expect(try await scene.account("--dry-run", "--min-saving", "1MB").lighter.isEmpty)
      #expect(try await scene.account("--dry-run", "--min-saving", "1%,0").lighter.count == 3)
    }

    @Test func aCapMakesPicturesShorter() async throws {
      let scene = try await Scene()
      let account = try await scene.account("--max", "100", "img/a.jpg")
      #expect(account.lighter.map(\.size) == [[100, 75]])
      // The next run does not ask for it, and lets it be.
      #expect(try await scene.account("img/a.jpg").lighter.isEmpty)
    }

    @Test("a cap names the posts that show a picture at its own size")
    func aCapNamesPosts() async throws {
      let scene = try await Scene { folder in
        try folder.write("title: A\n", to: "repository/_config.yml")
        try folder.write(
          "---\n---\n![a](/img/a.jpg) <img src=\"/img/c.webp\" width=\"50\">\n",
          to: "repository/_posts/2026-01-02-a.md")
      }
      let command = try await scene.shrink("--max", "100", "--dry-run")
      #expect(
        command.errors.contains(
          "_posts/2026-01-02-a.md:3:1: warning: shows img/a.jpg at its own size, which is 100x75 pixels now (look at"
        ))
      #expect(!command.errors.contains("img/c.webp"))
    }

    @Test func configurationTellsByGlob() async throws {
      let scene = try await Scene { folder in
        try folder.write(
          "originals:\n  target: 80\n  apply:\n    - {glob: '*.webp', target: 60}\n",
          to: "repository/optimize-assets.yml")
      }
      let account = try await scene.account()
      let scores = Dictionary(uniqueKeysWithValues: account.lighter.map { ($0.path, $0.score) })
      #expect(try (80..<86).contains(#require(scores["img/a.jpg"])))
      #expect(try (60..<68).contains(#require(scores["img/c.webp"])))
      #expect(scores["img/b.png"] == 100)
    }

    // MARK: Never a second generation

    /// What may happen to a picture that was made lighter.
    enum Fate: String, CaseIterable, Sendable {
      case nothing, renamed, cloned, otherMachine, ledgerLost, merged
    }

    @Test(arguments: Fate.allCases)
    func aLighterPictureIsNoOriginal(_ fate: Fate) async throws {
      let scene = try await Scene()
      _ = try await scene.shrink()
      try await scene.repository.commit()
      var (path, cache) = (scene.path, "cache")
      switch fate {
      case .nothing: break
      case .renamed: try await scene.repository.git("mv", "img/a.jpg", "another name.jpg")
      case .cloned, .otherMachine:
        path = scene.folder("clone")
        try await scene.repository.git("clone", "--quiet", scene.path, path)
        if fate == .otherMachine { cache = "another cache" }
      case .ledgerLost: try FileManager.default.removeItem(atPath: path + "/" + RecordFiles.originals)
      case .merged:
        let text = try scene.folder.text("repository/" + RecordFiles.originals)
        try scene.folder.write(
          "<<<<<<< HEAD\n" + text + "=======\n>>>>>>> branch\n", to: "repository/" + RecordFiles.originals)
      }
      let before = try TreeState.contents(of: path).filter {
        $0.key.hasPrefix("img") || $0.key.hasSuffix("jpg")
      }
      let command = try await Product.run(
        ["shrink"], in: path, environment: ["OPTIMIZE_ASSETS_CACHE": scene.folder(cache)])
      #expect(command.text.contains("3 looked at, 3 made lighter before"), "\(command.text)")
      let after = try TreeState.contents(of: path).filter {
        $0.key.hasPrefix("img") || $0.key.hasSuffix("jpg")
      }
      #expect(after == before)
    }

    @Test("another target starts from the original, also where that is in git alone")
    func anotherTargetStartsFromTheOriginal() async throws {
      let scene = try await Scene()
      let original = try scene.data("img/a.jpg")
      _ = try await scene.account("img/a.jpg")
      let first = try scene.data("img/a.jpg")
      try await scene.repository.commit()
      try scene.folder.write("originals: {target: 60}\n", to: "repository/optimize-assets.yml")
      #expect(
        try await scene.account("img/a.jpg", cache: "another cache").lighter.map(\.path) == ["img/a.jpg"])
      let second = try scene.data("img/a.jpg")
      #expect(second.count < first.count)
      // What is made of the original itself at once is the same.
      try scene.write(original, to: "img/a.jpg")
      _ = try await scene.account("img/a.jpg", cache: "a third cache")
      #expect(try scene.data("img/a.jpg") == second)
      // A target that nothing meets with fewer bytes gives the original back.
      try scene.folder.write("originals: {target: 100}\n", to: "repository/optimize-assets.yml")
      let back = try await scene.account("img/a.jpg")
      #expect(back.lighter.map(\.isOriginal) == [true])
      #expect(try scene.data("img/a.jpg") == original)
    }

    @Test func anOriginalThatIsGoneIsSaid() async throws {
      let scene = try await Scene()
      let loose = try DrawnSite.picture(400, 300, grain: 2).jpeg(quality: 98, chroma: .full)
      try scene.write(loose, to: "img/loose.jpg")
      _ = try await scene.account("img/loose.jpg")
      #expect(try scene.data("img/loose.jpg") != loose)
      try scene.folder.write("originals: {target: 60}\n", to: "repository/optimize-assets.yml")
      // Without the cache, in which its original is, nobody has it: no commit does.
      let other = try await scene.shrink("img/loose.jpg", cache: "another cache")
      #expect(
        other.errors.contains(
          "img/loose.jpg: warning: cannot be made anew as it is asked for now: neither git nor the cache has its original"
        ))
      let restore = try await scene.restore(cache: "another cache")
      #expect(restore.status == 1)
      #expect(restore.errors.contains("img/loose.jpg: error: cannot be given back"))
      #expect(try await scene.restore().status == 0)
      #expect(try scene.data("img/loose.jpg") == loose)
    }

    // MARK: Undo

    @Test("what neither git nor a cache can keep is not replaced")
    func nothingIsReplacedThatCannotBeHadBack() async throws {
      let scene = try await Scene()
      try scene.write(
        DrawnSite.picture(400, 300, grain: 2).jpeg(quality: 98, chroma: .full), to: "img/loose.jpg")
      let loose = try scene.data("img/loose.jpg")
      let command = try await scene.shrink("--no-cache")
      #expect(
        command.errors.contains(
          "img/loose.jpg: warning: left as it is: neither git nor a cache has its original"))
      #expect(try scene.data("img/loose.jpg") == loose)
      // Those that are committed need no cache.
      #expect(command.text.contains("3 files, "))
      try await scene.repository.git("add", "img/loose.jpg")
      #expect(try await scene.shrink("--no-cache").text.contains("1 file, "))
    }

    @Test func restoreGivesBackWhatIsAskedFor() async throws {
      let scene = try await Scene()
      let originals = try Scene.pictures.map(scene.data)
      _ = try await scene.account()
      let lighter = try Scene.pictures.map(scene.data)
      #expect(try await scene.restore("--dry-run").text.contains("originals   3 to restore"))
      #expect(try Scene.pictures.map(scene.data) == lighter)
      _ = try await scene.restore("--only", "*.png")
      #expect(try Scene.pictures.map(scene.data) == [lighter[0], originals[1], lighter[2]])
      #expect(scene.hasLedger)
      _ = try await scene.restore()
      #expect(try Scene.pictures.map(scene.data) == originals)
      #expect(!scene.hasLedger)
    }

    // MARK: What is looked at

    @Test func changedPicturesAlone() async throws {
      let scene = try await Scene()
      try await scene.repository.git("branch", "base")
      try scene.write(
        DrawnSite.picture(400, 300, grain: 2).jpeg(quality: 98, chroma: .full), to: "img/new.jpg")
      let account = try await scene.account("--dry-run", "--changed-since", "base")
      #expect(account.lighter.map(\.path) == ["img/new.jpg"] && account.pictures == 1)
      let unknown = try await scene.shrink("--changed-since", "nowhere", fails: true)
      #expect(unknown.status == 78)
    }

    @Test func pathsAreOfTheWorkingFolder() async throws {
      let scene = try await Scene()
      let command = try await scene.shrink("--dry-run", "a.jpg", "./a.jpg", "../img/a.jpg", in: "img")
      #expect(command.text.contains("1 looked at"))
      let outside = try await scene.shrink("--dry-run", "img/a.jpg", scene.folder.path, fails: true)
      #expect(outside.status == 1)
      #expect(outside.errors.contains("and stays as it is"))
      #expect(outside.text.contains("1 looked at"))
    }
  }
}
