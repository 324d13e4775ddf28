import Foundation
import SiteFiles
import TestSupport
import Testing
import Vips

extension IntegrationTests {
  /// `shrink` where there is no room: each picture is whole, the old one or the new one, and can be had back.
  @Suite(.needsGit, .enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
  struct ShrinkDiskTests {
    private let folder: TemporaryFolder
    private var path: String { folder("repository") }
    private static let pictures = ["a.jpg", "b.jpg", "loose.jpg"]

    /// Makes a repository with two pictures that are committed, and one that is not.
    init() async throws {
      folder = try TemporaryFolder(["repository/README.md": "text"])
      try write("a.jpg", 300, 200)
      try write("b.jpg", 500, 400)
      _ = try await Repository(path)
      try write("loose.jpg", 400, 300)
    }

    private func write(_ name: String, _ width: Int, _ height: Int) throws {
      let data = try DrawnSite.picture(width, height, grain: 7).jpeg(quality: 98, chroma: .full)
      try folder.write(data, to: "repository/" + name)
    }

    private func pictures(in folder: String) throws -> [Data] {
      try Self.pictures.map { try FileAccess.read(folder + "/" + $0) }
    }

    /// What an undisturbed run makes of a copy of the repository.
    private func undisturbed() async throws -> [Data] {
      try folder.copy(path, to: "whole")
      let run = try await Product.run(
        ["shrink"], in: folder("whole"), environment: ["OPTIMIZE_ASSETS_CACHE": folder("cache")])
      #expect(run.status == 0, "\(run.errors)")
      return try pictures(in: folder("whole"))
    }

    private func expectWhole(_ found: [Data], _ before: [Data], _ after: [Data]) {
      for (name, states) in zip(Self.pictures, zip(found, zip(before, after))) {
        #expect(
          states.0 == states.1.0 || states.0 == states.1.1, "\(name) is neither the old nor the new file")
      }
    }

    /// A file system that takes no longer files, with and without a place for originals.
    ///
    /// - Parameter blocks: of 512 or 1024 bytes, as a shell counts them: less than the ledger, a small picture, and all has.
    @Test(arguments: zip([0, 2, 20, 60], [true, false, true, false]))
    func aLimitOfLength(blocks: Int, hasCache: Bool) async throws {
      let before = try pictures(in: path)
      let after = try await undisturbed()
      let words = ["shrink"] + (hasCache ? [] : ["--no-cache"])
      // The limit holds for what it prints, too.
      let run = try await Command.run(
        "/bin/sh",
        [
          "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" \"$@\" >/dev/null 2>&1",
          #require(Product.program),
        ]
          + words, in: path, environment: ["OPTIMIZE_ASSETS_CACHE": folder("cache")])
      #expect(run.status < 128, "a signal ended it: \(run.status)")
      try expectWhole(pictures(in: path), before, after)
      for file in try FileTree.files(below: path) where !file.path.hasPrefix(".git/") {
        #expect(!FileAccess.isTemporary((file.path as NSString).lastPathComponent), "\(file.path)")
      }
      // With room again, the rest is made, and all comes back.
      let environment = ["OPTIMIZE_ASSETS_CACHE": folder("cache")]
      #expect(try await Product.run(["shrink"], in: path, environment: environment).status == 0)
      #expect(try pictures(in: path) == after)
      #expect(try await Product.run(["restore", path], environment: environment).status == 0)
      #expect(try pictures(in: path) == before)
    }

    /// A file system without a page to spare. With a few, whether all is made depends on which picture is done first, since
    /// each that is replaced makes room.
    @Test(.enabled("unshare makes no file systems here") { await FullDisk.canBe })
    func aFullDisk() async throws {
      let before = try pictures(in: path)
      let after = try await undisturbed()
      let run = try await FullDisk.run(
        #require(Product.program), ["shrink", "--no-cache"], in: folder.path)
      #expect(run.status == 74, "\(run.status) \(run.text) \(run.errors)")
      #expect(run.errors.contains("make room"), "\(run.errors)")
      try expectWhole(pictures(in: folder("out")), before, after)
      #expect(try pictures(in: path) == before)
    }
  }

  /// A small file system in memory, which is gone with the command.
  private enum FullDisk {
    static var canBe: Bool {
      get async { (try? await shell("mount -t tmpfs none /mnt", []))?.status == 0 }
    }

    /// Runs a program in a copy of `repository` on a disk that is full; `out` gets what is there then.
    static func run(_ program: String, _ arguments: [String], in folder: String) async throws
      -> Command
    {
      let lines = """
        mkdir disk && mount -t tmpfs -o size=8m none disk && cp -R repository/. disk/ || exit 99
        dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null
        cd disk
        "$0" "$@"
        status=$?
        mkdir ../out && cp *.jpg ../out/
        exit $status
        """
      return try await shell(lines, [program] + arguments, in: folder)
    }

    private static func shell(_ lines: String, _ words: [String], in folder: String? = nil) async throws
      -> Command
    {
      try await Command.run(
        #require(Programs.find("unshare")),
        ["--map-root-user", "--user", "--mount", "--", "/bin/sh", "-c", lines] + words, in: folder)
    }
  }
}
