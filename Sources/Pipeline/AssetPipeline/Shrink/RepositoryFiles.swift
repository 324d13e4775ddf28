import Foundation
import SiteFiles
import SystemResources

/// What git knows of a work tree's files: which it tracks, which it ignores, and which bytes it has.
struct RepositoryFiles: Sendable {
  /// The top of the work tree.
  let top: String
  /// What is staged, by path.
  private(set) var staged: [String: GitEntry] = [:]
  private let others = Shared<Set<String>?>(nil)
  private let head = Shared<[String: GitEntry]?>(nil)

  /// Asks git. nil where the folder is in no repository, or git is missing or refuses; the reason is told then.
  init?(of root: SiteRoot, _ tell: (String) -> Void) {
    guard let top = Git.top(of: root.absolute("")) else { return nil }
    self.top = top
    do throws(Failure) {
      staged = GitEntry.entries(try Self.read(["ls-files", "--stage", "-z"], in: top), skipping: 1)
    } catch {
      tell(error.reason)
      return nil
    }
  }

  private struct Failure: Error { var reason: String }

  private static func read(_ arguments: [String], in top: String) throws(Failure) -> Data {
    let answer: Git.Answer
    do throws(Git.Failure) {
      answer = try Git.run(arguments, in: top)
    } catch {
      switch error {
      case .notInstalled: throw Failure(reason: "git is not installed")
      case .cannotStart(let reason): throw Failure(reason: reason)
      }
    }
    guard answer.status == 0 else {
      throw Failure(reason: answer.errors.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return answer.output
  }

  /// Files that are neither tracked nor ignored. Git looks through the whole tree for them, so it is asked once something is not
  /// tracked.
  private var untracked: Set<String> {
    if let known = others.withLock(\.self) { return known }
    let answer = try? Self.read(["ls-files", "--others", "--exclude-standard", "-z"], in: top)
    let paths = GitEntry.paths(answer ?? Data())
    others.withLock { $0 = paths }
    return paths
  }

  /// What the last commit holds, by path; empty before the first. It is asked for once something is to be replaced.
  var committed: [String: GitEntry] {
    if let known = head.withLock(\.self) { return known }
    let answer = try? Self.read(["ls-tree", "-r", "-z", "HEAD"], in: top)
    let entries = GitEntry.entries(answer ?? Data(), skipping: 2)
    head.withLock { $0 = entries }
    return entries
  }

  /// Whether a file is one that git looks at.
  func isListed(_ path: String) -> Bool { staged[path] != nil || untracked.contains(path) }

  /// The names that git has for files as they are, by path, whether or not it has them.
  func objects(of paths: [String]) -> [String: String] {
    var objects: [String: String] = [:]
    // git reads one path a line.
    let plain = paths.filter { !$0.contains("\n") }
    for part in stride(from: 0, to: plain.count, by: 200) {
      let some = Array(plain[part..<min(plain.count, part + 200)])
      let command = ["hash-object", "--no-filters", "--"] + some
      guard let output = try? Self.read(command, in: top) else { continue }
      let names = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
      guard names.count == some.count else { continue }
      for (path, name) in zip(some, names) { objects[path] = name }
    }
    for path in paths where path.contains("\n") {
      guard let output = try? Self.read(["hash-object", "--no-filters", "--", path], in: top) else {
        continue
      }
      objects[path] = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return objects
  }

  /// The bytes of an object; nil where git has none of that name.
  static func content(of object: String, in top: String) -> Data? {
    try? read(["cat-file", "blob", object], in: top)
  }
}
