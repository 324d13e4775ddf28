import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import TestSupport
import Testing
import Vips

extension IntegrationTests {
  /// What `shrink` leaves alone: each file stays whole, and is named.
  @Suite(.needsGit) struct ShrinkInputTests {
    private static func photograph(_ grain: Int = 7) throws -> Data {
      try DrawnSite.picture(400, 300, grain: grain).jpeg(quality: 98, chroma: .full)
    }

    struct Case: CustomTestStringConvertible, Sendable {
      var testDescription: String
      /// Words of what is said.
      var words: String
      var status: Int32 = 0
      /// Makes the files in a repository whose other files are committed.
      var make: @Sendable (_ repository: String) async throws -> Void

      init(
        _ name: String, _ words: String, status: Int32 = 0,
        _ make: @escaping @Sendable (String) async throws -> Void
      ) {
        (testDescription, self.words, self.status, self.make) = (name, words, status, make)
      }
    }

    static let cases: [Case] = [
      Case("read-only", "a.jpg: note: left as it is: it is read-only") { path in
        try FileAccess.write(photograph(), to: path + "/a.jpg")
        chmod(path + "/a.jpg", 0o444)
      },
      Case("a symbolic link", "b.jpg: note: left as it is: it is a symbolic link") { path in
        try FileManager.default.createSymbolicLink(atPath: path + "/b.jpg", withDestinationPath: "text.jpg")
        try FileAccess.write(Data("no picture".utf8), to: path + "/text.jpg.txt")
      },
      Case("two names for one file", "left as it is: the file has two names") { path in
        try FileAccess.write(photograph(), to: path + "/a.jpg")
        link(path + "/a.jpg", path + "/b.jpg")
      },
      Case("an ending that lies", "a.png: note: left as it is: its name says another format than it holds") {
        path in
        try FileAccess.write(photograph(), to: path + "/a.png")
      },
      Case("truncated", "a.jpg: error: ", status: 1) { path in
        let data = try photograph()
        try FileAccess.write(data.prefix(data.count / 2), to: path + "/a.jpg")
      },
      Case("no picture", "a.jpg: error: not an image", status: 1) { path in
        try FileAccess.write(Data(repeating: 65, count: 9_000), to: path + "/a.jpg")
      },
      Case("a pointer of Git LFS", "1 pointer of Git LFS: a.jpg") { path in
        try FileAccess.write(
          Data("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n".utf8),
          to: path + "/a.jpg")
      },
      Case("ignored by git", "1 ignored by git: ignored/a.jpg") { path in
        try FileAccess.write(Data("ignored/\n".utf8), to: path + "/.gitignore")
        try FileAccess.write(photograph(), to: path + "/ignored/a.jpg")
      },
      Case("node_modules", "1 node_modules: node_modules") { path in
        try FileAccess.write(photograph(), to: path + "/node_modules/a.jpg")
      },
      Case("what a generator has built", "1 built by a generator: blog/_site") { path in
        try FileAccess.write(Data("title: A\n".utf8), to: path + "/blog/_config.yml")
        try FileAccess.write(photograph(), to: path + "/blog/_site/a.jpg")
      },
      Case("a submodule", "1 submodule: vendored") { path in
        try FileAccess.write(photograph(), to: path + "/vendored/a.jpg")
        try FileAccess.write(Data("gitdir: ../.git/modules/vendored\n".utf8), to: path + "/vendored/.git")
      },
      Case("what was made for pages", "1 made by optimize-assets: a-960w-8a1f2c3d.jpg") { path in
        try FileAccess.write(photograph(), to: path + "/a-960w-8a1f2c3d.jpg")
      },
    ]

    @Test(arguments: cases)
    func staysWholeAndIsNamed(_ example: Case) async throws {
      let folder = try TemporaryFolder(["repository/README.md": "text"])
      let path = folder("repository")
      _ = try await Repository(path)
      try await example.make(path)
      let before = try TreeState.contents(of: path)
      let command = try await Product.run(["shrink", "-v"], in: path)
      #expect(command.status == example.status, "\(command.errors)")
      #expect((command.text + command.errors).contains(example.words), "\(command.text) \(command.errors)")
      #expect(try TreeState.contents(of: path) == before)
    }

    @Test(
      "names with line feeds and other oddities are names",
      arguments: ["a\nb.jpg", "-n.jpg", "ä b'\"$.jpg", "[x].jpg"])
    func oddNames(_ name: String) async throws {
      let folder = try TemporaryFolder(["repository/README.md": "text"])
      let path = folder("repository")
      let data = try Self.photograph()
      try FileAccess.write(data, to: path + "/" + name)
      _ = try await Repository(path)
      let command = try await Product.run(["shrink", "--no-cache"], in: path)
      #expect(command.status == 0, "\(command.errors)")
      #expect(try FileAccess.read(path + "/" + name).count < data.count, "\(command.text)")
      #expect(try await Product.run(["restore", path, "--no-cache"]).status == 0)
      #expect(try FileAccess.read(path + "/" + name) == data)
    }

    @Test func aFolderWithoutGit() async throws {
      let folder = try TemporaryFolder()
      let data = try Self.photograph()
      try folder.write(data, to: "pictures/a.jpg")
      let refused = try await Product.run(["shrink", folder("pictures"), "--no-cache"])
      #expect(
        refused.errors.contains("a.jpg: warning: left as it is: neither git nor a cache has its original"))
      #expect(try FileAccess.read(folder("pictures/a.jpg")) == data)
      let command = try await Product.run(["shrink", folder("pictures")])
      #expect(command.text.contains("1 file, "), "\(command.errors)")
      #expect(try await Product.run(["restore", folder("pictures")]).status == 0)
      #expect(try FileAccess.read(folder("pictures/a.jpg")) == data)
    }

    @Test("of a shallow clone the originals that are not there are named")
    func aShallowClone() async throws {
      let folder = try TemporaryFolder()
      let path = folder("repository")
      let data = try Self.photograph()
      try FileAccess.write(data, to: path + "/a.jpg")
      let repository = try await Repository(path)
      _ = try await Product.run(["shrink", "--no-cache"], in: path)
      try await repository.commit()
      let clone = folder("clone")
      try await repository.git("clone", "--quiet", "--depth", "1", "file://" + path, clone)
      let restore = try await Product.run(["restore", clone, "--no-cache"])
      #expect(restore.status == 1)
      #expect(
        restore.errors.contains(
          "a.jpg: error: cannot be given back: neither git nor the cache has its original"))
      try await Repository.git("-C", clone, "fetch", "--quiet", "--unshallow")
      #expect(try await Product.run(["restore", clone, "--no-cache"]).status == 0)
      #expect(try FileAccess.read(clone + "/a.jpg") == data)
    }

    @Test("partly staged: what is staged and what is in the work tree are both to be had")
    func partlyStaged() async throws {
      let folder = try TemporaryFolder(["repository/README.md": "text"])
      let path = folder("repository")
      let repository = try await Repository(path)
      try FileAccess.write(Self.photograph(1), to: path + "/a.jpg")
      try await repository.git("add", "a.jpg")
      let staged = try await repository.git("rev-parse", ":a.jpg")
      let work = try Self.photograph(9)
      try FileAccess.write(work, to: path + "/a.jpg")
      let command = try await Product.run(["shrink", "--hook", "a.jpg"], in: path)
      #expect(command.status == 0 && command.text.contains("1 file, "), "\(command.errors)")
      #expect(try await repository.git("rev-parse", ":a.jpg") == staged)
      #expect(try await Product.run(["restore", path]).status == 0)
      #expect(try FileAccess.read(path + "/a.jpg") == work)
    }

    @Test func aDamagedLedgerStopsEverything() async throws {
      let folder = try TemporaryFolder(["repository/\(RecordFiles.originals)": "nonsense\n"])
      let path = folder("repository")
      try FileAccess.write(Self.photograph(), to: path + "/a.jpg")
      let before = try TreeState.contents(of: path)
      for words in [["shrink", path], ["restore", path]] {
        let command = try await Product.run(words)
        #expect(command.status == 65)
        #expect(command.errors.contains("\(RecordFiles.originals):1: error: "), "\(command.errors)")
      }
      #expect(try TreeState.contents(of: path) == before)
    }
  }
}
