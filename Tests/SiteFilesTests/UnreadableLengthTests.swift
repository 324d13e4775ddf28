import Foundation
import Testing
import TestSupport

@testable import SiteFiles

/// Files that claim more than a disk holds, and paths that the system would cut.
@Suite struct UnreadableLengthTests {
  @Test func aFileOfNothingButALengthIsNotRead() throws {
    let folder = try TemporaryFolder(["a": "x"])
    #expect(truncate(folder("a"), 1 << 36) == 0)
    let error = #expect(throws: FileError.self) { try FileAccess.read(folder("a")) }
    #expect(error?.description.hasSuffix("/a: it has more than 256 MiB") == true)
    #expect(try FileAccess.read(folder("a"), atMost: 4).count == 4)
  }

  @Test func aPathWithAZeroLeadsNowhere() throws {
    let folder = try TemporaryFolder(["a/b": "x"])
    #expect(throws: FileError.self) { try FileTree.files(below: folder("a") + "\0") }
    #expect(throws: FileError.self) { try FileTree.files(below: folder.path + "/\0") }
  }
}
