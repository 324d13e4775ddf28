import Foundation
import Testing
import TestSupport

@testable import SiteFiles

@Suite struct FileAccessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func writesAndReadsBack() throws {
    let path = folder.path + "/new/deep/file"
    let data = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) })
    try FileAccess.write(data, to: path, mode: 0o600)
    #expect(try FileAccess.read(path) == data)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func aFailedWriteLeavesTheOldFileAndNoTemporary() throws {
    try folder.write("old", to: "file")
    let path = folder.path + "/file"
    #expect(throws: FileError.self) {
      try FileAccess.replace(path) { temporary throws(FileError) in
        try FileAccess.write(Data("half".utf8), to: temporary)
        throw FileError("write", path, code: ENOSPC)
      }
    }
    #expect(try FileAccess.read(path) == Data("old".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
  }

  @Test func errorsNameTheFileAndTheReason() throws {
    let path = folder.path + "/nothing"
    let error = #expect(throws: FileError.self) { try FileAccess.read(path) }
    #expect(error?.description == "cannot read \(path): No such file or directory")
    #expect(throws: FileError.self) { try FileAccess.read(folder.path) }
    try folder.write("", to: "file")
    #expect(throws: FileError.self) { try FileAccess.write(Data(), to: folder.path + "/file/x") }
  }

  @Test func temporaryNamesAreRecognized() throws {
    var name = ""
    try FileAccess.replace(folder.path + "/file") { temporary throws(FileError) in
      name = temporary
      try FileAccess.write(Data(), to: temporary)
    }
    #expect(FileAccess.isTemporary(name.split(separator: "/").last ?? ""))
    #expect(!FileAccess.isTemporary("file.tmp"))
  }

  @Test func aCopyKeepsModeAndTime() throws {
    try folder.write("text", to: "a")
    let source = folder.path + "/a"
    #expect(chmod(source, 0o755) == 0)
    FileCopy.setModified(1_500_000_000_123_456_789, of: source)
    let entry = try #require(FileTree.files(below: folder.path).first)
    try FileCopy.copy(from: source, to: folder.path + "/b/c", like: entry)
    var copy = try #require(FileTree.files(below: folder.path + "/b").first)
    (copy.path, copy.changed, copy.identity) = ("a", entry.changed, entry.identity)
    #expect(copy == entry)
    #expect(try FileAccess.read(folder.path + "/b/c") == Data("text".utf8))
  }
}

@Suite struct FileTreeTests {
  @Test func listsInByteOrderAndFollowsNoLinks() throws {
    let folder = try TemporaryFolder()
    for name in ["b/x", "a.md", "B", "b.md", "skipped/x", "é"] { try folder.write("x", to: name) }
    try folder.link("link", to: "b")
    let files = try FileTree.files(below: folder.path) { $0 == "skipped" }
    #expect(files.map(\.path) == ["B", "a.md", "b.md", "b/x", "link", "é"])
    #expect(files.first { $0.path == "link" }?.kind == .link("b"))
  }

  @Test func namesAFolderItCannotList() {
    let error = #expect(throws: FileError.self) { try FileTree.files(below: "/nothing/there") }
    #expect(error?.path == "/nothing/there")
  }
}
