import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// Containers and sandboxes in which `/proc` is not the process's own.
  @Suite(
    .enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"),
    .enabled("unshare makes no namespaces here") { await Namespaces.areThere })
  struct NamespaceTests {
    /// Dispatch looks there for threads of global queues, now and then, and would end the program with SIGILL. So a lucky run
    /// proves little; `ThreadTests` and `ParallelTests` make sure.
    @Test func aRunWithTheProcOfOtherProcesses() async throws {
      let folder = try Self.sample()
      // Numbers that no process of the machine has, so that no other thread stands in for one of ours.
      let command = try await Namespaces.run(
        "echo 31000 >/proc/sys/kernel/ns_last_pid 2>/dev/null; exec \"$0\" \"$@\"",
        ["blog", "--output", "staged", "--no-cache", "--effort", "fast"], in: folder.path)
      #expect(command.status == 0, "\(command.errors)")
      #expect(FileManager.default.fileExists(atPath: folder("staged/assets/optimized")))
    }

    /// The command line is read from `/proc`. To work without it would be to work on a folder that nobody named.
    @Test func withoutProcNothingIsDone() async throws {
      let folder = try Self.sample()
      let command = try await Namespaces.run(
        "mount -t tmpfs none /proc && exec \"$0\" \"$@\"", ["--version"], in: folder("blog"))
      #expect(command.status == 64)
      #expect(
        command.errors == """
          error: the command line cannot be read, since /proc is not mounted \
          (mount it: mount -t proc proc /proc)

          """)
      #expect(command.text.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["blog"])
    }

    private static func sample() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try FileManager.default.copyItem(
        atPath: Project.root + "/Assets/sample-blog", toPath: folder("blog"))
      return folder
    }
  }

  /// Which threads the program works on.
  @Suite struct ThreadTests {
    /// Dispatch shares out the threads of its global queues, which takes a `/proc` that is the process's own.
    @Test func noSourceUsesAGlobalQueue() throws {
      let sources = Project.root + "/Sources/"
      let files = try FileTree.files(below: sources).map(\.path).filter { $0.hasSuffix(".swift") }
      #expect(files.count > 100)
      for file in files {
        let code = String(decoding: try FileAccess.read(sources + file), as: UTF8.self)
          .split(separator: "\n").filter { !$0.contains("//") }
        let found = code.filter { line in
          ["concurrentPerform", ".global(", "attributes: .concurrent"].contains { line.contains($0) }
        }
        #expect(found.isEmpty, "\(file): use Parallel.map, or a serial queue")
      }
    }
  }

  /// Linux' own containers: other mounts and other processes, for one command.
  private enum Namespaces {
    private static let options = ["--map-root-user", "--user", "--mount", "--pid", "--fork", "--"]

    static var areThere: Bool {
      get async { (try? await run("mount -t tmpfs none /proc", []))?.status == 0 }
    }

    /// Runs lines of a shell, which see the tool as `$0` and its arguments as `$@`.
    static func run(_ lines: String, _ arguments: [String], in folder: String? = nil) async throws
      -> Command
    {
      let unshare = try #require(Programs.find("unshare"))
      let program = try #require(Product.program)
      return try await Command.run(
        unshare, options + ["/bin/sh", "-c", lines, program] + arguments, in: folder, seconds: 600)
    }
  }
}
