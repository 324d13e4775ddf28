import Foundation
import SiteFiles

/// A temporary copy of a site's sources, and the folders that builds of it go to.
struct BuildFolder {
  /// The folder that holds everything.
  let path: String
  /// The copy of the sources.
  var source: String { path + "/source" }
  /// What the builds print.
  var log: String { path + "/build.log" }
  /// Settings for the generator.
  var settings: String { path + "/settings.yml" }

  private static let prefix = "optimize-assets-judge-"

  /// Makes an empty folder that only this user can read, and removes those that killed runs left behind.
  ///
  /// - Parameter parent: the folder to make it in.
  /// - Throws: `FileError`
  init(in parent: String) throws(FileError) {
    Self.removeStale(in: parent)
    let created = "\(parent)/\(Self.prefix)\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    guard mkdir(created, 0o700) == 0 else { throw FileError("make the folder", created) }
    // Generators print paths as the system spells them.
    path = (try? SiteRoot(created).path) ?? created
  }

  /// Removes folders of this user that are a day old and whose process has ended.
  private static func removeStale(in parent: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where name.hasPrefix(prefix) {
      guard let id = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }), id > 0 else { continue }
      var info = stat()
      guard lstat(parent + "/" + name, &info) == 0, info.st_mode & S_IFMT == S_IFDIR, info.st_uid == getuid(),
        time(nil) - seconds(info) > 86_400, kill(id, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: parent + "/" + name)
    }
  }

  private static func seconds(_ info: stat) -> Int {
    #if os(Linux)
    return info.st_mtim.tv_sec
    #else
    return info.st_mtimespec.tv_sec
    #endif
  }

  /// The folder of a build.
  func destination(_ number: Int) -> String { "\(path)/built-\(number)" }

  /// Copies a site's sources.
  ///
  /// - Parameters:
  ///   - site: the site.
  ///   - skipped: folders that are left out: version control, builds, caches.
  ///   - packages: the folder of installed packages, absolute, which is linked to; nil for none.
  /// - Throws: `FileError`
  func copy(_ site: SiteRoot, skipped: Set<String>, packages: String?) throws(FileError) {
    try FileAccess.makeFolder(source)
    let leftOut = skipped.union([BuildPlan.packageFolder])
    // A link is listed as a file is, whatever it leads to.
    for entry in try FileTree.files(below: site.path, skip: { leftOut.contains($0) })
    where entry.path != BuildPlan.packageFolder {
      let target = source + "/" + entry.path
      switch entry.kind {
      case .file: try copy(site.absolute(entry.path), to: target, like: entry)
      case .link(let text):
        try FileAccess.makeFolder(FileAccess.folder(of: target))
        guard symlink(link(text, at: entry.path, in: site), target) == 0 else {
          throw FileError("link", target)
        }
      }
    }
    guard let packages else { return }
    let target = source + "/" + BuildPlan.packageFolder
    guard symlink(packages, target) == 0 else { throw FileError("link", target) }
  }

  /// Copies a file, unless it is gone or cannot be read: the generator then reports that itself.
  private func copy(_ file: String, to target: String, like entry: FileEntry) throws(FileError) {
    do throws(FileError) {
      try FileCopy.copy(from: file, to: target, like: entry)
    } catch {
      guard error.path == file else { throw error }
    }
  }

  /// Gives posts of the copy another text.
  ///
  /// - Throws: `FileError`
  func replace(
    _ paths: [String], _ text: (_ path: String, _ file: Data) -> Data
  ) throws(FileError) {
    for path in paths {
      let target = source + "/" + path
      guard let stamp = FileStamp(of: target) else { continue }
      let file = try FileAccess.read(target)
      let wanted = text(path, file)
      guard wanted != file else { continue }
      try FileAccess.write(wanted, to: target, mode: FileAccess.mode(of: target))
      FileCopy.setModified(stamp.modified, of: target)
    }
  }

  /// A relative link that leaves the site would point elsewhere from the copy, so it is made absolute.
  private func link(_ text: String, at path: String, in site: SiteRoot) -> String {
    guard !text.hasPrefix("/") else { return text }
    let target = FileAccess.folder(of: path) + "/" + text
    return SiteRoot.normalize(target) != nil ? text : site.absolute(target)
  }

  /// Removes what a build copied that is no text: images above all, which would be there once a build.
  func dropFiles(of destination: String) {
    let files = (try? FileTree.files(below: destination)) ?? []
    for file in files where !BuiltPages.isText(file.path) { unlink(destination + "/" + file.path) }
  }

  /// Removes a build.
  func remove(_ destination: String) { try? FileManager.default.removeItem(atPath: destination) }

  /// Removes everything.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
