import Foundation
import SiteFiles
import Testing
import TestSupport

@Suite struct FolderLockTests {
  @Test func oneAtATime() throws {
    let folder = try TemporaryFolder()
    let first = try #require(try FolderLock(folder.path))
    #expect(try FolderLock(folder.path) == nil)
    withExtendedLifetime(first) {}
  }

  #if os(Linux)
  /// What a fork of another thread's has until it runs its program.
  @Test func aCopyOfTheDescriptorDoesNotKeepIt() throws {
    let folder = try TemporaryFolder()
    var copies: [Int32] = []
    defer { for copy in copies { close(copy) } }
    do {
      let lock = try #require(try FolderLock(folder.path))
      for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)
        if target == folder.path, let descriptor = Int32(name) { copies.append(dup(descriptor)) }
      }
      withExtendedLifetime(lock) {}
    }
    #expect(!copies.isEmpty)
    #expect(try FolderLock(folder.path) != nil)
  }
  #endif
}
