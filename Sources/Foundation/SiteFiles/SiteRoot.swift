import Foundation

/// A site's root folder, and the only way that the pipeline opens files named by a post: nothing outside the
/// root is ever read, however a path or a symbolic link tries.
public struct SiteRoot: Hashable, Sendable {
  /// What a site path leads to.
  public enum Resolution: Hashable, Sendable {
    /// A regular file inside the root. The path is spelled as the file system spells it.
    case file(String)
    /// A folder inside the root.
    case folder
    /// Nothing.
    case missing
    /// A path outside the root, through `..` or a symbolic link.
    case outside
  }

  /// The root's path, absolute and without symbolic links, no trailing `/`.
  public let path: String

  /// Opens a root.
  ///
  /// - Throws: ``FileError`` when the folder does not exist or is not a folder.
  public init(_ path: String) throws(FileError) {
    guard let real = Self.realPath(path) else { throw FileError("open", path) }
    var info = stat()
    guard stat(real, &info) == 0 else { throw FileError("open", path) }
    guard info.st_mode & S_IFMT == S_IFDIR else { throw FileError("open", path, code: ENOTDIR) }
    self.path = real == "/" ? "" : real
  }

  /// The absolute path of a site-relative path, for opening. The path must come from this root's own listing or
  /// from ``resolve(_:)``.
  public func absolute(_ sitePath: String) -> String {
    sitePath.isEmpty ? (path.isEmpty ? "/" : path) : path + "/" + sitePath
  }

  /// Finds what a site-relative path leads to. `.` and `..` are resolved by their letters first, as a browser
  /// does with a URL. A name is looked up byte for byte and then, because macOS and Linux disagree, in any
  /// Unicode normalization form.
  public func resolve(_ sitePath: String) -> Resolution {
    guard let parts = Self.normalize(sitePath) else { return .outside }
    guard !sitePath.utf8.contains(0) else { return .missing }
    guard let spelled = spelling(of: parts) else { return .missing }
    guard let real = Self.realPath(absolute(spelled)) else { return .missing }
    guard real == path || real.hasPrefix(path + "/") else { return .outside }
    var info = stat()
    guard stat(real, &info) == 0 else { return .missing }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return .file(spelled)
    case S_IFDIR: return .folder
    default: return .missing
    }
  }

  /// The components of a path with `.` and `..` resolved; nil when `..` leads above the start.
  package static func normalize(_ path: String) -> [String]? {
    var parts: [String] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      switch Substring(part) {
      case ".": continue
      case "..":
        guard parts.popLast() != nil else { return nil }
      case let name: parts.append(String(name))
      }
    }
    return parts
  }

  /// The path as the file system spells it, or nil where no component in any normalization form exists.
  private func spelling(of parts: [String]) -> String? {
    let exact = parts.joined(separator: "/")
    var info = stat()
    if lstat(absolute(exact), &info) == 0 { return exact }
    // Swift compares strings by canonical equivalence, which is just what NFC against NFD needs.
    guard !exact.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var actual = ""
    for part in parts {
      let candidate = actual.isEmpty ? part : actual + "/" + part
      if lstat(absolute(candidate), &info) == 0 {
        actual = candidate
        continue
      }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(actual))) ?? []
      guard let name = names.first(where: { $0 == part }) else { return nil }
      actual = actual.isEmpty ? name : actual + "/" + name
    }
    return actual
  }

  private static func realPath(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
