import Foundation

/// Copies of files that no text names.
package enum UnnamedCopy {
  /// Copies a file or link to the same path below another folder. An incomplete copy is never visible.
  ///
  /// - Throws: ``FileError``
  package static func copy(_ file: FileListing.Unnamed, from root: String, to output: String)
    throws(FileError)
  {
    let source = absolute(file.path, root)
    let target = absolute(file.path, output)
    let name = output + "/" + file.entry.path
    try makeFolders(of: file.path, below: output, named: name)
    let folder: [UInt8] = target.lastIndex(of: slash).map { Array(target[...$0]) } ?? []
    let temporary = folder + Array(FileAccess.temporaryName(for: "").utf8)
    do throws(FileError) {
      if case .link = file.entry.kind {
        let text = FileTree.linkText(source)
        let isCreated = SystemPath.with(text) { text in SystemPath.with(temporary) { symlink(text, $0) == 0 }
        }
        guard isCreated else { throw FileError("link", name) }
      } else {
        let sourceName = root + "/" + file.entry.path
        let input = try FileCopy.opened(source, named: sourceName)
        defer { close(input) }
        let descriptor = SystemPath.with(temporary) {
          open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw FileError("write", name) }
        defer { close(descriptor) }
        _ = try FileCopy.fill(descriptor, named: name, from: input, named: sourceName, like: file.entry)
      }
      let isNamed = SystemPath.with(temporary) { old in SystemPath.with(target) { rename(old, $0) == 0 } }
      guard isNamed else { throw FileError("write", name) }
    } catch {
      _ = SystemPath.with(temporary) { unlink($0) }
      throw error
    }
  }

  /// Removes such a file. One that is gone already is no error.
  ///
  /// - Throws: ``FileError``
  package static func remove(_ file: FileListing.Unnamed, from root: String) throws(FileError) {
    guard SystemPath.with(absolute(file.path, root), { unlink($0) }) == 0 || errno == ENOENT else {
      throw FileError("remove", root + "/" + file.entry.path)
    }
  }

  private static let slash = UInt8(ascii: "/")

  private static func absolute(_ path: [UInt8], _ root: String) -> [UInt8] {
    Array(root.utf8) + [slash] + path
  }

  private static func makeFolders(of path: [UInt8], below root: String, named name: String) throws(FileError)
  {
    for end in path.indices where path[end] == slash {
      let folder = absolute(Array(path[..<end]), root)
      guard SystemPath.with(folder, { mkdir($0, 0o755) }) == 0 || errno == EEXIST else {
        throw FileError("make the folder of", name)
      }
      // A link instead of a folder could lead anywhere.
      var info = stat()
      guard SystemPath.with(folder, { lstat($0, &info) }) == 0, info.st_mode & S_IFMT == S_IFDIR else {
        throw FileError("make the folder of", name, code: ENOTDIR)
      }
    }
  }
}
