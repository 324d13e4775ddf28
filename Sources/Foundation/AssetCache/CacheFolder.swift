import AssetModel
import Foundation
import SiteFiles

/// The location of a cache, and how its folder is recognized.
package enum CacheFolder {
  /// The environment variable that names the cache's folder.
  package static let variable = "OPTIMIZE_ASSETS_CACHE"

  /// The default folder of a site's cache: `$OPTIMIZE_ASSETS_CACHE` itself, or a folder for this site in the platform's
  /// folder for caches, `$XDG_CACHE_HOME` or `~/.cache` on Linux
  /// (https://specifications.freedesktop.org/basedir-spec/latest/) and `~/Library/Caches` on macOS.
  ///
  /// - Parameters:
  ///   - siteRoot: the site's real path.
  ///   - environment: the process's environment.
  /// - Returns: an absolute path; nil where there is no home folder.
  package static func standard(
    for siteRoot: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    if let named = environment[variable], !named.isEmpty { return absolute(named) }
    guard let base = base(environment) else { return nil }
    let name = siteRoot.split(separator: "/").last.map(String.init) ?? "site"
    return "\(base)/optimize-assets/\(name)-\(ContentDigest.sha256(siteRoot).prefix(8))"
  }

  private static func base(_ environment: [String: String]) -> String? {
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? trimmed($0) : nil }
    #if os(macOS)
    return home.map { $0 + "/Library/Caches" }
    #else
    // The specification has relative paths ignored.
    if let xdg = environment["XDG_CACHE_HOME"], xdg.hasPrefix("/") { return trimmed(xdg) }
    return home.map { $0 + "/.cache" }
    #endif
  }

  /// A path, absolute from the working folder, `.` and `..` resolved.
  package static func absolute(_ path: String) -> String {
    trimmed(URL(fileURLWithPath: path).standardizedFileURL.path)
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? trimmed(String(path.dropLast())) : path
  }

  // MARK: The folder's tag

  /// The name of the file that tells backup programs that a folder is a cache: https://bford.info/cachedir/
  private static let tagName = "CACHEDIR.TAG"

  /// The specification's first line, and then ours.
  private static let tag = """
    Signature: 8a477f597d28d172789f06886806bc55
    # This folder is the cache of optimize-assets. It can be deleted at any time.
    # https://bford.info/cachedir/ says what this file is for.

    """

  /// Whether a folder is a cache of this tool, of whatever version.
  package static func isCache(_ folder: String) -> Bool {
    guard let data = try? FileAccess.read(folder + "/" + tagName) else { return false }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    return lines.count > 1 && tag.hasPrefix(lines[0] + "\n") && lines[1].contains("cache of optimize-assets")
  }

  /// Turns a folder into a cache, or recognizes it as one. A folder with anything else in it is rejected: prune would
  /// remove files from it.
  ///
  /// - Returns: the reason why it cannot be one.
  static func claim(_ folder: String) -> Diagnostic? {
    do throws(FileError) {
      try FileAccess.makeFolder(folder)
      guard access(folder, W_OK | X_OK) == 0 else { throw FileError("write", folder) }
      if isCache(folder) { return try linkedStore(folder) }
      guard isNew(folder) || isCache(folder) else { return foreign(folder) }
      try FileAccess.write(ignoreText, to: folder + "/.gitignore")
      try FileAccess.write(Data(tag.utf8), to: folder + "/" + tagName)
      return nil
    } catch {
      return unusable(folder, "\(error)")
    }
  }

  /// A site can bring a cache of its own, which must not lead out of it.
  private static func linkedStore(_ folder: String) throws(FileError) -> Diagnostic? {
    for name in ["blobs", CacheIndex.fileName, "lock"] {
      var info = stat()
      guard lstat(folder + "/" + name, &info) == 0, info.st_mode & S_IFMT == S_IFLNK else { continue }
      throw FileError("use", folder + "/" + name, code: ELOOP)
    }
    return nil
  }

  /// What keeps a cache in a site out of the site's repository.
  private static let ignoreText = Data("*\n".utf8)

  /// Whether a folder holds nothing but what another process, or one that was killed, put there to make it a cache.
  private static func isNew(_ folder: String) -> Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return false }
    return names.allSatisfy { name in
      FileAccess.isTemporary(name)
        || name == ".gitignore" && (try? FileAccess.read(folder + "/" + name)) == ignoreText
    }
  }

  private static func foreign(_ folder: String) -> Diagnostic {
    Diagnostic(
      .error, .cacheUnusable, file: folder,
      message:
        "the folder is not empty and is no cache of optimize-assets, so this run works without a cache",
      advice: "choose an empty or new folder")
  }

  static func unusable(_ folder: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .warning, .cacheUnusable, file: folder,
      message: "the cache cannot be used, so that the next run makes everything again: \(reason)",
      advice: "make room or choose another folder with --cache, or use --no-cache")
  }
}
