import Foundation
import SiteFiles
import SystemResources

/// The git repositories that a site's files are in: the site's own, one above it, and submodules below it.
///
/// A linked worktree and a submodule have a file `.git` where a repository has a folder
/// (https://git-scm.com/docs/gitrepository-layout).
package struct Repositories {
  /// Why git could not be asked.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  private let site: SiteRoot
  private var tops: [String: String?] = [:]

  package init(site: SiteRoot) { self.site = site }

  /// Those of the site's files that have changes which no commit holds, in the order given: modified, staged, or not
  /// tracked at all. What git is told to ignore does not count: its author keeps no versions of it.
  ///
  /// - Parameter paths: files, relative to the site's root.
  /// - Throws: ``Failure`` where there is a repository, and git is missing or refuses.
  package mutating func uncommitted(_ paths: [String]) throws(Failure) -> [String] {
    var byTop: [String: [String]] = [:]
    for path in paths {
      guard let top = top(of: FileAccess.folder(of: site.absolute(path))) else { continue }
      byTop[top, default: []].append(path)
    }
    var changed: Set<String> = []
    for (top, files) in byTop {
      let status = try Self.status(of: top, below: site.path)
      // Git lists a whole folder that is not tracked only where it holds a repository of its own.
      for file in files where status.contains(String(site.absolute(file).dropFirst(top.count + 1))) {
        changed.insert(file)
      }
    }
    return paths.filter { changed.contains($0) }
  }

  /// The top folder of the work tree that a folder is in.
  private mutating func top(of folder: String) -> String? {
    if let top = tops[folder] { return top }
    let top = Git.top(of: folder)
    tops[folder] = .some(top)
    return top
  }

  /// The paths of a work tree that git would commit changes of, relative to its top.
  private static func status(of top: String, below site: String) throws(Failure) -> Set<String> {
    // In a submodule git would run itself again, with the filters that its configuration names.
    var arguments = [
      "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=dirty",
    ]
    if site.hasPrefix(top + "/") {
      arguments += ["--", ":(literal)" + site.dropFirst(top.count + 1)]
    }
    let answer: Git.Answer
    do throws(Git.Failure) {
      answer = try Git.run(try Git.withoutFilters(in: top) + arguments, in: top)
    } catch {
      switch error {
      case .notInstalled:
        throw Failure(
          description:
            "\(top) is a git repository and git is not installed, so nobody can say whether there are"
            + " uncommitted changes")
      case .cannotStart(let reason): throw Failure(description: reason)
      }
    }
    guard answer.status == 0 else {
      throw Failure(
        description: "git cannot say whether there are uncommitted changes in \(top): "
          + answer.errors.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    // Two letters, a space, and the path, up to a zero byte.
    return Set(
      answer.output.split(separator: 0).compactMap { entry in
        entry.count > 3 ? String(decoding: entry.dropFirst(3), as: UTF8.self) : nil
      })
  }
}
